//! A function's uploaded package: a zip archive, unpacked with limits. What would leave its folder is refused, not
//! corrected.

use std::fs;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use aws::lambda::{MAX_PACKAGE_BYTES, MAX_PACKAGE_FILES, MAX_UNPACKED_BYTES};
use zip::ZipArchive;

/// Why a package can't be taken.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// It is no zip archive, or a damaged one.
    #[error("Could not unzip uploaded file. Please check your file, then try to upload again.")]
    NotAnArchive(#[source] zip::result::ZipError),
    /// The archive itself is over the limit.
    #[error("the package has {0} bytes; at most {MAX_PACKAGE_BYTES} are allowed")]
    TooLarge(usize),
    /// What is in it is over the limit.
    #[error("Unzipped size must be smaller than {MAX_UNPACKED_BYTES} bytes")]
    UnpackedTooLarge,
    /// It has too many entries.
    #[error("the package has more than {MAX_PACKAGE_FILES} files")]
    TooManyFiles,
    /// An entry would be written outside of the package's folder, or is a link or something stranger.
    #[error("the package's entry {0:?} is no plain file or folder inside it")]
    BadEntry(String),
    /// It can't be written.
    #[error("{}: {source}", folder.display())]
    Folder {
        /// Where.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The kind of a file in a Unix mode, and the one of plain files.
const KIND: u32 = 0o170_000;
const PLAIN: u32 = 0o100_000;

/// Unpacks an archive into a folder that does not exist yet; a package that is refused leaves nothing behind.
///
/// # Errors
/// [`PackageError`].
pub fn unpack(archive: &[u8], folder: &Path) -> Result<(), PackageError> {
    if archive.len() > MAX_PACKAGE_BYTES {
        return Err(PackageError::TooLarge(archive.len()));
    }
    let failed = |source| PackageError::Folder {
        folder: folder.to_owned(),
        source,
    };
    let around = folder.parent().unwrap_or(folder);
    fs::create_dir_all(around).map_err(failed)?;
    let beside = tempfile::Builder::new()
        .prefix(".unpacking-")
        .tempdir_in(around)
        .map_err(failed)?;
    unpack_entries(archive, beside.path())?;
    let unpacked = beside.keep();
    match fs::rename(&unpacked, folder) {
        Ok(()) => Ok(()),
        // Somebody else unpacked the same package meanwhile: theirs is as good.
        Err(_) if folder.is_dir() => fs::remove_dir_all(&unpacked).map_err(failed),
        Err(error) => Err(failed(error)),
    }
}

fn unpack_entries(archive: &[u8], folder: &Path) -> Result<(), PackageError> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(PackageError::NotAnArchive)?;
    if archive.len() > MAX_PACKAGE_FILES {
        return Err(PackageError::TooManyFiles);
    }
    let mut left = MAX_UNPACKED_BYTES;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(PackageError::NotAnArchive)?;
        let bad = || PackageError::BadEntry(entry.name().to_owned());
        let mode = entry.unix_mode().unwrap_or(PLAIN | 0o644);
        let relative = inside(entry.name()).ok_or_else(bad)?;
        let target = folder.join(&relative);
        let failed = |source| PackageError::Folder {
            folder: target.clone(),
            source,
        };
        if entry.is_dir() {
            fs::create_dir_all(&target).map_err(failed)?;
            continue;
        }
        if !matches!(mode & KIND, 0 | PLAIN) {
            return Err(bad());
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        let mut file = fs::File::create(&target).map_err(failed)?;
        // The size that the archive states is a claim: what comes out counts.
        let written = io::copy(&mut entry.by_ref().take(left + 1), &mut file).map_err(failed)?;
        left = left.checked_sub(written).ok_or(PackageError::UnpackedTooLarge)?;
        set_mode(&file, mode).map_err(failed)?;
    }
    Ok(())
}

/// An entry's path, if it stays inside: no root, no drive, no `..`, no backslash that Windows would take for a slash.
fn inside(name: &str) -> Option<PathBuf> {
    if name.is_empty() || name.contains(['\\', '\0', ':']) || name.starts_with('/') {
        return None;
    }
    let parts: Vec<_> = name
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    let stays = !parts.is_empty() && !parts.contains(&"..");
    stays.then(|| parts.iter().collect())
}

/// Whether a file may be executed comes with the package; everything else is the owner's.
#[cfg(unix)]
fn set_mode(file: &fs::File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = if mode & 0o111 == 0 { 0o644 } else { 0o755 };
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_file: &fs::File, _mode: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn archive(entries: &[(&str, &str, u32)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text, mode) in entries {
            let options = SimpleFileOptions::default().unix_permissions(*mode);
            writer.start_file(*name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_package_is_unpacked() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("code");
        let package = archive(&[
            ("app.py", "1", 0o644),
            ("lib/x.py", "2", 0o644),
            ("bootstrap", "3", 0o755),
        ]);
        unpack(&package, &folder).unwrap();
        assert_eq!(fs::read_to_string(folder.join("lib/x.py")).unwrap(), "2");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |name: &str| fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode("app.py"), mode("bootstrap")), (0o644, 0o755));
        }
        assert_eq!(
            fs::read_dir(home.path()).unwrap().count(),
            1,
            "nothing else is left"
        );
    }

    #[test]
    fn what_would_leave_the_folder_is_refused() {
        for name in ["../x", "a/../../x", "/etc/x", "a\\..\\x", "C:x", "..", "."] {
            let home = tempfile::tempdir().unwrap();
            let refused = unpack(&archive(&[(name, "x", 0o644)]), &home.path().join("code"));
            assert!(
                matches!(refused, Err(PackageError::BadEntry(_))),
                "{name}: {refused:?}"
            );
            assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "{name}");
        }
    }

    #[test]
    fn links_and_nonsense_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer
            .add_symlink("link", "/etc/passwd", SimpleFileOptions::default())
            .unwrap();
        let link = writer.finish().unwrap().into_inner();
        assert!(matches!(
            unpack(&link, &home.path().join("code")),
            Err(PackageError::BadEntry(_))
        ));
        assert!(matches!(
            unpack(b"PK nonsense", &home.path().join("code")),
            Err(PackageError::NotAnArchive(_))
        ));
    }
}
