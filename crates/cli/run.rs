//! `stepwell run`: an execution from its start, or from where its process was killed, to its end.

mod follow;
mod transitions;

use std::path::Path;
use std::sync::Arc;

use asl::value::Value;
use project::Workflow;
use runtime::clock::Clock;
use runtime::functions::{Functions, FunctionsConfig};
use runtime::run::Run;
use runtime::store::{Store, StoreError};
use runtime::{NotRunnable, Runtime, StartRun};

use crate::arguments;
use crate::code;
use crate::excerpt::{self, Source};
use crate::failure::Failure;
use crate::input;
use crate::packages;
use crate::screen::{Look, Screen};
use crate::stop::Stop;
use crate::target::{Document, Target, errors};
use follow::Follow;

pub(crate) fn run(arguments: arguments::Run, screen: &mut Screen) -> Result<u8, Failure> {
    let target = Target::open(&arguments.path)?;
    let threads = tokio::runtime::Runtime::new()?;
    let code = threads.block_on(execute(&arguments, &target, screen));
    // A function that hangs must not keep the process.
    threads.shutdown_background();
    code
}

async fn execute(arguments: &arguments::Run, target: &Target, screen: &mut Screen) -> Result<u8, Failure> {
    let wish = match &arguments.resume {
        Some(_) => None,
        None => Some(wish(arguments, target, screen)?),
    };
    let clock = Clock::system();
    let functions = Functions::start(clock.clone(), FunctionsConfig::default()).map_err(Failure::new)?;
    let functions = Arc::new(functions);
    let mut stop = Stop::listen()?;
    let code = code::find(target, &arguments.code, screen)?;
    let known: Vec<_> = code.iter().map(|function| function.name.clone()).collect();
    functions.configure(code);
    let (store, _elsewhere) = open_store(target.workspace.root(), screen)?;
    if let Err(failure) = packages::install(&functions, &arguments.code, &mut stop, screen).await {
        functions.shutdown().await;
        return Err(failure);
    }
    let runtime = Runtime::new(Arc::new(store), clock, functions.clone());
    let ended = match begin(&runtime, wish, arguments, target).await {
        Ok(run) => {
            announce(&run, arguments, screen)?;
            Follow::new(&run, arguments, known)
                .until_the_end(&runtime, stop, screen)
                .await
        }
        Err(failure) => Err(failure),
    };
    functions.shutdown().await;
    ended
}

async fn begin(
    runtime: &Runtime,
    wish: Option<StartRun>,
    arguments: &arguments::Run,
    target: &Target,
) -> Result<Run, Failure> {
    let begun = match (wish, &arguments.resume) {
        (Some(wish), _) => runtime.start(wish).await,
        (None, name) => runtime.resume(name.as_deref().unwrap_or_default()).await,
    };
    begun.map_err(|error| Failure::new(format_args!("{}: {error}", target.workspace.root().display())))
}

/// What is to be run: the definition as it is exported, too.
fn wish(arguments: &arguments::Run, target: &Target, screen: &mut Screen) -> Result<StartRun, Failure> {
    for problem in target
        .workspace
        .project()
        .problems
        .iter()
        .filter(|_| target.workspace.opened().is_none())
    {
        screen.warn(format_args!(
            "{}: {}",
            target.shown(&problem.path).display(),
            problem.message
        ));
    }
    let workflow = target.workflow(arguments.workflow.as_deref())?;
    let document = target.document(workflow)?;
    let mut wish = prepare(workflow, &document, target, screen)?;
    wish.input = input::read(arguments.input.as_deref())?;
    wish.virtual_time = arguments.virtual_time;
    Ok(wish)
}

fn prepare(
    workflow: &Workflow,
    document: &Document,
    target: &Target,
    screen: &mut Screen,
) -> Result<StartRun, Failure> {
    let refuse = |source: &Source, wrong: &[_], screen: &mut Screen| {
        screen.note(excerpt::render(source, wrong, screen.note_colour).trim_end());
        let message = format!(
            "{} can't run as long as this is wrong; nothing was run",
            source.path.display()
        );
        Err(Failure::new(message))
    };
    let wrong = errors(&document.diagnostics());
    if !wrong.is_empty() {
        return refuse(&document.source, &wrong, screen);
    }
    let place = target.workspace.place().clone();
    StartRun::of(workflow, &document.text, document.format, place).or_else(|problem| match problem {
        NotRunnable::Malformed(error) => {
            let path = document.source.path.display();
            Err(Failure::new(format_args!("{path}, {error}")))
        }
        // Only what a substitution brought in can be wrong now, and that is shown with it.
        NotRunnable::Invalid { json, problems } => {
            let path = format!("{} with its substitutions", document.source.path.display());
            let source = Source {
                path: path.into(),
                text: json.into(),
                offset: 0,
            };
            refuse(&source, &errors(&problems), screen)
        }
    })
}

/// The record beside the definition; where nothing can be written, a temporary one.
fn open_store(root: &Path, screen: &Screen) -> Result<(Store, Option<tempfile::TempDir>), Failure> {
    match Store::open(root) {
        Ok(store) => Ok((store, None)),
        Err(StoreError::Folder { path, source }) => {
            let folder = tempfile::tempdir().map_err(|error| {
                Failure::new(format_args!(
                    "{}: {source}; nor is there a temporary folder: {error}",
                    path.display()
                ))
            })?;
            let store = Store::open(folder.path()).map_err(Failure::new)?;
            screen.warn(format_args!(
                "{} can't be written ({source}): this execution is recorded in a temporary folder and can't be resumed",
                path.display()
            ));
            Ok((store, Some(folder)))
        }
        Err(error) => Err(Failure::new(error)),
    }
}

fn announce(run: &Run, arguments: &arguments::Run, screen: &mut Screen) -> Result<(), Failure> {
    let again = format!(
        "if it is killed: stepwell run {} --resume {}",
        crate::screen::shell_word(&arguments.path.to_string_lossy()),
        run.name()
    );
    if arguments.json {
        screen.note(format_args!("execution {}; {again}", run.name()));
        return Ok(());
    }
    let machine = run.stored();
    screen.line(format_args!(
        "{} of {}  {}",
        screen.look(Look::Bold, run.name()),
        crate::screen::printable(&machine.workflow),
        screen.look(Look::Dim, again)
    ))?;
    screen.flush()?;
    Ok(())
}

/// The result as it is shown to a person.
pub(crate) fn pretty(json: &str) -> String {
    Value::parse(json).map_or_else(|_| json.to_owned(), |value| value.to_json_pretty())
}
