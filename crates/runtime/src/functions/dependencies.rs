//! What a function's folder says that it needs, and whether that is there.
//!
//! | language | said in | there when |
//! |---|---|---|
//! | Python | `requirements.txt` | something is installed beside the code (`*.dist-info`) |
//! | Node | `dependencies` of `package.json` | every one is in a `node_modules` here or above |
//!
//! Absent on purpose: layers, and what the service's own runtimes bring (boto3, the AWS SDK), which has to be declared
//! to be had here.

use aws::lambda::{Language, Version};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// What a folder needs and has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) language: Language,
    /// The file that says so.
    pub(super) manifest: PathBuf,
    /// Names, as the file spells them.
    pub(super) packages: Vec<String>,
    /// Every file that determines what is installed.
    pub(super) inputs: Vec<PathBuf>,
}

impl Missing {
    /// What a folder with this code needs and has not.
    pub(super) fn of(language: Language, code: &Path) -> Option<Self> {
        match language {
            Language::Python => python(code),
            Language::Node => node(code),
            _ => None,
        }
    }

    /// The name of what is built of it, for an interpreter: another text or another version is another build.
    pub(super) fn key(&self, version: Version) -> String {
        let mut digest = Sha256::new();
        for input in &self.inputs {
            digest.update(input.file_name().unwrap_or_default().as_encoded_bytes());
            digest.update(std::fs::read(input).unwrap_or_default());
            digest.update([0]);
        }
        let digest = crate::clock::hex(&digest.finalize()[..8]);
        match self.language {
            Language::Python => format!("python{}.{}-{digest}", version.major, version.minor),
            _ => format!("node{}-{digest}", version.major),
        }
    }
}

fn python(code: &Path) -> Option<Missing> {
    let manifest = code.join("requirements.txt");
    let text = std::fs::read_to_string(&manifest).ok()?;
    let mut inputs = vec![manifest.clone()];
    let mut packages = Vec::new();
    for line in text.lines() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.strip_prefix("-r ").or_else(|| line.strip_prefix("-c ")) {
            Some(file) => inputs.push(code.join(file.trim())),
            None if line.starts_with('-') => {}
            None => packages.push(requirement_name(line)),
        }
    }
    if packages.is_empty() && inputs.len() == 1 {
        return None;
    }
    let installed = std::fs::read_dir(code).ok()?.flatten();
    let mut installed = installed.filter(|entry| entry.file_name().to_string_lossy().ends_with(".dist-info"));
    installed.next().is_none().then_some(Missing {
        language: Language::Python,
        manifest,
        packages,
        inputs,
    })
}

/// `requests[socks]>=2; python_version > "3.8"` → `requests`.
fn requirement_name(line: &str) -> String {
    let end = line.find(|c: char| !(c.is_alphanumeric() || "-_./:".contains(c)));
    line[..end.unwrap_or(line.len())].to_owned()
}

fn node(code: &Path) -> Option<Missing> {
    let manifest = code.join("package.json");
    let text = std::fs::read_to_string(&manifest).ok()?;
    let package: serde_json::Value = serde_json::from_str(&text).ok()?;
    let packages: Vec<String> = package
        .get("dependencies")?
        .as_object()?
        .keys()
        .cloned()
        .collect();
    let is_there = |name: &String| {
        code.ancestors()
            .any(|folder| folder.join("node_modules").join(name).exists())
    };
    if packages.iter().all(is_there) {
        return None;
    }
    let beside = ["package-lock.json", "npm-shrinkwrap.json", ".npmrc"].map(|name| code.join(name));
    let inputs = std::iter::once(manifest.clone()).chain(beside.into_iter().filter(|file| file.is_file()));
    Some(Missing {
        language: Language::Node,
        inputs: inputs.collect(),
        manifest,
        packages,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, files: &[(&str, &str)], expected: Option<&[&str]>) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let missing = Missing::of(language, folder.path());
        let packages = missing
            .as_ref()
            .map(|missing| missing.packages.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(packages.as_deref(), expected, "{files:?}");
    }

    #[test]
    fn what_folders_need() {
        let python = |text: &str, expected| check(Language::Python, &[("requirements.txt", text)], expected);
        python("", None);
        python("# nothing\n\n", None);
        python(
            "requests[socks]>=2 # why\nPyYAML==6.0; python_version > '3'\n--no-binary :all:\n",
            Some(&["requests", "PyYAML"]),
        );
        python("-r more.txt\n", Some(&[]));
        check(Language::Python, &[], None);
        let vendored = [("requirements.txt", "a"), ("a-1.dist-info/METADATA", "")];
        check(Language::Python, &vendored, None);
        let package = r#"{"dependencies": {"a": "1", "@b/c": "2"}, "devDependencies": {"d": "3"}}"#;
        check(Language::Node, &[("package.json", package)], Some(&["a", "@b/c"]));
        let installed = [
            ("package.json", package),
            ("node_modules/a/x", ""),
            ("node_modules/@b/c/x", ""),
        ];
        check(Language::Node, &installed, None);
        check(Language::Node, &installed[..2], Some(&["a", "@b/c"]));
        check(Language::Node, &[("package.json", r#"{"type": "module"}"#)], None);
        check(Language::Custom, &[("requirements.txt", "a")], None);
    }

    #[test]
    fn another_text_or_version_is_another_build() {
        let folder = tempfile::tempdir().unwrap();
        let key = |text: &str, minor| {
            std::fs::write(folder.path().join("requirements.txt"), text).unwrap();
            Missing::of(Language::Python, folder.path())
                .unwrap()
                .key(Version { major: 3, minor })
        };
        let first = key("a", 12);
        assert!(first.starts_with("python3.12-"));
        assert_eq!(key("a", 12), first);
        assert_ne!(key("b", 12), first);
        assert_ne!(key("a", 13), first);
    }
}
