//! Documents: typing, gestures, undo, saving; forms of states; export.

use std::sync::Arc;

use ::project::DocumentId;
use ::workspace::disk::DiskError;
use ::workspace::document::{Applied, DocumentError};

use super::{because, sentence};
use crate::Studio;
use crate::bus::Understood;
use crate::contract::*;
use crate::open::Open;
use crate::views;

impl Studio {
    pub(crate) async fn document_open(&self, params: OpenDocument) -> Result<DocumentView, CallError> {
        let open = self.opened()?;
        let id = DocumentId::parse(&params.document);
        // All of one moment: a change that comes before the analysis is told by the stream.
        let (text, version, format, status) = {
            let mut workspace = open.workspace();
            let document = workspace.document(&id).map_err(disk)?;
            (
                document.document.text().to_string(),
                document.document.version(),
                document.document.format(),
                views::status(document),
            )
        };
        let analysing = open.clone();
        let analysis =
            tokio::task::spawn_blocking(move || analysing.analyse(&id).map(Understood::whole)).await;
        let analysis = analysis.ok().flatten().ok_or_else(|| {
            CallError::new(
                "document.gone",
                format!("{} is not there any more.", params.document),
            )
        })?;
        Ok(DocumentView {
            document: params.document,
            version,
            text,
            format: views::format_name(format).to_owned(),
            status,
            analysis,
        })
    }

    pub(crate) async fn document_change(&self, params: ChangeDocument) -> Result<Changed, CallError> {
        let open = self.opened()?;
        let id = DocumentId::parse(&params.document);
        let changes: Vec<_> = params
            .changes
            .into_iter()
            .map(|change| (change.from, change.to, change.insert))
            .collect();
        let at = self.clock.elapsed();
        let applied = with(&open, &id, |document| {
            document
                .document
                .change(params.base_version, &changes, &params.view, at)
        })?;
        let version = applied.version;
        open.tell_document(&id, Some(applied));
        Ok(Changed { version })
    }

    pub(crate) async fn document_edit(&self, params: EditDocument) -> Result<Edited, CallError> {
        let open = self.opened()?;
        let edit = views::edit(params.edit, &open.functions(&DocumentId::parse(&params.document)))?;
        self.gesture(&params.document, |document| document.document.edit(&edit))
            .await
    }

    pub(crate) async fn document_fix(&self, params: FixDocument) -> Result<Edited, CallError> {
        self.gesture(&params.document, |document| {
            document.document.fix(params.version, params.diagnostic)
        })
        .await
    }

    pub(crate) async fn document_undo(&self, params: DocumentRef) -> Result<Edited, CallError> {
        self.gesture(&params.document, |document| document.document.undo())
            .await
    }

    pub(crate) async fn document_redo(&self, params: DocumentRef) -> Result<Edited, CallError> {
        self.gesture(&params.document, |document| document.document.redo())
            .await
    }

    async fn gesture(
        &self,
        document: &str,
        change: impl FnOnce(&mut ::workspace::disk::OpenDocument) -> Result<Applied, DocumentError>,
    ) -> Result<Edited, CallError> {
        let open = self.opened()?;
        let id = DocumentId::parse(document);
        let applied = with(&open, &id, change)?;
        let (version, select) = (applied.version, applied.select.clone());
        open.tell_document(&id, Some(applied));
        let status = open
            .workspace()
            .document(&id)
            .map(|document| views::status(document))
            .map_err(disk)?;
        Ok(Edited {
            version,
            select,
            status,
        })
    }

    pub(crate) async fn document_save(&self, params: SaveDocument) -> Result<DocumentStatus, CallError> {
        self.on_disk(&params.document, ::workspace::disk::OpenDocument::save)
            .await
    }

    pub(crate) async fn document_resolve(
        &self,
        params: ResolveConflict,
    ) -> Result<DocumentStatus, CallError> {
        self.on_disk(&params.document, |document| {
            Ok(document.resolve(params.keep == Keep::Mine))
        })
        .await
    }

    async fn on_disk(
        &self,
        document: &str,
        act: impl FnOnce(&mut ::workspace::disk::OpenDocument) -> Result<Option<Applied>, DiskError>,
    ) -> Result<DocumentStatus, CallError> {
        let open = self.opened()?;
        let id = DocumentId::parse(document);
        let result = {
            let mut workspace = open.workspace();
            act(workspace.document(&id).map_err(disk)?)
        };
        let applied = result.as_ref().ok().cloned().flatten();
        open.tell_document(&id, applied);
        result.map_err(disk)?;
        let mut workspace = open.workspace();
        workspace
            .document(&id)
            .map(|document| views::status(document))
            .map_err(disk)
    }

    pub(crate) async fn document_state(&self, params: GetState) -> Result<StateForm, CallError> {
        let open = self.opened()?;
        let id = DocumentId::parse(&params.document);
        let analysis = open.workspace().document(&id).map_err(disk)?.document.analysis();
        views::form(&analysis, &params.state, &open.functions(&id)).ok_or_else(|| {
            CallError::new(
                "document.state",
                format!("There is no state “{}” in this definition.", params.state),
            )
        })
    }

    pub(crate) async fn workflow_export(&self, params: ExportWorkflow) -> Result<Exported, CallError> {
        let open = self.opened()?;
        let exported = match params.format.as_str() {
            "asl-json" => views::export_json(&open, &params.workflow, params.keep_substitutions)?,
            "svg" => views::export_svg(&open, &params.workflow, params.theme.as_deref() == Some("dark"))?,
            other => {
                return Err(CallError::new(
                    "export.format",
                    format!("There is no format {other}."),
                ));
            }
        };
        match &params.path {
            None => Ok(exported),
            Some(path) => write_export(&open, path, params.overwrite, exported),
        }
    }

    pub(crate) async fn json_check(&self, params: CheckJson) -> Result<JsonChecked, CallError> {
        Ok(views::json_checked(&params.text))
    }
}

fn write_export(
    open: &Arc<Open>,
    path: &str,
    overwrite: bool,
    exported: Exported,
) -> Result<Exported, CallError> {
    // A relative path means the project's folder, and `~/` the home folder.
    let path = match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => open.root.join(path),
    };
    if path.exists() && !overwrite {
        return Err(
            CallError::new("export.exists", format!("{} exists already.", path.display()))
                .hint("Replace it, or choose another name."),
        );
    }
    ::workspace::folder::write(&path, &exported.text)
        .map_err(|error| CallError::new("export.write", format!("{}: {error}", path.display())))?;
    // A run of the exported file alone finds the project's functions again by this.
    if let Err(error) = open.configuration.exported(&path, &open.root) {
        tracing::warn!(%error, "where the file came from can't be remembered");
    }
    Ok(Exported {
        path: Some(path.to_string_lossy().into_owned()),
        ..exported
    })
}

fn with<T>(
    open: &Open,
    id: &DocumentId,
    change: impl FnOnce(&mut ::workspace::disk::OpenDocument) -> Result<T, DocumentError>,
) -> Result<T, CallError> {
    let mut workspace = open.workspace();
    change(workspace.document(id).map_err(disk)?).map_err(|error| {
        let code = match &error {
            DocumentError::Stale { .. } => "document.stale",
            DocumentError::ReadOnly => "document.readOnly",
            DocumentError::Range(_) => "document.range",
            DocumentError::Edit(_) => "document.edit",
            DocumentError::NothingTo(_) => "document.nothing",
            DocumentError::NoFix => "document.noFix",
        };
        because(code)(&error)
    })
}

pub(crate) fn disk(error: DiskError) -> CallError {
    let code = match &error {
        DiskError::File { .. } => "document.file",
        DiskError::Outside(_) => "document.outside",
        DiskError::Gone(_) => "document.gone",
        DiskError::Layout(_) => "document.layout",
        DiskError::Conflict => "document.conflict",
    };
    CallError::new(code, sentence(&error.to_string()))
}
