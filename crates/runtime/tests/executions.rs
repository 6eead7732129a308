//! Executions through the runtime: forks invoke nothing while they stand, interrupted runs go on with the same history.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;
use std::time::Duration;

use asl::machine::StateMachine;
use asl::text::Format;
use asl::value::Value;
use runtime::board::StateStatus;
use runtime::clock::Clock;
use runtime::debugger::{BreakOn, Breakpoint, Move};
use runtime::functions::{FunctionSpec, Functions, FunctionsConfig};
use runtime::run::{PauseReason, Run, RunPhase};
use runtime::store::{Keep, RunQuery, Store, Stream};
use runtime::visit::{Shown, Which};
use runtime::{DataEdit, RunError, Runtime, StartRun};
use stepwell_runtime as runtime;

/// Counts its calls in a file, so that a test can tell whether it was invoked.
const COUNTER: &str = "import os\n\ndef handler(event, context):\n    with open(os.environ['CALLS'], 'a') as calls:\n        calls.write('x')\n    return {'n': event.get('n', 0) + 1}\n";

const CHAIN: &str = r#"{"StartAt": "One", "States": {
    "One": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:count", "Next": "Two"},
    "Two": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:count", "Next": "Big?"},
    "Big?": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 10, "Next": "Big"}], "Default": "Small"},
    "Big": {"Type": "Pass", "Result": "big", "End": true},
    "Small": {"Type": "Pass", "Result": "small", "End": true}}}"#;

struct Bench {
    folder: tempfile::TempDir,
    runtime: Runtime,
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let code = folder.path().join("count");
        std::fs::create_dir(&code).unwrap();
        std::fs::write(code.join("app.py"), COUNTER).unwrap();
        let clock = Clock::system();
        let functions = Functions::start(clock.clone(), FunctionsConfig::default()).unwrap();
        let calls = folder.path().join("calls").to_string_lossy().into_owned();
        functions.configure(vec![FunctionSpec {
            name: "count".into(),
            runtime: "python3.13".into(),
            handler: "app.handler".into(),
            code,
            project: None,
            environment: [("CALLS".to_owned(), calls)].into(),
            timeout: Duration::from_secs(10),
            memory_mb: 128,
            region: "us-east-1".into(),
            account: "123456789012".into(),
        }]);
        let store = Store::open(folder.path()).unwrap();
        let runtime = Runtime::new(Arc::new(store), clock, Arc::new(functions));
        Self { folder, runtime }
    }

    fn calls(&self) -> usize {
        std::fs::read_to_string(self.folder.path().join("calls"))
            .unwrap_or_default()
            .len()
    }

    async fn start(&self, definition: &str, break_at: Option<&str>, virtual_time: bool) -> Run {
        let breakpoints = break_at.map(|state| {
            vec![Breakpoint {
                state: Some(state.to_owned()),
                on: BreakOn::Enter,
            }]
        });
        self.start_with(definition, breakpoints, virtual_time).await
    }

    async fn start_with(
        &self,
        definition: &str,
        breakpoints: Option<Vec<Breakpoint>>,
        virtual_time: bool,
    ) -> Run {
        let wish = StartRun {
            breakpoints,
            virtual_time,
            ..wish(definition, r#"{"n": 0}"#)
        };
        self.runtime.start(wish).await.unwrap()
    }
}

fn wish(definition: &str, input: &str) -> StartRun {
    StartRun {
        workflow: "w".into(),
        machine_name: "w".into(),
        document: "w.asl.json".into(),
        machine: Arc::new(StateMachine::parse(definition, Format::Json).unwrap()),
        substitutions: Default::default(),
        express: false,
        place: Default::default(),
        name: None,
        input: Value::parse(input).unwrap(),
        breakpoints: None,
        stop_on_entry: false,
        virtual_time: false,
    }
}

async fn until(run: &Run, phase: RunPhase) {
    for _ in 0..1_000 {
        if run.phase() == phase {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} is {:?} and never {phase:?}", run.name(), run.phase());
}

fn output(run: &Run) -> Option<String> {
    run.state().standing().output
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_and_a_standing_fork_invoke_nothing() {
    let bench = Bench::new().await;
    let run = bench.start(CHAIN, Some("Big?"), false).await;
    until(&run, RunPhase::Paused).await;
    assert_eq!(bench.calls(), 2);
    for _ in 0..2 {
        bench.runtime.step(&run, Move::Back).unwrap();
    }
    let front = run.state().front().unwrap();
    assert_eq!(run.state().machine().state(front.1.unwrap()).name.as_ref(), "One");
    bench.runtime.step(&run, Move::Over).unwrap();
    let fork = bench.runtime.edit(
        &run,
        front.0,
        DataEdit::Stage(engine::Stage::Input, Value::parse(r#"{"n": 40}"#).unwrap()),
    );
    let fork = fork.await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(
        (fork.phase(), bench.calls()),
        (RunPhase::Paused, 2),
        "standing invokes nothing"
    );
    bench.runtime.set_breakpoints("w", &[]);
    bench.runtime.step(&fork, Move::Continue).unwrap();
    until(&fork, RunPhase::Succeeded).await;
    assert_eq!((output(&fork).as_deref(), bench.calls()), (Some("\"big\""), 3));
    bench.runtime.step(&run, Move::Continue).unwrap();
    bench.runtime.step(&run, Move::Continue).unwrap();
    until(&run, RunPhase::Succeeded).await;
    assert_eq!(
        (output(&run).as_deref(), bench.calls()),
        (Some("\"small\""), 3),
        "the parent is as it was"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fork_reuses_results_as_long_as_the_path_agrees() {
    let bench = Bench::new().await;
    let run = bench.start(CHAIN, None, false).await;
    until(&run, RunPhase::Succeeded).await;
    for (reuse, more) in [(true, 0), (false, 2)] {
        let before = bench.calls();
        bench.runtime.seek(&run, Some(1)).unwrap();
        let fork = bench.runtime.fork(&run, reuse, true).await.unwrap();
        until(&fork, RunPhase::Succeeded).await;
        assert_eq!(
            (output(&fork), bench.calls() - before),
            (output(&run), more),
            "reuse: {reuse}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn virtual_time_waits_for_tasks_and_for_nothing_else() {
    let bench = Bench::new().await;
    let waits = r#"{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 86400, "Next": "T"},
        "T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:count", "TimeoutSeconds": 60, "End": true}}}"#;
    let run = bench.start(waits, None, true).await;
    until(&run, RunPhase::Succeeded).await;
    let state = run.state();
    let length = state.ended_at().unwrap().0 - state.started().0;
    assert!((86_400_000..86_460_000).contains(&length), "{length}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_run_is_aborted_and_kept() {
    let bench = Bench::new().await;
    let waits = r#"{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 600, "End": true}}}"#;
    let run = bench.start(waits, None, false).await;
    bench
        .runtime
        .stop(run.name(), Some("Enough".into()), None)
        .await
        .unwrap();
    run.ended().await;
    let kept = bench.runtime.store().list(&RunQuery::default()).unwrap();
    assert_eq!(
        (
            kept[0].standing.status.as_str(),
            kept[0].standing.error.as_deref()
        ),
        ("ABORTED", Some("Enough"))
    );
    let types: Vec<_> = run
        .state()
        .events()
        .iter()
        .map(|event| event.event_type.clone())
        .collect();
    assert_eq!(types.last().map(String::as_str), Some("ExecutionAborted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_read_back_shows_what_the_live_one_showed() {
    let bench = Bench::new().await;
    let large = format!(r#"{{"n": 0, "payload": "{}"}}"#, "\\u001a0\\u001aü".repeat(5_000));
    let keep = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Parameters": {"n": 1, "payload.$": "$.payload"}, "Next": "B"},
        "B": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:count", "ResultPath": "$.result", "Next": "C"},
        "C": {"Type": "Pass", "End": true}}}"#;
    let deep = format!(r#"{{"n": 0, "payload": {}{}}}"#, "[".repeat(900), "]".repeat(900));
    for (definition, input, most) in [
        (CHAIN, r#"{"n": 0}"#, 10_000),
        (keep, &large, large.len() + 10_000),
        (keep, &deep, 40_000),
    ] {
        let run = bench.runtime.start(wish(definition, input)).await.unwrap();
        until(&run, RunPhase::Succeeded).await;
        run.ended().await;
        let clock = Clock::system();
        let functions = Arc::new(Functions::start(clock.clone(), FunctionsConfig::default()).unwrap());
        let store = Arc::new(Store::open(bench.folder.path()).unwrap());
        let other = Runtime::new(store.clone(), clock, functions);
        let kept = other.run(run.name()).unwrap();
        assert_eq!(shown(&kept), shown(&run));
        assert_eq!(kept.phase(), RunPhase::Succeeded);
        let streams = [Stream::Journal, Stream::Events, Stream::Changes, Stream::Values];
        let lines = streams.map(|stream| store.lines(run.row(), stream, 0, u32::MAX).unwrap().concat());
        let bytes: usize = lines.iter().map(String::len).sum();
        assert!(bytes < most, "the record has {bytes} bytes");
    }
}

fn shown(run: &Run) -> (Vec<String>, Vec<runtime::timeline::Row>) {
    let state = run.state();
    let events = state.events().iter().map(runtime::record::EventRecord::to_json);
    (events.collect(), state.rows(0, 100))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_called_here_ends_the_run_and_names_the_state() {
    let bench = Bench::new().await;
    let definition = r#"{"StartAt": "Put it away", "States": {
        "Put it away": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "Parameters": {"TableName": "t"},
            "Retry": [{"ErrorEquals": ["States.ALL"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}], "Next": "B"},
        "B": {"Type": "Succeed"}}}"#;
    let run = bench.start(definition, None, false).await;
    until(&run, RunPhase::Failed).await;
    let standing = run.state().standing();
    assert_eq!(standing.error.as_deref(), Some("States.Runtime"));
    let cause = standing.cause.unwrap();
    assert!(
        cause.starts_with("The state 'Put it away': dynamodb:putItem can't be called"),
        "{cause}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_count_the_visits_of_each_state() {
    let bench = Bench::new().await;
    let run = bench.start(LOOP, None, false).await;
    until(&run, RunPhase::Succeeded).await;
    let state = run.state();
    let rows = state.rows(0, u32::MAX);
    assert_eq!(rows.len(), 4_002);
    let mut visits = std::collections::HashMap::<&str, u32>::new();
    for (index, row) in (0..).zip(&rows) {
        let next = visits.entry(&row.title).or_default();
        assert_eq!(
            (row.visit, state.newest_board().number_of(row.visit)),
            (index, *next),
            "{}",
            row.title
        );
        *next += 1;
    }
}

/// Tried twice and caught, then once for each item.
const RETRIED: &str = r#"{"StartAt": "Items", "States": {
    "Items": {"Type": "Pass", "Result": [7, 8, 9], "ResultPath": "$.items", "Next": "Twice"},
    "Twice": {"Type": "Parallel", "Branches": [{"StartAt": "Broken", "States": {"Broken": {"Type": "Fail", "Error": "Again", "Cause": "not yet"}}}],
        "Retry": [{"ErrorEquals": ["Again"], "IntervalSeconds": 1, "MaxAttempts": 1}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "Each"}], "Next": "Each"},
    "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2, "ItemProcessor": {"StartAt": "Item", "States": {
        "Item": {"Type": "Pass", "Result": "done", "End": true}}}, "End": true}}}"#;

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_the_past_tell_nothing_that_had_not_happened() {
    let bench = Bench::new().await;
    let run = bench.start(RETRIED, Some("Item"), true).await;
    until(&run, RunPhase::Paused).await;
    let broken = run.state().rows(0, 100)[2].event;
    bench.runtime.seek(&run, Some(broken)).unwrap();
    let rows = run.state().rows(0, 100);
    let row = |index: usize| {
        let row = &rows[index];
        (row.title.as_str(), row.text.as_str(), row.duration.is_some())
    };
    assert_eq!(row(0), ("Items", "entered → exited", true));
    assert_eq!(row(1), ("Twice", "1 branch", false), "it had not failed yet");
    assert_eq!(
        row(2),
        ("Broken", "Again: not yet", true),
        "what lies ahead is told as it came"
    );
    assert_eq!(row(3).0, "Twice · 2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_debugger_sees_attempts_frames_and_what_it_edited() {
    let bench = Bench::new().await;
    let run = bench.start(RETRIED, Some("Item"), true).await;
    until(&run, RunPhase::Paused).await;
    let frame = {
        let state = run.state();
        let row = |row: runtime::timeline::Row| (row.title, row.attempt, row.text);
        let rows: Vec<_> = state.rows(0, 100).into_iter().map(row).collect();
        let text = |title: &str, attempt, text: &str| (title.to_owned(), attempt, text.to_owned());
        assert_eq!(
            rows[1..5],
            [
                text("Twice", 1, "Again, tried again"),
                text("Broken", 1, "Again: not yet"),
                text("Twice · 2", 2, "Again, caught → Each"),
                text("Broken", 1, "Again: not yet"),
            ]
        );
        let twice = state.machine().state_named("Twice").unwrap();
        let first = Which {
            attempt: Some(1),
            ..Which::default()
        };
        let data = state.visit_data(twice, first).unwrap().unwrap();
        assert_eq!(
            (
                data.attempt,
                data.failed.len(),
                data.error.as_deref(),
                data.cause.as_deref()
            ),
            (1, 1, Some("Again"), Some("not yet"))
        );
        let (stack, total) = state.stack(100);
        let frames: Vec<_> = stack
            .iter()
            .map(|frame| (frame.depth, frame.view.index, frame.front))
            .collect();
        assert_eq!(
            (frames, total),
            (vec![(0, 0, false), (1, 0, true), (1, 1, false)], 3)
        );
        assert_eq!(state.stack(0).0.len(), 2, "the way to the front is always there");
        stack[1].view.id
    };
    let item = run.state().machine().state_named("Item").unwrap();
    let data = || run.state().visit_data(item, Which::default()).unwrap().unwrap();
    for (expression, expected) in [
        ("$", Ok("7")),
        ("$$.Map.Item.Index", Ok("0")),
        ("States.Format('{}!', $)", Ok("\"7!\"")),
        ("$.nothing", Err(())),
        ("$$unknown", Err(())),
        ("no path", Err(())),
        (&"$".repeat(5000), Err(())),
    ] {
        let found = data().evaluate(expression).map(|value| value.to_json());
        assert_eq!(found.as_deref().map_err(|_| ()), expected, "{expression}");
    }
    assert!(data().stages.iter().all(|stage| !stage.edited));
    let edit = DataEdit::Stage(engine::Stage::Input, Value::parse("70").unwrap());
    bench.runtime.edit(&run, frame, edit).await.unwrap();
    let edited: Vec<_> = data()
        .stages
        .iter()
        .filter(|stage| stage.edited)
        .map(|stage| stage.stage)
        .collect();
    assert_eq!(edited, [Shown::Stage(engine::Stage::Input)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_errors_that_nobody_handles_stop_at_uncaught() {
    let bench = Bench::new().await;
    let uncaught = vec![Breakpoint {
        state: None,
        on: BreakOn::Uncaught,
    }];
    let handled = bench.start_with(RETRIED, Some(uncaught.clone()), true).await;
    until(&handled, RunPhase::Succeeded).await;
    let fails = r#"{"StartAt": "Fails", "States": {"Fails": {"Type": "Fail", "Error": "Again"}}}"#;
    let run = bench.start_with(fails, Some(uncaught), true).await;
    until(&run, RunPhase::Paused).await;
    let state = run.state();
    assert_eq!(
        (state.front().unwrap().2, state.pause_reason()),
        (engine::Boundary::Catch, Some(PauseReason::Error))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_run_can_be_removed_and_an_open_one_cannot() {
    let bench = Bench::new().await;
    let held = bench.start(RETRIED, Some("Item"), true).await;
    until(&held, RunPhase::Paused).await;
    let refused = bench.runtime.remove(held.name()).await;
    assert!(matches!(refused, Err(RunError::Open(_))), "{refused:?}");
    bench.runtime.stop(held.name(), None, None).await.unwrap();
    held.ended().await;
    bench.runtime.remove(held.name()).await.unwrap();
    assert!(matches!(
        bench.runtime.run(held.name()),
        Err(RunError::Unknown(_))
    ));
    assert_eq!(bench.runtime.store().list(&RunQuery::default()).unwrap().len(), 0);
}

/// How the states stand when the execution is over: none of them runs on, whatever ended it.
#[tokio::test(flavor = "multi_thread")]
async fn no_state_outlives_its_execution() {
    let parallel = |inner: &str, machine: &str| {
        format!(
            r#"{{"StartAt": "P", {machine} "States": {{"P": {{"Type": "Parallel", "End": true, "Branches": [
                {{"StartAt": "B", "States": {{"B": {{"Type": "Wait", "Seconds": 60, "End": true}}}}}},
                {{"StartAt": "A", "States": {{"A": {{{inner}, "End": true}}}}}}]}}}}}}"#
        )
    };
    let wait = r#""Type": "Wait", "Seconds": 60"#;
    let fatal = r#""Type": "Pass", "InputPath": "$.missing""#;
    let table = [
        (
            parallel(fatal, ""),
            RunPhase::Failed,
            "P Failed, B Aborted, A Failed",
        ),
        (
            parallel(wait, r#""TimeoutSeconds": 1,"#),
            RunPhase::TimedOut,
            "P Aborted, B Aborted, A Aborted",
        ),
        (
            parallel(wait, ""),
            RunPhase::Aborted,
            "P Aborted, B Aborted, A Aborted",
        ),
        (
            format!(r#"{{"StartAt": "A", "States": {{"A": {{{fatal}, "End": true}}}}}}"#),
            RunPhase::Failed,
            "A Failed",
        ),
    ];
    for (definition, phase, expected) in table {
        let bench = Bench::new().await;
        let run = bench.start(&definition, None, false).await;
        if phase == RunPhase::Aborted {
            tokio::time::sleep(Duration::from_millis(100)).await;
            run.stop(None, None);
        }
        until(&run, phase).await;
        let state = run.state();
        let board = state.shown_board();
        let shown: Vec<_> = board
            .visits()
            .iter()
            .map(|visit| format!("{} {:?}", state.machine().state(visit.state).name, visit.status))
            .collect();
        assert_eq!(shown.join(", "), expected, "{definition}");
        assert!(
            board
                .visits()
                .iter()
                .all(|visit| visit.left.is_some() && visit.until.is_none())
        );
        let failed = board
            .visits()
            .iter()
            .filter(|visit| visit.status == StateStatus::Failed);
        assert_eq!(
            failed.clone().any(|visit| visit.cause.is_some()),
            phase == RunPhase::Failed
        );
    }
}

/// One thread: the fork's driver has not been polled yet when the fork is there, as if the process was killed then.
#[tokio::test]
async fn a_fork_is_kept_with_its_beginning_in_one_commit() {
    let bench = Bench::new().await;
    let pass = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}}"#;
    let run = bench.start(pass, Some("B"), false).await;
    until(&run, RunPhase::Paused).await;
    let fork = bench.runtime.fork(&run, true, false).await.unwrap();
    let store = Store::open(bench.folder.path()).unwrap();
    let kept = |stream| store.count(fork.row(), stream).unwrap() as usize;
    let events = fork.state().events().len();
    let changes = fork.state().changes().len();
    assert!(events > 1, "the fork begins within the run");
    assert!(kept(Stream::Journal) > 0);
    assert_eq!((kept(Stream::Events), kept(Stream::Changes)), (events, changes));
}

const LOOP: &str = r#"{"StartAt": "More", "States": {
    "More": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 2000, "Next": "Add"}], "Default": "Done"},
    "Add": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)", "id.$": "States.Hash($.n, 'SHA-512')"}, "Next": "More"},
    "Done": {"Type": "Succeed"}}}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_holds_a_run_until_there_is_room_and_says_so() {
    let bench = Bench::new().await;
    let store = bench.runtime.store().clone();
    store.limit_pages(64).await.unwrap();
    let run = bench.start(LOOP, None, false).await;
    let held = || run.state().trouble().is_some();
    for _ in 0..1_000 {
        if held() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let said = run.state().trouble().map(str::to_owned);
    assert!(said.is_some_and(|said| said.contains("disk is full")));
    let events = || run.state().events().len();
    let before = events();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!((events(), run.phase()), (before, RunPhase::Running));
    // Were the process killed now, what is in the record could be gone on with.
    let kept = Runtime::new(
        Arc::new(Store::open(bench.folder.path()).unwrap()),
        Clock::system(),
        bench.runtime.functions().clone(),
    );
    let kept = kept.run(run.name()).unwrap().state().events().len();
    assert!(kept > 1 && kept < before, "{kept} of {before}");
    store.limit_pages(100_000).await.unwrap();
    until(&run, RunPhase::Succeeded).await;
    run.ended().await;
    assert_eq!(run.state().trouble(), None);
    assert_eq!(store.count(run.row(), Stream::Events).unwrap() as usize, events());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_run_removes_the_oldest_that_have_ended() {
    let bench = Bench::new().await;
    let store = bench.runtime.store().clone();
    let most = Keep::default().runs as usize;
    let waits = r#"{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 600, "End": true}}}"#;
    let pass = r#"{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}"#;
    let oldest = bench.start(waits, None, false).await;
    for _ in 0..most + 3 {
        let run = bench.start(pass, None, false).await;
        run.ended().await;
    }
    let mut names = Vec::new();
    for _ in 0..1_000 {
        names = store.list(&RunQuery::default()).unwrap();
        // The last one is removed a moment after the last end.
        if names.len() == most + 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(names.len(), most + 1, "the newest, and one that has not ended");
    assert_eq!(names.last().unwrap().name, oldest.name());
}
