//! Documents: typing, gestures, undo, saving; forms of states; export.

use std::path::PathBuf;
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

/// There is nothing to undo or to redo.
const NOTHING: &str = "document.nothing";

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
        let analysis = tokio::task::spawn_blocking(move || {
            analysing.learn_from_record(&id);
            analysing.analyse(&id).map(Understood::whole)
        });
        let analysis = analysis.await;
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
        // Undo and redo at their end: nothing moves, and that is no fault.
        let applied = match with(&open, &id, change) {
            Err(error) if error.code == NOTHING => None,
            applied => Some(applied?),
        };
        let (version, select) = match &applied {
            Some(applied) => (Some(applied.version), applied.select.clone()),
            None => (None, None),
        };
        open.tell_document(&id, applied);
        let mut workspace = open.workspace();
        let document = workspace.document(&id).map_err(disk)?;
        Ok(Edited {
            version: version.unwrap_or_else(|| document.document.version()),
            select,
            status: views::status(document),
        })
    }

    pub(crate) async fn document_save(&self, params: SaveDocument) -> Result<DocumentStatus, CallError> {
        self.on_disk(&params.document, ::workspace::disk::OpenDocument::save)
            .await
    }

    pub(crate) async fn document_copy(&self, params: CopyDocument) -> Result<Copied, CallError> {
        let open = self.opened()?;
        let id = DocumentId::parse(&params.document);
        let text = {
            let mut workspace = open.workspace();
            workspace.document(&id).map_err(disk)?.document.text().clone()
        };
        let path = write_file(&open, &params.path, params.overwrite, &text)?;
        Ok(Copied {
            path: path.to_string_lossy().into_owned(),
        })
    }

    pub(crate) async fn document_discard(&self, params: DocumentRef) -> Result<Done, CallError> {
        let open = self.opened()?;
        open.workspace()
            .discard(&DocumentId::parse(&params.document))
            .map_err(disk)?;
        open.tell_project();
        Ok(Done {})
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
        let (result, came_back) = {
            let mut workspace = open.workspace();
            let document = workspace.document(&id).map_err(disk)?;
            let was_missing = document.is_missing();
            (act(document), was_missing && !document.is_missing())
        };
        let applied = result.as_ref().ok().cloned().flatten();
        open.tell_document(&id, applied);
        result.map_err(disk)?;
        if came_back {
            open.tell_project();
        }
        let mut workspace = open.workspace();
        workspace
            .document(&id)
            .map(|document| views::status(document))
            .map_err(disk)
    }

    pub(crate) async fn document_state(&self, params: GetState) -> Result<FoundForm, CallError> {
        let open = self.opened()?;
        let id = DocumentId::parse(&params.document);
        let analysis = open.workspace().document(&id).map_err(disk)?.document.analysis();
        Ok(FoundForm {
            form: views::form(&analysis, &params.state, &open.functions(&id)),
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

/// Writes a file of the user's choice; answers where it is.
fn write_file(open: &Open, path: &str, overwrite: bool, text: &str) -> Result<PathBuf, CallError> {
    // A relative path means the project's folder, and `~/` the home folder.
    let path = match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => open.root.join(path),
    };
    if path.exists() && !overwrite {
        return Err(
            CallError::new("file.exists", format!("{} exists already.", path.display()))
                .hint("Replace it, or choose another name."),
        );
    }
    ::workspace::folder::write(&path, text).map_err(|error| {
        CallError::new(
            "file.write",
            format!("{} can't be written: {error}.", path.display()),
        )
        .hint("Choose a place where you may write.")
    })?;
    Ok(path)
}

fn write_export(
    open: &Arc<Open>,
    path: &str,
    overwrite: bool,
    exported: Exported,
) -> Result<Exported, CallError> {
    let path = write_file(open, path, overwrite, &exported.text)?;
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
            DocumentError::NothingTo(_) => NOTHING,
            DocumentError::NoFix => "document.noFix",
        };
        because(code)(&error)
    })
}

pub(crate) fn disk(error: DiskError) -> CallError {
    let code = match &error {
        DiskError::File { .. } => "document.file",
        DiskError::NotWritable { .. } => "document.notWritable",
        DiskError::Present(_) => "document.present",
        DiskError::Outside(_) => "document.outside",
        DiskError::Gone(_) => "document.gone",
        DiskError::Layout(_) => "document.layout",
        DiskError::Conflict => "document.conflict",
    };
    let hint = match &error {
        DiskError::NotWritable { .. } => {
            Some("Save a copy in another place, or allow writing there and save again.")
        }
        _ => None,
    };
    let error = CallError::new(code, sentence(&error.to_string()));
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}
