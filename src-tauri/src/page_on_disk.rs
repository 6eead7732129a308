//! The page of a debug build: `ui/dist` read from disk, or a notice that says how to build it.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{Assets, Runtime};

/// Reads the built UI from its folder at each request.
pub(crate) struct PageOnDisk {
    folder: PathBuf,
}

impl PageOnDisk {
    /// `ui/dist` of this checkout, or the folder that `STEPWELL_UI_DIST` names.
    pub(crate) fn new() -> Self {
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/dist");
        Self {
            folder: std::env::var_os("STEPWELL_UI_DIST").map_or_else(|| PathBuf::from(here), PathBuf::from),
        }
    }

    fn read(&self, key: &str) -> Option<Vec<u8>> {
        let inside = Path::new(key.trim_start_matches('/'));
        // The page asks by address; an address never leaves the folder.
        if !inside
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return None;
        }
        match std::fs::read(self.folder.join(inside)) {
            Ok(bytes) => Some(bytes),
            Err(_) if key.trim_start_matches('/') == "index.html" => Some(self.notice().into_bytes()),
            Err(_) => None,
        }
    }

    fn notice(&self) -> String {
        format!(
            "<!doctype html><meta charset=utf-8><title>Stepwell</title>\
             <style>body{{font:15px system-ui;margin:15vh auto;max-width:36rem;color:#1f2328;background:#f6f4f0}}</style>\
             <h1>The page is not built yet</h1><p>There is no <code>index.html</code> in <code>{}</code>.</p>\
             <p>Run <code>cargo xtask run</code>, or <code>npm ci &amp;&amp; npm run build</code> in <code>ui/</code>, \
             then open the window again.</p>",
            self.folder.display()
        )
    }
}

impl<R: Runtime> Assets<R> for PageOnDisk {
    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        self.read(key.as_ref()).map(Cow::Owned)
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _html_path: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}
