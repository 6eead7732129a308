//! Which folder a function runs from: its source, or what was built of it.
//!
//! | there is | it runs from |
//! |---|---|
//! | `.aws-sam/build` with the function, newer than its source | that folder, as it would be uploaded |
//! | a build of ours in `.stepwell/build` for what it needs | its source, with the packages beside it |
//! | neither | its source |
//!
//! A build of ours holds packages only, so an edit of the source needs no new one. Python finds them by `PYTHONPATH`.
//! Node looks for `node_modules` in the folders above a file, so it is shown the source through a link below them.

use super::{FunctionSpec, code, dependencies::Missing};
use asl::text::{Format, Tree};
use aws::lambda::{Language, Version};
use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Where builds of ours lie in a project.
const BUILDS: &str = ".stepwell/build";

/// What an environment is started from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct TaskRoot {
    /// The folder that is `/var/task` on the service.
    pub(super) folder: PathBuf,
    /// Where Python finds the packages.
    pub(super) libraries: Option<PathBuf>,
    /// Node follows no links, since `folder` is one.
    pub(super) keeps_links: bool,
    /// What to do if a package turns out to be missing.
    pub(super) advice: Option<String>,
}

impl TaskRoot {
    fn plain(folder: PathBuf) -> Self {
        Self {
            folder,
            libraries: None,
            keeps_links: false,
            advice: None,
        }
    }

    /// That of a function whose newest source file is from `newest`.
    pub(super) fn find(
        spec: &FunctionSpec,
        language: Language,
        version: Version,
        newest: Option<SystemTime>,
    ) -> Self {
        let mut task_root = Self::choose(spec, language, version, newest);
        if let Some(path) = missing_handler(spec, language, &task_root.folder) {
            task_root.advice = Some(format!(
                "{} does not exist; create it, or correct the function's Handler, {:?}",
                path.display(),
                spec.handler
            ));
        }
        task_root
    }

    fn choose(spec: &FunctionSpec, language: Language, version: Version, newest: Option<SystemTime>) -> Self {
        let sam = spec
            .project
            .as_ref()
            .and_then(|project| SamBuild::of(&project.root, &project.id));
        if let Some(build) = sam
            .as_ref()
            .filter(|build| newest.is_none_or(|newest| newest <= build.at))
        {
            return Self::plain(build.folder.clone());
        }
        let mut task_root = Self::plain(spec.code.clone());
        let stale = "what `sam build` made of it is older than its source: run it again";
        task_root.advice = sam.is_some().then(|| stale.to_owned());
        let Some(missing) = Missing::of(language, &spec.code) else {
            return task_root;
        };
        if let Some(built) = build_folder(spec, &missing, version).filter(|folder| folder.is_dir()) {
            match language {
                Language::Python => task_root.libraries = Some(built.join("python")),
                _ => return linked(spec, &built).unwrap_or(task_root),
            }
            return task_root;
        }
        task_root.advice = Some(format!(
            "{} asks for {}, and nothing was installed for it. Run `sam build`, or let Stepwell install it when it asks (`stepwell run --build`)",
            missing.manifest.display(),
            missing.packages.join(", ")
        ));
        task_root
    }
}

/// Where a build of ours for this function is, or would be.
pub(super) fn build_folder(spec: &FunctionSpec, missing: &Missing, version: Version) -> Option<PathBuf> {
    let project = spec.project.as_ref()?;
    Some(project.root.join(BUILDS).join(missing.key(version)))
}

/// The file that a project's function is called in, where it is not there; relative to the project. Code that came alone
/// fails as on the service and says no more.
fn missing_handler(spec: &FunctionSpec, language: Language, folder: &Path) -> Option<PathBuf> {
    let project = spec.project.as_ref()?;
    let (module, _) = spec.handler.rsplit_once('.')?;
    let (module, endings): (_, &[&str]) = match language {
        Language::Python => (module.replace('.', "/"), &[".py", "/__init__.py"]),
        Language::Node => (module.to_owned(), &[".js", ".mjs", ".cjs"]),
        _ => return None,
    };
    let path = |ending: &&str| folder.join(format!("{module}{ending}"));
    if endings.iter().map(path).any(|path| path.exists()) {
        return None;
    }
    let wanted = endings.first().map(path)?;
    Some(
        wanted
            .strip_prefix(&project.root)
            .map_or(wanted.clone(), Path::to_owned),
    )
}

/// The source, seen through a link below the packages.
fn linked(spec: &FunctionSpec, built: &Path) -> Option<TaskRoot> {
    let link = built.join("code").join(&spec.name);
    if std::fs::read_link(&link).ok().as_ref() != Some(&spec.code) {
        std::fs::create_dir_all(link.parent()?).ok()?;
        let _ = std::fs::remove_file(&link);
        link_folder(&spec.code, &link).ok()?;
    }
    Some(TaskRoot {
        keeps_links: true,
        ..TaskRoot::plain(link)
    })
}

#[cfg(unix)]
fn link_folder(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn link_folder(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}

/// What `sam build` made of a function.
#[derive(Debug)]
struct SamBuild {
    folder: PathBuf,
    at: SystemTime,
}

impl SamBuild {
    /// Reads the template that `sam build` writes last. Its own files keep the times of the source.
    fn of(root: &Path, function: &str) -> Option<Self> {
        let build = root.join(".aws-sam").join("build");
        let template = build.join("template.yaml");
        let at = std::fs::metadata(&template).ok()?.modified().ok()?;
        let tree = Tree::parse(std::fs::read_to_string(&template).ok()?, Format::Yaml);
        let properties = tree.root()?.get("Resources")?.get(function)?.get("Properties")?;
        let code = properties.get("CodeUri").or_else(|| properties.get("Code"))?;
        let folder = build.join(&*code.text());
        folder.is_dir().then_some(Self { folder, at })
    }
}

/// The source's newest file, without what programs and package managers write.
pub(super) fn newest(code: &Path) -> Option<SystemTime> {
    code::files(code, &["node_modules", ".aws-sam", ".venv", "venv"])
        .into_iter()
        .filter_map(|(_, _, modified)| modified)
        .max()
}
