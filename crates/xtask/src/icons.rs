//! `cargo xtask icons`: every size of the icon, from `icons/stepwell.svg`.
//!
//! A browser draws the picture, the best renderer of SVG at hand. `.ico` and `.icns` are small containers around
//! PNG files, written here: <https://en.wikipedia.org/wiki/ICO_(file_format)>,
//! <https://en.wikipedia.org/wiki/Apple_Icon_Image_format>.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::packages;
use crate::project::Project;

/// The PNG files that the window and its packages name, with their width in pixels.
const FILES: [(&str, u16); 4] = [
    ("32x32.png", 32),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
];
/// The pictures in `icon.ico`.
const ICO: [u16; 5] = [16, 32, 48, 64, 256];
/// The pictures in `icon.icns`, with the type that Apple gives to each size.
const ICNS: [(&[u8; 4], u16); 7] = [
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Draws and writes all of them.
pub(crate) fn icons(project: &Project) -> Result<ExitCode, String> {
    let browser = packages::browser().ok_or("a browser is needed to draw the icon: install chromium")?;
    let folder = project.root.join("icons");
    let scratch = project.root.join("target/icons");
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let svg = folder.join("stepwell.svg");
    let draw = |size| draw(browser, &svg, &scratch, size);

    for (name, size) in FILES {
        write(&folder.join(name), &draw(size)?)?;
    }
    let pictures = ICO
        .iter()
        .map(|size| Ok((*size, draw(*size)?)))
        .collect::<Result<Vec<_>, String>>()?;
    write(&folder.join("icon.ico"), &ico(&pictures))?;
    let pictures = ICNS
        .iter()
        .map(|(kind, size)| Ok((**kind, draw(*size)?)))
        .collect::<Result<Vec<_>, String>>()?;
    write(&folder.join("icon.icns"), &icns(&pictures))?;
    Ok(ExitCode::SUCCESS)
}

fn draw(browser: &str, svg: &Path, scratch: &Path, size: u16) -> Result<Vec<u8>, String> {
    let page = scratch.join("page.html");
    let picture = scratch.join(format!("{size}.png"));
    let html = format!(
        "<!doctype html><style>body{{margin:0}}img{{display:block;width:{size}px}}</style><img src=\"file://{}\">",
        svg.display()
    );
    write(&page, html.as_bytes())?;
    let status = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--allow-file-access-from-files",
        ])
        .args([
            "--default-background-color=00000000",
            "--force-device-scale-factor=1",
        ])
        .arg(format!("--window-size={size},{size}"))
        .arg(format!("--screenshot={}", picture.display()))
        .arg(format!("file://{}", page.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => {
            fs::read(&picture).map_err(|error| format!("{}: {error}", picture.display()))
        }
        Ok(status) => Err(format!("{browser} ended with {status}")),
        Err(error) => Err(format!("{browser} could not be started: {error}")),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// A Windows icon: a directory of sizes and offsets, then the PNG files.
fn ico(pictures: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(pictures.len()).unwrap_or(u16::MAX);
    let mut bytes = [0u16, 1, count]
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .collect::<Vec<u8>>();
    let mut offset = 6 + 16 * length(pictures.len());
    for (size, png) in pictures {
        let side = u8::try_from(*size).unwrap_or(0); // 0 stands for 256
        bytes.extend([side, side, 0, 0, 1, 0, 32, 0]);
        bytes.extend(length(png.len()).to_le_bytes());
        bytes.extend(offset.to_le_bytes());
        offset += length(png.len());
    }
    pictures.iter().for_each(|(_, png)| bytes.extend(png));
    bytes
}

/// An Apple icon: the magic, the length, then each picture with its type and length.
fn icns(pictures: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let total: usize = pictures.iter().map(|(_, png)| png.len() + 8).sum();
    let mut bytes = b"icns".to_vec();
    bytes.extend(length(total + 8).to_be_bytes());
    for (kind, png) in pictures {
        bytes.extend(kind);
        bytes.extend(length(png.len() + 8).to_be_bytes());
        bytes.extend(png);
    }
    bytes
}

/// A length as the formats store it; pictures of an icon are far below 4 GB.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_windows_icon_points_at_its_pictures() {
        let bytes = ico(&[(16, vec![1, 2, 3]), (256, vec![4, 5])]);
        assert_eq!(&bytes[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!(
            &bytes[6..22],
            [16, 16, 0, 0, 1, 0, 32, 0, 3, 0, 0, 0, 38, 0, 0, 0]
        );
        assert_eq!(&bytes[22..38], [0, 0, 0, 0, 1, 0, 32, 0, 2, 0, 0, 0, 41, 0, 0, 0]);
        assert_eq!(&bytes[38..], [1, 2, 3, 4, 5]);
    }

    #[test]
    fn an_apple_icon_counts_its_headers() {
        let bytes = icns(&[(*b"ic07", vec![9, 9])]);
        assert_eq!(
            bytes,
            [
                b"icns".as_slice(),
                &[0, 0, 0, 18],
                b"ic07",
                &[0, 0, 0, 10],
                &[9, 9]
            ]
            .concat()
        );
    }
}
