//! The opened folder as a whole: its project, its open documents, and what happens to them on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use asl::diagnostics::Known;
use asl::shape::infer::Results;
use notify::{EventKind, RecursiveMode, Watcher};
use project::{DocumentId, Place, Project, Workflow};

use crate::disk::{DiskError, OpenDocument};
use crate::document::Applied;
use crate::folder::{self, Scan};
use crate::recovery::Recovery;

/// Why a path can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is nothing.
    #[error("{0} does not exist; check the path")]
    Missing(PathBuf),
    /// It can't be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that is no definition.
    #[error("{0} is neither a folder nor a definition (*.asl.json, *.asl.yaml, *.json, *.yaml)")]
    NotADefinition(PathBuf),
}

/// Something that happened on disk.
#[derive(Debug)]
pub enum Happened {
    /// The project is another one: files came, went or changed.
    Project,
    /// An open document followed its file, or its status changed.
    Document(DocumentId, Option<Applied>),
}

/// The opened folder.
pub struct Workspace {
    root: PathBuf,
    /// The definition that was opened, where a file was.
    opened: Option<DocumentId>,
    place: Place,
    project: Project,
    scan: Scan,
    documents: BTreeMap<DocumentId, OpenDocument>,
    /// What tasks answered when a definition ran last.
    results: BTreeMap<DocumentId, Results>,
}

impl Workspace {
    /// Opens a folder, or a definition in one. Nothing is executed.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(path: &Path, place: Place) -> Result<Self, OpenError> {
        let unreadable = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::NotFound => OpenError::Missing(path.to_owned()),
            _ => OpenError::Unreadable {
                path: path.to_owned(),
                source,
            },
        };
        let full = std::fs::canonicalize(path).map_err(unreadable)?;
        let is_folder = std::fs::metadata(&full).map_err(unreadable)?.is_dir();
        if is_folder {
            std::fs::read_dir(&full).map_err(unreadable)?;
            let scan = folder::scan(&full);
            let project = project::read(&scan.files, &place);
            return Ok(Self {
                root: full,
                opened: None,
                place,
                project,
                scan,
                documents: BTreeMap::new(),
                results: BTreeMap::new(),
            });
        }
        let data = ["json", "yaml", "yml", "asl"];
        if !full
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|e| data.contains(&e))
        {
            return Err(OpenError::NotADefinition(full));
        }
        Ok(Self::open_file(&full, place))
    }

    /// A definition belongs to the project around it whose template names it, else to its own folder.
    fn open_file(file: &Path, place: Place) -> Self {
        let around = file.ancestors().skip(1).take(4).filter(|folder| {
            project::MANIFESTS
                .iter()
                .any(|manifest| folder.join(manifest).is_file())
        });
        for root in around {
            let scan = folder::scan(root);
            let project = project::read(&scan.files, &place);
            let id = folder::relative(root, file).map(DocumentId::file);
            if let Some(id) =
                id.filter(|id| project.workflows.iter().any(|workflow| workflow.document == *id))
            {
                return Self {
                    root: root.to_owned(),
                    opened: Some(id),
                    place,
                    project,
                    scan,
                    documents: BTreeMap::new(),
                    results: BTreeMap::new(),
                };
            }
        }
        let root = file.parent().unwrap_or(file).to_owned();
        let opened = folder::relative(&root, file).map(DocumentId::file);
        let mut workspace = Self {
            root,
            opened,
            place,
            project: Project::default(),
            scan: Scan::default(),
            documents: BTreeMap::new(),
            results: BTreeMap::new(),
        };
        workspace.read_project();
        workspace
    }

    fn read_project(&mut self) {
        self.scan = folder::scan(&self.root);
        self.project = project::read(&self.scan.files, &self.place);
        let Some(id) = &self.opened else { return };
        if !self
            .project
            .workflows
            .iter()
            .any(|workflow| workflow.document == *id)
        {
            // A single file: only it, under its own name.
            self.project.workflows = vec![project::workflow_of(&id.path)];
        }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The account and region that local ARNs name.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What the folder's files describe.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The definition that was opened, where a file was.
    #[must_use]
    pub fn opened(&self) -> Option<&DocumentId> {
        self.opened.as_ref()
    }

    /// The text of a file as it was read last.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        self.scan.files.get(path).cloned()
    }

    /// Event files: path and text.
    #[must_use]
    pub fn events(&self) -> &[(String, Arc<str>)] {
        &self.scan.events
    }

    /// Whether the folder has more files than are read.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.scan.cut
    }

    /// An open document; opens it if it is not.
    ///
    /// # Errors
    /// [`DiskError`].
    pub fn document(&mut self, id: &DocumentId) -> Result<&mut OpenDocument, DiskError> {
        if !self.documents.contains_key(id) {
            let mut open = OpenDocument::open(&self.root, id)?;
            open.document.know(self.known(id));
            self.documents.insert(id.clone(), open);
        }
        // It is there: it was, or has just been put in.
        self.documents
            .get_mut(id)
            .ok_or_else(|| DiskError::Outside(id.to_string()))
    }

    /// Brings back what was never saved of documents whose file is gone: renamed or deleted while nobody looked. Each
    /// is a workflow again until it is saved or discarded. Where one definition was opened, others are not meant.
    pub fn take_up_left_behind(&mut self) {
        if self.opened.is_some() {
            return;
        }
        for id in Recovery::documents(&self.root) {
            let Some(mut open) = OpenDocument::open_left_behind(&self.root, &id) else {
                continue;
            };
            self.project.workflows.push(workflow_of(&id));
            open.document.know(self.known(&id));
            self.documents.insert(id, open);
        }
    }

    /// Whether a document's file is gone.
    #[must_use]
    pub fn is_missing(&self, id: &DocumentId) -> bool {
        self.documents.get(id).is_some_and(OpenDocument::is_missing)
    }

    /// Lets go of a document whose file is gone, with what was not saved of it.
    ///
    /// # Errors
    /// [`DiskError::Present`] where the file is there.
    pub fn discard(&mut self, id: &DocumentId) -> Result<(), DiskError> {
        if !self.is_missing(id) {
            return Err(DiskError::Present(id.to_string()));
        }
        if let Some(mut gone) = self.documents.remove(id) {
            gone.forget();
        }
        self.project.workflows.retain(|workflow| workflow.document != *id);
        Ok(())
    }

    /// Takes in what a workflow's tasks answered when it ran last: its definition is checked against that. Says which
    /// document has to be analysed again, if it is open and this is news.
    pub fn learn(&mut self, workflow: &str, results: Results) -> Option<DocumentId> {
        let workflow = self.project.workflows.iter().find(|it| it.id == workflow)?;
        let id = workflow.document.clone();
        if self.results.insert(id.clone(), results.clone()) == Some(results) {
            return None;
        }
        let known = self.known(&id);
        self.documents.get_mut(&id)?.document.know(known);
        Some(id)
    }

    /// What is known of a definition besides its text.
    fn known(&self, id: &DocumentId) -> Known {
        let workflow = self
            .project
            .workflows
            .iter()
            .find(|workflow| workflow.document == *id);
        Known {
            machine_type: workflow.map(|workflow| workflow.machine_type()),
            results: self.results.get(id).cloned().unwrap_or_default(),
        }
    }

    /// Documents that are open.
    pub fn open_documents(&mut self) -> impl Iterator<Item = &mut OpenDocument> {
        self.documents.values_mut()
    }

    /// Looks at the disk again. A workflow that is gone from there stays while its open text is not saved, or while it
    /// `runs` (by its id): the text may be all there is of it, and a run must stay in sight.
    pub fn refresh(&mut self, runs: impl Fn(&str) -> bool) -> Vec<Happened> {
        let (project, events) = (self.project.clone(), self.scan.events.clone());
        self.read_project();
        for gone in &project.workflows {
            let known = &mut self.project.workflows;
            let open = self.documents.get(&gone.document);
            if known.iter().all(|workflow| workflow.id != gone.id)
                && open.is_some_and(|open| open.is_dirty() || runs(&gone.id))
            {
                known.push(gone.clone());
            }
        }
        let mut happened = Vec::new();
        if project != self.project || events != self.scan.events {
            happened.push(Happened::Project);
        }
        let known: Vec<_> = self.documents.keys().map(|id| self.known(id)).collect();
        for ((id, open), known) in self.documents.iter_mut().zip(known) {
            open.document.know(known);
            let was_missing = open.is_missing();
            if let Some(applied) = open.refresh() {
                happened.push(Happened::Document(id.clone(), applied));
            }
            if was_missing != open.is_missing() {
                happened.push(Happened::Project);
            }
        }
        happened
    }

    /// Calls `changed` whenever something in the folder changes, as long as the answer lives.
    ///
    /// # Errors
    /// When the system can't watch (on Linux: too many watches).
    pub fn watch(&self, changed: impl Fn() + Send + 'static) -> notify::Result<notify::RecommendedWatcher> {
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let matters = event.is_ok_and(|event| {
                let ours = |path: &PathBuf| path.components().any(|part| part.as_os_str() == ".stepwell");
                !matches!(event.kind, EventKind::Access(_)) && !event.paths.iter().all(ours)
            });
            if matters {
                changed();
            }
        })?;
        for folder in &self.scan.folders {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        Ok(watcher)
    }
}

/// The workflow of a document that no file declares.
fn workflow_of(id: &DocumentId) -> Workflow {
    let workflow = project::workflow_of(&id.path);
    match &id.resource {
        None => workflow,
        Some(resource) => Workflow {
            id: resource.clone(),
            name: resource.clone(),
            document: id.clone(),
            ..workflow
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(kind: &str) -> String {
        format!(
            "Resources:\n  Jobs:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Type: {kind}\n      \
             DefinitionUri: jobs.asl.json\n"
        )
    }

    #[test]
    fn the_template_says_what_a_definition_may_do() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("template.yaml", &template("EXPRESS"));
        write(
            "jobs.asl.json",
            r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "End": true}}}"#,
        );
        let mut workspace = Workspace::open(folder.path(), Place::default()).unwrap();
        let id = DocumentId::file("jobs.asl.json");
        let codes = |workspace: &mut Workspace| -> Vec<&str> {
            let analysis = workspace.document(&id).unwrap().document.analysis();
            analysis.diagnostics.iter().map(|one| one.code).collect()
        };
        assert_eq!(codes(&mut workspace), ["SW0039"]);
        write("template.yaml", &template("STANDARD"));
        workspace.refresh(|_| false);
        assert_eq!(codes(&mut workspace), [""; 0]);
    }

    #[test]
    fn unsaved_text_of_a_file_that_is_gone_is_brought_back_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.asl.json");
        let definition = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
        std::fs::write(&file, definition).unwrap();
        let id = DocumentId::file("a.asl.json");
        let start = || {
            let mut workspace = Workspace::open(folder.path(), Place::default()).unwrap();
            workspace.take_up_left_behind();
            workspace
        };
        let known = |workspace: &Workspace| -> Vec<String> {
            let workflows = workspace.project().workflows.iter();
            workflows.map(|workflow| workflow.document.to_string()).collect()
        };
        let mut workspace = start();
        let open = workspace.document(&id).unwrap();
        open.document.replace(&definition.replace('A', "B"), "Rename A");
        open.keep_unsaved();
        drop(workspace);
        std::fs::rename(&file, folder.path().join("b.asl.json")).unwrap();

        let mut workspace = start();
        assert_eq!(known(&workspace), ["b.asl.json", "a.asl.json"]);
        workspace.refresh(|_| false);
        assert_eq!(known(&workspace), ["b.asl.json", "a.asl.json"], "it stays");
        let open = workspace.document(&id).unwrap();
        assert!(open.is_missing() && open.is_dirty() && open.is_recovered());
        assert_eq!(**open.document.text(), *definition.replace('A', "B"));
        open.save().unwrap();
        assert_eq!(
            std::fs::read_to_string(&file).unwrap(),
            definition.replace('A', "B")
        );
        assert!(matches!(workspace.discard(&id), Err(DiskError::Present(_))));
        drop(workspace);

        let mut workspace = start();
        let open = workspace.document(&id).unwrap();
        open.document.replace("{}", "Delete all");
        open.keep_unsaved();
        std::fs::remove_file(&file).unwrap();
        workspace.refresh(|_| false);
        workspace.discard(&id).unwrap();
        assert_eq!(known(&workspace), ["b.asl.json"]);
        drop(workspace);
        assert_eq!(
            known(&start()),
            ["b.asl.json"],
            "what was discarded does not come back"
        );
    }

    #[test]
    fn a_workflow_that_is_gone_from_disk_stays_while_it_is_unsaved_or_runs() {
        let definition = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
        let id = DocumentId::file("a.asl.json".to_owned());
        for (typed, runs, stays) in [(true, false, true), (false, true, true), (false, false, false)] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("a.asl.json");
            std::fs::write(&file, definition).unwrap();
            let mut workspace = Workspace::open(folder.path(), Place::default()).unwrap();
            let open = workspace.document(&id).unwrap();
            if typed {
                let typing = [(0, 0, " ".to_owned())];
                open.document
                    .change(
                        open.document.version(),
                        &typing,
                        "view",
                        std::time::Duration::ZERO,
                    )
                    .unwrap();
            }
            std::fs::rename(&file, folder.path().join("b.asl.json")).unwrap();
            workspace.refresh(|_| runs);
            let known: Vec<_> = workspace
                .project()
                .workflows
                .iter()
                .map(|workflow| workflow.id.as_str())
                .collect();
            assert!(known.contains(&"b.asl.json"), "{known:?}");
            assert_eq!(
                known.contains(&"a.asl.json"),
                stays,
                "typed {typed}, runs {runs}: {known:?}"
            );
            assert!(workspace.document(&id).unwrap().is_missing());
        }
    }
}
