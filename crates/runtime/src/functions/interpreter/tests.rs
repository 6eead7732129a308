//! Interpreters found in made-up folders.

use super::*;

fn version(major: u16, minor: u16) -> Version {
    Version { major, minor }
}

#[test]
fn the_nearest_version() {
    let known: Vec<Interpreter> = [(3, 9), (3, 13), (3, 11)]
        .map(|(major, minor)| Interpreter {
            path: PathBuf::new(),
            version: version(major, minor),
        })
        .into();
    let check = |declared, expected: Option<Version>| {
        assert_eq!(
            nearest(&known, declared).map(|found| found.version),
            expected,
            "{declared:?}"
        );
    };
    check(version(3, 11), Some(version(3, 11)));
    check(version(3, 12), Some(version(3, 13)));
    check(version(3, 10), Some(version(3, 11)));
    check(version(3, 14), Some(version(3, 13)));
    check(version(3, 6), Some(version(3, 9)));
    assert_eq!(nearest(&[], version(3, 6)), None);
}

#[test]
fn versions_in_names_and_words() {
    for (name, expected) in [
        ("python3.13", Some(version(3, 13))),
        ("python3", None),
        ("python3.13-config", None),
        ("python3.13t", None),
        ("node", None),
    ] {
        assert_eq!(python_name_version(name), expected, "{name}");
    }
    for (text, expected) in [
        ("Python 3.11.7\n", Some(version(3, 11))),
        ("v20.20.2\n", Some(version(20, 0))),
        ("", None),
        ("pyenv: no", None),
    ] {
        assert_eq!(said_version(text), expected, "{text}");
    }
    let nvm = Path::new("/home/u/.nvm/versions/node/v22.3.0/bin/node");
    assert_eq!(version_in_path(Language::Node, nvm), Some(version(22, 0)));
    assert_eq!(version_in_path(Language::Node, Path::new("/usr/bin/node")), None);
}

#[cfg(unix)]
#[tokio::test]
async fn shims_are_passed_over_for_what_is_behind_them() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let home = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    };
    write("shims/python3.98", "#!/bin/sh\nexec pyenv");
    let manager = write("bin/mise", "\x7fELF");
    symlink(&manager, home.path().join("shims/python3.99")).unwrap();
    let real = write(".pyenv/versions/3.98.1/bin/python3.98", "\x7fELF");
    let found = Interpreters::new(SearchPath {
        folders: vec![home.path().join("shims")],
        home: Some(home.path().to_owned()),
    });
    let python = found.find(Language::Python, version(3, 98)).await.unwrap();
    assert_eq!(
        python,
        Interpreter {
            path: real,
            version: version(3, 98)
        }
    );
}
