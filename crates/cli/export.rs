//! `stepwell export`: plain ASL JSON, or a drawing.

use std::path::Path;

use asl::definition::Definition;
use asl::text::Tree;
use diagram::{LayoutCache, Options, Theme, layout, to_svg};
use project::Workflow;
use project::export::{Placeholders, asl_json};
use workspace::{Configuration, folder};

use crate::arguments::{Export, ExportFormat};
use crate::excerpt;
use crate::failure::Failure;
use crate::screen::Screen;
use crate::target::{Document, Target, errors};

pub(crate) fn export(arguments: &Export, screen: &mut Screen) -> Result<u8, Failure> {
    let target = Target::open(&arguments.path)?;
    let workflow = target.workflow(arguments.workflow.as_deref())?;
    let document = target.document(workflow)?;
    let text = match arguments.format {
        ExportFormat::AslJson => definition(workflow, &document, arguments.keep_substitutions, screen)?,
        ExportFormat::Svg => drawing(&document),
    };
    let Some(file) = &arguments.output else {
        screen.bytes(text.as_bytes())?;
        return Ok(0);
    };
    check_place(file, arguments.force, &target, workflow)?;
    folder::write(file, &text).map_err(|error| {
        Failure::with_help(
            format_args!("{} can't be written: {error}", file.display()),
            "Choose another place with -o.",
        )
    })?;
    if arguments.format == ExportFormat::AslJson {
        // So that `stepwell run` on the file finds the functions that the definition names.
        if let Err(error) = Configuration::load().exported(file, target.workspace.root()) {
            screen.warn(format_args!(
                "where {} came from can't be remembered ({error}); run it with --functions {}",
                file.display(),
                arguments.path.display()
            ));
        }
    }
    screen.note(format_args!("{} written to {}", workflow.name, file.display()));
    Ok(0)
}

/// Nothing is written over by a slip of the pen, and what the project is made of not at all.
fn check_place(file: &Path, force: bool, target: &Target, workflow: &Workflow) -> Result<(), Failure> {
    let Ok(there) = file.canonicalize() else {
        return Ok(());
    };
    let project = target.workspace.project();
    let sources = project.manifest.iter().chain([&workflow.document.path]);
    for source in sources {
        if target
            .workspace
            .root()
            .join(source)
            .canonicalize()
            .is_ok_and(|source| source == there)
        {
            return Err(Failure::with_help(
                format_args!(
                    "{} is what the workflow is made of; it stays as it is",
                    file.display()
                ),
                "Choose another place with -o.",
            ));
        }
    }
    match force {
        true => Ok(()),
        false => Err(Failure::with_help(
            format_args!("{} is there already, so nothing was written", file.display()),
            "Choose another place with -o, or write over it with --force.",
        )),
    }
}

fn definition(
    workflow: &Workflow,
    document: &Document,
    keep: bool,
    screen: &mut Screen,
) -> Result<String, Failure> {
    let wrong = errors(&document.diagnostics());
    let placeholders = if keep {
        Placeholders::Keep
    } else {
        Placeholders::Resolve
    };
    let Ok(json) = asl_json(&document.text, document.format, workflow, placeholders) else {
        screen.note(excerpt::render(&document.source, &wrong, screen.note_colour).trim_end());
        return Err(Failure::Told);
    };
    if !wrong.is_empty() {
        let path = document.source.path.display();
        screen.warn(format_args!(
            "AWS will refuse this definition; `stepwell validate {path}` says why"
        ));
    }
    if !keep && !json.unresolved.is_empty() {
        let names: Vec<_> = json
            .unresolved
            .iter()
            .map(|name| format!("${{{name}}}"))
            .collect();
        screen.warn(format_args!(
            "nothing is known for {}, which stands in the definition as it is; give it a value in DefinitionSubstitutions",
            names.join(", ")
        ));
    }
    Ok(json.text)
}

fn drawing(document: &Document) -> String {
    let tree = Tree::parse(document.text.clone(), document.format);
    let definition = Definition::read(&tree);
    let diagram = layout(&definition, &Options::default(), &mut LayoutCache::default());
    to_svg(&diagram, &definition, Theme::Light)
}
