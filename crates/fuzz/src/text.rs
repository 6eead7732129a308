//! A definition's text, through everything that reads one. YAML is read as a template, too.

use std::ops::Range;
use std::sync::Arc;

use asl::definition::Definition;
use asl::diagnostics::{Diagnostic, diagnose};
use asl::graph::FlowGraph;
use asl::machine::StateMachine;
use asl::text::{Format, Tree};
use asl::verdict::verdict;
use asl::words::MachineType;
use diagram::{LayoutCache, Options, layout};
use project::document::locate;
use project::export::{Placeholders, asl_json};
use project::{Files, Place, Workflow};

pub(crate) fn check(bytes: &[u8], format: Format) {
    let text: Arc<str> = String::from_utf8_lossy(bytes).into();
    check_definition(&text, format);
    match format {
        Format::Json => run(&project::workflow_of("a.asl.json"), &text, format),
        Format::Yaml => {
            run(&project::workflow_of("a.asl.yaml"), &text, format);
            check_template(&text);
        }
    }
}

fn check_definition(text: &str, format: Format) {
    let tree = Tree::parse(text, format);
    let again: String = tree.tokens().map(|token| &text[token.range]).collect();
    assert_eq!(again, text, "the tree keeps every byte");
    for fault in tree.faults() {
        assert!(is_in(text, &fault.range), "{fault:?}");
    }
    let definition = Definition::read(&tree);
    for state in &definition.states {
        assert!(is_in(text, &state.range), "{}", state.pointer);
    }
    for diagnostic in diagnose(&tree, &definition, &FlowGraph::of(&definition)) {
        check_diagnostic(text, &diagnostic);
    }
    drop(layout(
        &definition,
        &Options::default(),
        &mut LayoutCache::default(),
    ));
}

fn check_diagnostic(text: &str, diagnostic: &Diagnostic) {
    assert!(is_in(text, &diagnostic.range), "{diagnostic:?}");
    let Some(fix) = &diagnostic.fix else { return };
    assert!(fix.changes.check(text).is_ok(), "{diagnostic:?}");
    drop(fix.changes.apply(text));
}

fn is_in(text: &str, range: &Range<usize>) -> bool {
    text.get(range.clone()).is_some()
}

/// As far as a run of it would get before it begins.
fn run(workflow: &Workflow, text: &str, format: Format) {
    let Ok(json) = asl_json(text, format, workflow, Placeholders::Resolve) else {
        return;
    };
    let problems = StateMachine::parse(&json.text, Format::Json).err();
    assert!(
        problems.is_none_or(|problems| !problems.is_empty()),
        "refused without a reason"
    );
    let machine_type = match workflow.express {
        true => MachineType::Express,
        false => MachineType::Standard,
    };
    drop(verdict(&json.text, machine_type));
}

fn check_template(text: &Arc<str>) {
    let files = Files::from([("template.yaml".to_owned(), text.clone())]);
    for workflow in project::read(&files, &Place::default()).workflows {
        if let Some(located) = locate(&workflow.document, text) {
            assert!(
                located.range.is_none_or(|range| is_in(text, &range)),
                "{:?}",
                workflow.document
            );
            check_definition(&located.text, located.format);
            run(&workflow, &located.text, located.format);
        }
    }
}
