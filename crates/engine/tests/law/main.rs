//! The law of the engine: nothing but its journal determines an execution. Random machines, random interleavings, holds, edits,
//! and a crash at every entry.

#![allow(clippy::unwrap_used)] // a test may fail by panicking

mod machines;

use std::sync::Arc;

use asl::machine::StateMachine;
use asl::value::Value;
use proptest::prelude::*;
use stepwell_engine::simulation::{Answer, Script, Simulation};
use stepwell_engine::{
    BoundaryKind, Entry, Execution, ExecutionStart, FrameId, FrameView, Frames, HistoryEvent, Input, OnError,
    Position, Stage, StopPoint, Stops, Timestamp, WaitingFor,
};

const NOON: Timestamp = Timestamp(1_772_366_400_000);

fn start(seed: u64) -> ExecutionStart {
    let mut start = ExecutionStart::new("law", "run", Value::array([Value::from(1u32), Value::Null]), NOON);
    start.seed = seed;
    start.limits.events = 300;
    start
}

/// Something that somebody does to an execution; the numbers choose among what is there.
#[derive(Debug, Clone)]
enum Action {
    Canonical(u32),
    UntilStop(u8),
    Only(u8, u32),
    Time(u16),
    Hold(Option<u8>),
    Release(Option<u8>),
    Answer(u8, u8),
    SetData(u8, u8),
    SetVariable(u8, bool),
    Throw(u8),
    Mock(u8),
    SkipDelay(u8),
    Stop,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => (0u32..12).prop_map(Action::Canonical),
        2 => any::<u8>().prop_map(Action::UntilStop),
        4 => (any::<u8>(), 0u32..4).prop_map(|(frame, most)| Action::Only(frame, most)),
        3 => (0u16..3000).prop_map(Action::Time),
        2 => any::<Option<u8>>().prop_map(Action::Hold),
        3 => any::<Option<u8>>().prop_map(Action::Release),
        6 => any::<(u8, u8)>().prop_map(|(task, what)| Action::Answer(task, what)),
        1 => any::<(u8, u8)>().prop_map(|(frame, stage)| Action::SetData(frame, stage)),
        1 => any::<(u8, bool)>().prop_map(|(frame, there)| Action::SetVariable(frame, there)),
        1 => any::<u8>().prop_map(Action::Throw),
        1 => any::<u8>().prop_map(Action::Mock),
        2 => any::<u8>().prop_map(Action::SkipDelay),
        1 => (0u8..8).prop_map(|rare| if rare == 0 { Action::Stop } else { Action::Canonical(1) }),
    ]
}

fn pick<T: Clone>(all: &[T], number: u8) -> Option<T> {
    all.get(usize::from(number) % all.len().max(1)).cloned()
}

fn stage(number: u8) -> Stage {
    [
        Stage::Input,
        Stage::AfterInputPath,
        Stage::AfterParameters,
        Stage::Result,
        Stage::AfterResultPath,
        Stage::Output,
    ][usize::from(number) % 6]
}

fn stops(number: u8) -> Stops {
    let kinds = [
        BoundaryKind::Enter,
        BoundaryKind::Exit,
        BoundaryKind::Attempt,
        BoundaryKind::ScopeJoin,
    ];
    let boundary = kinds[usize::from(number) % 4];
    let on_error = [OnError::Never, OnError::Uncaught, OnError::Always][usize::from(number / 4) % 3];
    Stops {
        points: vec![StopPoint {
            frame: None,
            state: None,
            boundary,
        }],
        on_error,
    }
}

/// Does it, as the runtime would: every call is an entry.
fn act(run: &mut Simulation, action: &Action) {
    let frames: Vec<FrameView> = run.execution().frames().collect();
    let frame = |number: u8| pick(&frames, number).map_or(FrameId(99), |frame| frame.id);
    let which = |number: Option<u8>| number.map_or(Frames::All, |number| Frames::One(frame(number)));
    let value = Value::array([Value::Null, Value::from("edited")]);
    match *action {
        Action::Canonical(most) => drop(run.advance_canonical(most, &Stops::default())),
        Action::UntilStop(number) => drop(run.advance_canonical(50, &stops(number))),
        Action::Only(number, most) => drop(run.advance_only(frame(number), most)),
        Action::Time(millis) => run.pass_time(std::time::Duration::from_millis(u64::from(millis))),
        Action::Hold(number) => run.input(Input::Hold {
            frames: which(number),
        }),
        Action::Release(number) => run.input(Input::Release {
            frames: which(number),
        }),
        Action::Answer(task, what) => answer(run, &frames, task, what),
        Action::SetData(number, at) => run.input(Input::SetData {
            frame: frame(number),
            stage: stage(at),
            value,
        }),
        Action::SetVariable(number, there) => run.input(Input::SetVariable {
            frame: frame(number),
            name: "x".into(),
            value: there.then_some(value),
        }),
        Action::Throw(number) => run.input(Input::Throw {
            frame: frame(number),
            error: "Edited".into(),
            cause: None,
        }),
        Action::Mock(number) => run.input(Input::MockResult {
            frame: frame(number),
            value,
        }),
        Action::SkipDelay(number) => run.input(Input::SkipDelay { frame: frame(number) }),
        Action::Stop => run.input(Input::Stop {
            error: Some("Stopped".into()),
            cause: None,
        }),
    }
}

fn answer(run: &mut Simulation, frames: &[FrameView], task: u8, what: u8) {
    let waiting: Vec<u32> = frames
        .iter()
        .filter_map(|frame| match frame.waiting {
            WaitingFor::Task { command } => Some(command),
            _ => None,
        })
        .collect();
    // Sometimes about a task that is not there (any more).
    let command = if what % 16 == 15 {
        3
    } else {
        pick(&waiting, task).unwrap_or(1)
    };
    let output = Value::array([Value::from(7u32), Value::Null]);
    run.input(match what % 5 {
        0 => Input::TaskStarted {
            command,
            worker: Some("w".into()),
        },
        1 => Input::TaskFailed {
            command,
            error: Some("Failed".into()),
            cause: None,
        },
        2 => Input::TaskHeartbeat { command },
        3 => Input::TaskSubmitted {
            command,
            output,
            handle: Some("job-1".into()),
        },
        _ => Input::TaskSucceeded { command, output },
    });
}

fn drain(execution: &mut Execution) -> Vec<HistoryEvent> {
    std::iter::from_fn(|| execution.poll_event()).collect()
}

fn bytes(events: &[HistoryEvent]) -> Vec<String> {
    events.iter().map(HistoryEvent::to_json).collect()
}

fn replay(machine: &Arc<StateMachine>, run: &Simulation, entries: usize) -> Execution {
    Execution::replay(machine.clone(), start(7), &run.journal()[..entries]).unwrap()
}

/// What must hold of every history, whatever happened.
fn check_history(events: &[HistoryEvent], limit: u32) {
    for (index, event) in events.iter().enumerate() {
        assert_eq!(event.id as usize, index + 1, "ids count up");
        assert!(
            event.previous < event.id,
            "an event follows from an earlier one: {}",
            event.to_json()
        );
        assert!(
            !event.event_type.ends_execution() || index + 1 == events.len(),
            "nothing behind the end"
        );
    }
    assert!(events.len() as u32 <= limit);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_journal_determines_an_execution(
        shape in prop::collection::vec(any::<u8>(), 0..60),
        actions in prop::collection::vec(action(), 0..60),
    ) {
        let machine = machines::machine(&shape);
        let mut live = Simulation::new(machine.clone(), start(7));
        let mut fingerprints = vec![live.execution().fingerprint()];
        for action in &actions {
            act(&mut live, action);
            // An action makes one entry or, where nothing changed, none.
            if live.journal().len() == fingerprints.len() {
                fingerprints.push(live.execution().fingerprint());
            }
            prop_assert_eq!(live.execution().fingerprint(), fingerprints[live.journal().len()], "{:?} left no entry but a change", action);
        }
        check_history(live.events(), 300);
        for (entries, expected) in fingerprints.iter().enumerate() {
            let replayed = replay(&machine, &live, entries);
            prop_assert_eq!(replayed.fingerprint(), *expected, "after {} of {:?}", entries, live.journal());
        }
        let mut replayed = replay(&machine, &live, live.journal().len());
        prop_assert_eq!(bytes(&drain(&mut replayed)), bytes(live.events()));
        let commands: Vec<_> = std::iter::from_fn(|| replayed.poll_command()).map(|command| command.id).collect();
        let open: Vec<_> = live.open_commands().map(|command| command.id).collect();
        prop_assert_eq!(commands, if live.status().is_running() { open } else { Vec::new() });
    }

    #[test]
    fn every_moment_of_a_journal_can_be_reached(
        shape in prop::collection::vec(any::<u8>(), 0..60),
        actions in prop::collection::vec(action(), 0..25),
    ) {
        let machine = machines::machine(&shape);
        let mut live = Simulation::new(machine.clone(), start(7));
        actions.iter().for_each(|action| act(&mut live, action));
        let to = |entry, passed| Execution::replay_to(machine.clone(), start(7), live.journal(), Position { entry, passed });
        for (entry, made) in (0u32..).zip(live.journal()) {
            let (Entry::Canonical { passed } | Entry::Only { passed, .. }) = made.entry else { continue };
            for moment in 0..=passed {
                let reached = to(entry, moment).unwrap();
                prop_assert!(reached.status().is_running() || moment == passed);
            }
            if passed > 0 {
                prop_assert_eq!(to(entry, passed).unwrap().fingerprint(), to(entry + 1, 0).unwrap().fingerprint());
            }
        }
        prop_assert!(to(live.journal().len() as u32 + 1, 0).is_err());
    }

    #[test]
    fn a_crash_changes_no_outcome(
        shape in prop::collection::vec(any::<u8>(), 0..60),
        seed in any::<u64>(),
    ) {
        let machine = machines::machine(&shape);
        let script: Script = Arc::new(|command, invoke| match (command.id + invoke.attempt) % 4 {
            0 => Answer::Fail { error: Some("Failed".into()), cause: None },
            _ => Answer::Succeed(Value::array([Value::from(command.state.0)])),
        });
        let mut undisturbed = Simulation::with_script(machine.clone(), start(seed), script.clone());
        undisturbed.run_to_end();
        prop_assert!(!undisturbed.status().is_running(), "every task answers, so every run ends");
        let linear = machine.scopes.len() == 1;
        for entry in 0..undisturbed.journal().len() {
            let mut crashed = undisturbed.clone();
            crashed.crash_after(entry).unwrap();
            crashed.run_to_end();
            prop_assert!(!crashed.status().is_running());
            if linear {
                let (left, right) = (bytes(crashed.events()), bytes(undisturbed.events()));
                let differing = left.iter().zip(&right).find(|(left, right)| left != right);
                prop_assert_eq!(differing, None, "crashed after {} of {:?}", entry, undisturbed.journal());
                prop_assert_eq!(left.len(), right.len());
            }
        }
    }
}
