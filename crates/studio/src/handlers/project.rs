//! Opening folders, trust, browsing, settings.

use std::path::{Path, PathBuf};

use super::because;
use crate::Studio;
use crate::contract::*;
use crate::open::Open;
use crate::views;

impl Studio {
    pub(crate) async fn app_info(&self, _: Nothing) -> Result<AppInfo, CallError> {
        let home = home();
        Ok(AppInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            recent: self
                .configuration
                .recent()
                .iter()
                .map(|path| views::recent(path))
                .collect(),
            examples: self
                .examples
                .iter()
                .filter(|path| path.exists())
                .map(|path| views::recent(path))
                .collect(),
            home: home.to_string_lossy().into_owned(),
            actions: views::actions(),
        })
    }

    pub(crate) async fn project_open(&self, params: OpenProject) -> Result<ProjectView, CallError> {
        let _one_at_a_time = self.opening.lock().await;
        let path = expand(&params.path);
        let open = Open::open(
            path,
            self.bus.clone(),
            self.configuration.clone(),
            self.clock.clone(),
        )
        .await?;
        let before = self.slot().replace(open.clone());
        if let Some(before) = before {
            before.close().await;
        }
        if let Err(error) = self.configuration.opened(&open.root) {
            tracing::warn!(%error, "the list of recent folders can't be kept");
        }
        let view = views::project(&open);
        self.bus.send(&StudioEvent::Project {
            project: Some(view.clone()),
        });
        Ok(view)
    }

    pub(crate) async fn project_current(&self, _: Nothing) -> Result<CurrentProject, CallError> {
        let open = self.slot().clone();
        Ok(CurrentProject {
            project: open.map(|open| views::project(&open)),
        })
    }

    pub(crate) async fn project_close(&self, _: Nothing) -> Result<Done, CallError> {
        self.shut_down().await;
        self.bus.send(&StudioEvent::Project { project: None });
        Ok(Done {})
    }

    pub(crate) async fn project_trust(&self, params: TrustProject) -> Result<ProjectView, CallError> {
        let open = self.opened()?;
        self.configuration
            .trust(&open.root, params.trusted)
            .map_err(|error| because("settings.write")(&error))?;
        let view = views::project(&open);
        self.bus.send(&StudioEvent::Project {
            project: Some(view.clone()),
        });
        Ok(view)
    }

    pub(crate) async fn files_browse(&self, params: Browse) -> Result<Listing, CallError> {
        let path = if params.path.is_empty() {
            home()
        } else {
            expand(&params.path)
        };
        let listing = tokio::task::spawn_blocking(move || views::listing(&path)).await;
        listing
            .map_err(|error| because("files.browse")(&error))?
            .map_err(|error| because("files.browse")(&error))
    }

    pub(crate) async fn settings_get(&self, params: GetSetting) -> Result<Setting, CallError> {
        let value = self.configuration.setting(&window_key(&params.key));
        Ok(Setting {
            key: params.key,
            value,
        })
    }

    pub(crate) async fn settings_set(&self, params: Setting) -> Result<Done, CallError> {
        let key = window_key(&params.key);
        self.configuration
            .set(&key, params.value)
            .map_err(|error| because("settings.write")(&error))?;
        Ok(Done {})
    }
}

/// The page's own settings have a corner of their own among the core's.
fn window_key(key: &str) -> String {
    format!("window {key}")
}

fn home() -> PathBuf {
    std::env::home_dir().unwrap_or_else(|| PathBuf::from("/"))
}

fn expand(path: &str) -> PathBuf {
    match path.strip_prefix("~/") {
        Some(rest) => home().join(rest),
        None if path == "~" => home(),
        None => Path::new(path).to_owned(),
    }
}
