//! Where the functions are that a definition names.
//!
//! | the definition is | its functions are those of |
//! |---|---|
//! | part of a project | that project |
//! | given with `--functions FOLDER` | that folder's project |
//! | a file that stands alone | the project that it was exported from, else the nearest one around it |

use std::path::Path;

use project::Place;
use runtime::functions::FunctionSpec;
use workspace::{Configuration, Workspace};

use crate::arguments::Code;
use crate::failure::Failure;
use crate::screen::Screen;
use crate::target::Target;

pub(crate) fn find(target: &Target, wanted: &Code, screen: &Screen) -> Result<Vec<FunctionSpec>, Failure> {
    if let Some(folder) = &wanted.functions {
        let workspace = Workspace::open(folder, Place::default()).map_err(Failure::new)?;
        return Ok(specs(&workspace));
    }
    let own = specs(&target.workspace);
    let Some(file) = target.workspace.opened().filter(|_| own.is_empty()) else {
        return Ok(own);
    };
    let file = target.workspace.root().join(&file.path);
    let Some((functions, why)) = from_elsewhere(&file) else {
        return Ok(own);
    };
    screen.note(format_args!("The functions are those of {why}."));
    Ok(functions)
}

fn from_elsewhere(file: &Path) -> Option<(Vec<FunctionSpec>, String)> {
    let exported = Configuration::load().exported_from(file);
    if let Some((functions, root)) = exported.as_deref().and_then(functions_in) {
        return Some((functions, format!("{root}, from which this file was exported")));
    }
    let around = file.ancestors().skip(2).take(4);
    let mut around = around.filter(|folder| {
        project::MANIFESTS
            .iter()
            .any(|manifest| folder.join(manifest).is_file())
    });
    let (functions, root) = around.find_map(functions_in)?;
    Some((functions, format!("{root}, the project around this file")))
}

fn functions_in(folder: &Path) -> Option<(Vec<FunctionSpec>, String)> {
    let workspace = Workspace::open(folder, Place::default()).ok()?;
    let functions = specs(&workspace);
    (!functions.is_empty()).then(|| (functions, workspace.root().display().to_string()))
}

fn specs(workspace: &Workspace) -> Vec<FunctionSpec> {
    FunctionSpec::of_project(workspace.project(), workspace.root(), workspace.place())
}
