//! `stepwell test-state`: one state alone, as the service's TestState runs it. The request is the endpoint's, so that both
//! say the same of a state.
//!
//! | file | what it is |
//! |---|---|
//! | here | what is asked, and of whom |
//! | `test_state/shown.rs` | the answer as a person reads it |

mod shown;

use std::sync::Arc;

use asl::definition::{Definition, StateOutline};
use asl::text::{Format, Tree};
use clap::ValueEnum;
use project::Workflow;
use project::export::{Placeholders, asl_json};
use runtime::Runtime;
use runtime::clock::Clock;
use runtime::functions::{Functions, FunctionsConfig};
use runtime::store::Store;
use serde_json::{Map, Value, json};

use crate::arguments::TestState;
use crate::excerpt;
use crate::failure::{FAILED, Failure};
use crate::screen::Screen;
use crate::stop::Stop;
use crate::target::{Document, Target, errors};
use crate::{code, input, packages};

/// Types of states whose work can be mocked.
const WORKING: [&str; 3] = ["Task", "Map", "Parallel"];

pub(crate) fn test_state(arguments: &TestState, screen: &mut Screen) -> Result<u8, Failure> {
    let target = Target::open(&arguments.path)?;
    let workflow = target.workflow(arguments.workflow.as_deref())?;
    let document = target.document(workflow)?;
    let definition = json_text(workflow, &document, screen)?;
    let kind = state_type(&definition, &arguments.state, &document)?;
    let request = request(arguments, &target, workflow, definition)?;
    let threads = tokio::runtime::Runtime::new()?;
    let answer = threads.block_on(ask(arguments, &target, request, screen));
    // A function that hangs must not keep the process.
    threads.shutdown_background();
    let answer = match answer? {
        Ok(answer) => answer,
        Err(refused) => return Err(refusal(arguments, &document, &kind, &refused, screen)),
    };
    if arguments.json {
        screen.line(&answer)?;
    } else {
        shown::print(&arguments.state, &kind, &workflow.id, &answer, screen)?;
    }
    let succeeded = answer.get("status") == Some(&json!("SUCCEEDED"));
    Ok(if succeeded { 0 } else { FAILED })
}

/// The definition as JSON, with its substitutions.
fn json_text(workflow: &Workflow, document: &Document, screen: &Screen) -> Result<String, Failure> {
    asl_json(&document.text, document.format, workflow, Placeholders::Resolve)
        .map(|json| json.text)
        .map_err(|error| {
            let wrong = errors(&document.diagnostics());
            screen.note(excerpt::render(&document.source, &wrong, screen.note_colour).trim_end());
            Failure::new(format_args!("{}, {error}", document.source.path.display()))
        })
}

/// The type of the state with this name; an error lists the names that there are.
fn state_type(definition: &str, name: &str, document: &Document) -> Result<String, Failure> {
    let states = Definition::read(&Tree::parse(definition, Format::Json)).states;
    if let Some(state) = states.iter().find(|state| &*state.name == name) {
        return Ok(type_of(state));
    }
    let names: Vec<_> = states.iter().map(|state| &*state.name).collect();
    let there_are = match names.as_slice() {
        [] => "it has none".to_owned(),
        names => format!("it has {}", names.join(", ")),
    };
    let path = document.source.path.display();
    Err(Failure::new(format_args!(
        "{path} has no state named {name}; {there_are}"
    )))
}

fn type_of(state: &StateOutline) -> String {
    state
        .state_type
        .map_or_else(String::new, |kind| kind.name().to_owned())
}

/// What TestState is asked.
fn request(
    arguments: &TestState,
    target: &Target,
    workflow: &Workflow,
    definition: String,
) -> Result<Map<String, Value>, Failure> {
    let given = |option: &str, argument: Option<&String>| {
        argument
            .map(|argument| input::json(option, argument))
            .transpose()
            .map(|value| value.map(|value| value.to_json()))
    };
    let error = members([
        ("error", json!(arguments.mock_error)),
        ("cause", json!(arguments.mock_cause)),
    ]);
    let mock = members([
        ("result", json!(given("--mock", arguments.mock.as_ref())?)),
        ("fieldValidationMode", json!(arguments.mock_validation.map(word))),
        ("errorOutput", error),
    ]);
    let configuration = members([
        ("retrierRetryCount", json!(arguments.retry_count)),
        ("mapIterationFailureCount", json!(arguments.failed_iterations)),
    ]);
    let request = members([
        ("definition", json!(definition)),
        ("stateName", json!(arguments.state)),
        (
            "roleArn",
            json!(target.workspace.place().role_arn(&workflow.name)),
        ),
        ("input", json!(input::read(arguments.input.as_deref())?.to_json())),
        ("inspectionLevel", json!(word(arguments.inspection_level))),
        ("context", json!(given("--context", arguments.context.as_ref())?)),
        (
            "variables",
            json!(given("--variables", arguments.variables.as_ref())?),
        ),
        ("mock", mock),
        ("stateConfiguration", configuration),
    ]);
    Ok(request.as_object().cloned().unwrap_or_default())
}

/// An object of what is there; null where nothing is.
fn members<const N: usize>(all: [(&str, Value); N]) -> Value {
    let there = all.into_iter().filter(|(_, value)| !value.is_null());
    let there: Map<_, _> = there.map(|(name, value)| (name.to_owned(), value)).collect();
    if there.is_empty() {
        Value::Null
    } else {
        Value::Object(there)
    }
}

/// A choice as the service spells it.
fn word(choice: impl ValueEnum) -> String {
    choice
        .to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_uppercase())
}

type Answer = Result<Value, server::Refused>;

/// Runs the state, with the project's functions at hand. Nothing of it is kept.
async fn ask(
    arguments: &TestState,
    target: &Target,
    request: Map<String, Value>,
    screen: &Screen,
) -> Result<Answer, Failure> {
    let clock = Clock::system();
    let functions = Functions::start(clock.clone(), FunctionsConfig::default()).map_err(Failure::new)?;
    let functions = Arc::new(functions);
    let mut stop = Stop::listen()?;
    functions.configure(code::find(target, &arguments.code, screen)?);
    let installed = packages::install(&functions, &arguments.code, &mut stop, screen).await;
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path()).map_err(Failure::new)?;
    let runtime = Runtime::new(Arc::new(store), clock, functions.clone());
    let answer = match installed {
        Ok(()) => {
            let place = target.workspace.place();
            tokio::select! {
                answer = server::perform(&runtime, place, "TestState", request) => Ok(answer),
                () = stop.asked() => Err(Failure::new("stopped by the user")),
            }
        }
        Err(failure) => Err(failure),
    };
    functions.shutdown().await;
    answer
}

/// Why the state was not run, with what is wrong in the file where that is known.
fn refusal(
    arguments: &TestState,
    document: &Document,
    kind: &str,
    refused: &server::Refused,
    screen: &Screen,
) -> Failure {
    let (path, name) = (document.source.path.display(), &arguments.state);
    let mut wrong = errors(&document.diagnostics());
    wrong.retain(|diagnostic| diagnostic.state.as_deref() == Some(name));
    if refused.code == "InvalidDefinition" && !wrong.is_empty() {
        screen.note(excerpt::render(&document.source, &wrong, screen.note_colour).trim_end());
    }
    let message = format!("{path}: {name}: {}: {}", refused.code, refused.message);
    let mocked = arguments.mock.is_some() || arguments.mock_error.is_some();
    if WORKING.contains(&kind) && !mocked {
        let help = "--mock RESULT or --mock-error ERROR takes the place of the state's work.";
        return Failure::with_help(message, help);
    }
    Failure::new(message)
}
