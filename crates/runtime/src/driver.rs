//! The task that drives one execution: advance, commit, act on commands, wait; until it ends.
//!
//! | what | when |
//! |---|---|
//! | advance | whenever a frame can go and no debugger holds the run |
//! | commit | after each advance or input; a batch gathers while the one before is written |
//! | act on commands | only after the commit of the entry that gave rise to them |
//! | wait | for an input, the user, or the next timer by the execution's own clock |
//! | jump | in virtual time, instead of waiting for a timer, where no task is being worked on |

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use engine::{AdvanceOutcome, Command, CommandKind};
use tokio::sync::oneshot;

use crate::dispatch::Dispatcher;
use crate::run::{Run, RunState};
use crate::store::{Chunk, Keep, Standing, Store, StoreError};

/// Batches on their way to the store at once: enough to keep the disk busy, few enough to bound memory.
const BATCHES: usize = 4;

/// How long to wait before a full disk is tried again.
const PATIENCE: Duration = Duration::from_secs(2);

/// Drives a run to its end, and removes the oldest ones then that are beyond what is kept. Ends early only when the store
/// is closed.
pub(crate) async fn drive(run: Run, store: Arc<Store>, dispatcher: Dispatcher) {
    let mut on_their_way: VecDeque<Batch> = VecDeque::new();
    loop {
        let next = go_on(&mut run.state());
        run.mark();
        let waits = matches!(next, Next::Wait(_));
        let Ok(commands) = commit(&run, &store, &mut on_their_way, waits).await else {
            return;
        };
        for command in commands {
            dispatcher.act(&run, command);
        }
        match next {
            Next::Advance => tokio::task::yield_now().await,
            Next::End => break,
            Next::Wait(None) => run.woken().await,
            Next::Wait(Some(time)) => {
                tokio::select! {
                    () = run.woken() => {}
                    () = tokio::time::sleep(time) => {}
                }
            }
        }
    }
    while let Some(batch) = on_their_way.pop_front() {
        if settle(&run, &store, batch).await.is_err() {
            return;
        }
    }
    run.mark();
    if let Err(error) = store.prune_after(run.row(), Keep::default()).await {
        tracing::warn!(%error, "old runs can't be removed");
    }
}

enum Next {
    Advance,
    Wait(Option<Duration>),
    End,
}

/// One advance, as far as the debugger allows.
fn go_on(state: &mut RunState) -> Next {
    if !state.status().is_running() {
        return Next::End;
    }
    if state.debugger.paused.is_some() {
        return Next::Wait(None);
    }
    let stops = state.debugger.stops.clone();
    let advanced = state.advance(&stops);
    match advanced.outcome {
        AdvanceOutcome::Stopped { frame, boundary } => match state.reason_to_stop(frame, boundary) {
            Some(reason) => {
                state.pause(frame, boundary, reason);
                Next::Wait(None)
            }
            None => {
                state.advance_only(frame);
                Next::Advance
            }
        },
        AdvanceOutcome::Limit => Next::Advance,
        AdvanceOutcome::Finished => Next::End,
        AdvanceOutcome::Blocked if !state.status().is_running() => Next::End,
        AdvanceOutcome::Blocked => wait(state),
    }
}

fn wait(state: &mut RunState) -> Next {
    let Some(at) = state.live.next_timeout() else {
        return Next::Wait(None);
    };
    if state.may_jump() {
        state.clock.jump_to(at);
        return Next::Advance;
    }
    Next::Wait(state.clock.until(at))
}

/// A batch on its way to the store, kept until it is committed.
struct Batch {
    /// How many entries the journal has with it.
    entries: usize,
    chunks: Arc<[Chunk]>,
    standing: Option<Standing>,
    committed: oneshot::Receiver<Result<(), StoreError>>,
}

/// Sends what is new to the store. Commands come back once their entries are committed. Before the run waits, all of it is.
async fn commit(
    run: &Run,
    store: &Store,
    on_their_way: &mut VecDeque<Batch>,
    waits: bool,
) -> Result<Vec<Command>, StoreError> {
    let commands = {
        let mut state = run.state();
        let (chunks, standing) = state.take_unkept();
        let commands = state.take_commands();
        if !chunks.is_empty() || standing.is_some() {
            state.unsettled += 1;
            let chunks: Arc<[Chunk]> = chunks.into();
            let committed = store.append_later(run.row(), chunks.clone(), standing.clone());
            on_their_way.push_back(Batch {
                entries: state.journal.len(),
                chunks,
                standing,
                committed,
            });
        }
        commands
    };
    let acts = commands
        .iter()
        .any(|command| matches!(command.kind, CommandKind::Invoke(_)));
    let keep = if acts || waits { 0 } else { BATCHES };
    while on_their_way.len() > keep {
        if let Some(batch) = on_their_way.pop_front() {
            settle(run, store, batch).await?;
        }
    }
    Ok(commands)
}

/// Waits for a commit. A full disk holds the run, and the user is told, until there is room. What was written after the
/// refused batch is refused as well, and is written anew in its turn.
async fn settle(run: &Run, store: &Store, mut batch: Batch) -> Result<(), StoreError> {
    let mut in_turn = false;
    loop {
        match batch.committed.await.unwrap_or(Err(StoreError::Closed)) {
            Ok(()) => {
                let mut state = run.state();
                state.unsettled -= 1;
                state.committed = batch.entries;
                let relieved = state.trouble.take().is_some();
                drop(state);
                run.settled();
                if relieved {
                    run.mark();
                }
                return Ok(());
            }
            Err(StoreError::OutOfOrder) if !in_turn => in_turn = true,
            Err(error) => {
                tracing::error!(%error, execution = run.name(), "the record of an execution can't be written");
                run.state().trouble = Some(error.to_string());
                run.settled();
                run.mark();
                if !matches!(error, StoreError::Full) {
                    return Err(error);
                }
                tokio::time::sleep(PATIENCE).await;
            }
        }
        batch.committed = store.append_later(run.row(), batch.chunks.clone(), batch.standing.clone());
    }
}
