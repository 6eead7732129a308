//! The page: Node packages and the built UI, each made again only when what it is made from has changed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::machine::quiet;
use crate::project::Project;

/// The oldest Node that the UI's tools run on.
const OLDEST_NODE: u32 = 20;

/// Something that is made from files, and remembers by a stamp which files those were.
pub(crate) struct Made {
    stamp: PathBuf,
    fingerprint: String,
    /// Whether what was made is still there.
    there: bool,
}

impl Made {
    /// The Node packages, from `package-lock.json`.
    pub(crate) fn node_packages(project: &Project) -> Result<Self, String> {
        let lock = project.ui().join("package-lock.json");
        let packages = project.ui().join("node_modules");
        Ok(Self {
            fingerprint: fingerprint(&[lock])?,
            there: packages.join(".package-lock.json").is_file(),
            stamp: packages.join(".stepwell-packages"),
        })
    }

    /// `ui/dist`, from everything else in `ui/`.
    pub(crate) fn page(project: &Project) -> Result<Self, String> {
        let mut inputs = Vec::new();
        collect(&project.ui(), &mut inputs)
            .map_err(|error| format!("{}: {error}", project.ui().display()))?;
        inputs.sort();
        Ok(Self {
            fingerprint: fingerprint(&inputs)?,
            there: project.ui().join("dist/index.html").is_file(),
            stamp: project.ui().join("node_modules/.stepwell-page"),
        })
    }

    /// Whether it has to be made again.
    pub(crate) fn is_stale(&self) -> bool {
        !self.there || fs::read_to_string(&self.stamp).ok().as_deref() != Some(self.fingerprint.as_str())
    }

    /// Remembers that it was made from the files as they were when this value was created.
    pub(crate) fn remember(&self) -> Result<(), String> {
        fs::write(&self.stamp, &self.fingerprint)
            .map_err(|error| format!("{}: {error}", self.stamp.display()))
    }
}

/// Whether a Node is there that the UI's tools run on; the error says what to do.
pub(crate) fn check_node() -> Result<(), String> {
    let found = quiet("node", &["--version"]);
    match found.as_deref().map(|version| (version, major(version))) {
        Some((_, Some(major))) if major >= OLDEST_NODE => Ok(()),
        Some((version, _)) => Err(format!(
            "Node is {version}, but {OLDEST_NODE} or newer is needed: see https://nodejs.org"
        )),
        None => Err(format!(
            "Node {OLDEST_NODE} or newer is needed, with npm: see https://nodejs.org"
        )),
    }
}

/// The first number of a version such as `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// All files under a folder but those that are made or hidden.
fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || matches!(&*name, "node_modules" | "dist" | "coverage") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), into)?;
        } else {
            into.push(entry.path());
        }
    }
    Ok(())
}

/// FNV-1a over names and contents: the same on every machine and with every compiler.
fn fingerprint(files: &[PathBuf]) -> Result<String, String> {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for file in files {
        feed(file.to_string_lossy().as_bytes());
        let content = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        feed(&(content.len() as u64).to_le_bytes());
        feed(&content);
    }
    Ok(format!("{hash:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_a_major_number() {
        let check = |text: &str, expected| assert_eq!(major(text), expected, "{text}");
        check("v20.11.1", Some(20));
        check("24.0.0", Some(24));
        check("nightly", None);
        check("", None);
    }

    /// A checkout with nothing but a UI, removed at the end.
    struct Checkout(Project);

    impl Checkout {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir().join(format!("stepwell-xtask-{}-{name}", std::process::id()));
            for folder in ["ui/src", "ui/dist", "ui/node_modules"] {
                fs::create_dir_all(root.join(folder)).unwrap();
            }
            let checkout = Self(Project {
                target: root.join("target"),
                root,
            });
            checkout.write("ui/src/main.ts", "one");
            checkout.write("ui/dist/index.html", "<p>");
            checkout
        }

        fn write(&self, path: &str, text: &str) {
            fs::write(self.0.root.join(path), text).unwrap();
        }

        fn is_stale(&self) -> bool {
            Made::page(&self.0).unwrap().is_stale()
        }
    }

    impl Drop for Checkout {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0.root);
        }
    }

    #[test]
    fn the_page_is_stale_until_built_and_after_its_sources_change() {
        let checkout = Checkout::new("page");
        assert!(checkout.is_stale(), "never built");
        Made::page(&checkout.0).unwrap().remember().unwrap();
        assert!(!checkout.is_stale(), "just built");

        checkout.write("ui/dist/asset.js", "made");
        checkout.write("ui/node_modules/x", "installed");
        assert!(!checkout.is_stale(), "what is made does not count");

        checkout.write("ui/src/main.ts", "two");
        assert!(checkout.is_stale(), "a source has changed");
        checkout.write("ui/src/main.ts", "one");
        assert!(!checkout.is_stale(), "and was changed back");

        fs::remove_file(checkout.0.root.join("ui/dist/index.html")).unwrap();
        assert!(checkout.is_stale(), "the page is gone");
    }

    #[test]
    fn a_stamp_is_of_the_files_before_the_build() {
        let checkout = Checkout::new("during");
        let before = Made::page(&checkout.0).unwrap();
        checkout.write("ui/src/main.ts", "changed while it was built");
        before.remember().unwrap();
        assert!(checkout.is_stale());
    }
}
