//! The event stream: what the core says, gathered for each listener and handed over at most once each 16 ms.
//!
//! A listener that lags gets less, never late: what it has not taken yet is merged, so that a run of a hundred
//! thousand transitions costs it the latest status of each state and not a hundred thousand messages.

mod analysis;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;

pub(crate) use analysis::Understood;

use crate::contract::{LogLine, RunDelta, StateRun, StudioEvent, Taken};

/// The shortest time between two batches: one frame of a screen.
pub const FRAME: Duration = Duration::from_millis(16);

/// Lines of log kept for a listener that lags; the rest can be asked for.
const LOG_LINES: usize = 400;

/// Where the core's events go in, and listeners are let in.
#[derive(Default)]
pub struct Bus {
    listeners: Mutex<Vec<Weak<Inbox>>>,
    /// What was said before anybody listened and must not be lost.
    greetings: Mutex<Vec<StudioEvent>>,
}

#[derive(Default)]
struct Inbox {
    pending: Mutex<Pending>,
    filled: Notify,
}

/// What a listener has not taken yet.
#[derive(Default)]
struct Pending {
    events: Vec<StudioEvent>,
    /// The newest of each document.
    analyses: BTreeMap<String, Arc<Understood>>,
}

/// One listener's end of the stream.
pub struct Listener {
    inbox: Arc<Inbox>,
    /// What it knows of each document: it is told how that differs from what comes next.
    heard: HashMap<String, Arc<Understood>>,
}

impl Bus {
    /// Tells every listener.
    pub fn send(&self, event: &StudioEvent) {
        self.put(|pending| merge(&mut pending.events, event.clone()));
    }

    /// Tells every listener what is understood of a document now, each as it differs from what it has heard.
    pub(crate) fn tell_analysis(&self, understood: &Arc<Understood>) {
        self.put(|pending| {
            pending
                .analyses
                .insert(understood.document.clone(), understood.clone());
        });
    }

    fn put(&self, put: impl Fn(&mut Pending)) {
        locked(&self.listeners).retain(|listener| {
            let Some(inbox) = listener.upgrade() else {
                return false;
            };
            put(&mut locked(&inbox.pending));
            inbox.filled.notify_one();
            true
        });
    }

    /// Tells the next listener that comes, for what happens before the page is there.
    pub fn greet(&self, event: StudioEvent) {
        locked(&self.greetings).push(event);
    }

    /// Lets a listener in; it hears what is sent from now on, until it is dropped.
    pub fn listen(&self) -> Listener {
        let inbox = Arc::new(Inbox::default());
        let greetings = std::mem::take(&mut *locked(&self.greetings));
        if !greetings.is_empty() {
            locked(&inbox.pending).events = greetings;
            inbox.filled.notify_one();
        }
        locked(&self.listeners).push(Arc::downgrade(&inbox));
        Listener {
            inbox,
            heard: HashMap::new(),
        }
    }
}

impl Listener {
    /// Waits for news, gives it one frame to gather, and takes all there is. Never empty.
    pub async fn next(&mut self) -> Vec<StudioEvent> {
        loop {
            self.inbox.filled.notified().await;
            tokio::time::sleep(FRAME).await;
            let Pending { events, analyses } = std::mem::take(&mut *locked(&self.inbox.pending));
            let batch = self.told(events, analyses);
            if !batch.is_empty() {
                return batch;
            }
        }
    }

    /// The analyses come last: the changes that they know of are told before.
    fn told(
        &mut self,
        mut events: Vec<StudioEvent>,
        analyses: BTreeMap<String, Arc<Understood>>,
    ) -> Vec<StudioEvent> {
        if events
            .iter()
            .any(|event| matches!(event, StudioEvent::Project { .. }))
        {
            // Another project has other documents, maybe of the same names.
            self.heard.clear();
        }
        for (document, understood) in analyses {
            let before = self.heard.get(&document).map(|before| &**before);
            events.push(StudioEvent::DocumentAnalysed(understood.since(before)));
            self.heard.insert(document, understood);
        }
        events
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is inside is whole between any two statements of this file, also when a thread has panicked.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds an event to what waits, or lets it replace or join an earlier one that it makes out of date.
fn merge(pending: &mut Vec<StudioEvent>, event: StudioEvent) {
    match event {
        StudioEvent::RunChanged(delta) => {
            let earlier = pending.iter_mut().find_map(|event| match event {
                StudioEvent::RunChanged(earlier) if earlier.execution == delta.execution => Some(earlier),
                _ => None,
            });
            match earlier {
                Some(earlier) => join_deltas(earlier, delta),
                None => pending.push(StudioEvent::RunChanged(delta)),
            }
        }
        StudioEvent::RunLog { execution, lines } => {
            let earlier = pending.iter_mut().find_map(|event| match event {
                StudioEvent::RunLog {
                    execution: other,
                    lines,
                } if *other == execution => Some(lines),
                _ => None,
            });
            match earlier {
                Some(earlier) => join_lines(earlier, lines),
                None => pending.push(StudioEvent::RunLog { execution, lines }),
            }
        }
        event => {
            pending.retain(|earlier| !replaces(&event, earlier));
            pending.push(event);
        }
    }
}

fn replaces(event: &StudioEvent, earlier: &StudioEvent) -> bool {
    match (event, earlier) {
        (StudioEvent::Project { .. }, StudioEvent::Project { .. })
        | (StudioEvent::RunsChanged {}, StudioEvent::RunsChanged {}) => true,
        (StudioEvent::DocumentStatus(new), StudioEvent::DocumentStatus(old)) => new.document == old.document,
        (
            StudioEvent::BreakpointsChanged { workflow: new, .. },
            StudioEvent::BreakpointsChanged { workflow: old, .. },
        ) => new == old,
        _ => false,
    }
}

fn join_deltas(earlier: &mut RunDelta, delta: RunDelta) {
    let states = std::mem::take(&mut earlier.states);
    let taken = std::mem::take(&mut earlier.taken);
    *earlier = RunDelta {
        states: latest(states, delta.states, |state: &StateRun| state.key.clone()),
        taken: latest(taken, delta.taken, |taken: &Taken| {
            (taken.from.clone(), taken.transition, taken.to.clone())
        }),
        refresh: earlier.refresh || delta.refresh,
        ..delta
    };
}

/// `new` over `old`, in the order of first appearance.
fn latest<T, K: std::hash::Hash + Eq>(mut old: Vec<T>, new: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut places: HashMap<K, usize> = old
        .iter()
        .enumerate()
        .map(|(place, item)| (key(item), place))
        .collect();
    for item in new {
        if let Some(&place) = places.get(&key(&item)) {
            old[place] = item;
        } else {
            places.insert(key(&item), old.len());
            old.push(item);
        }
    }
    old
}

fn join_lines(earlier: &mut Vec<LogLine>, lines: Vec<LogLine>) {
    earlier.extend(lines);
    let surplus = earlier.len().saturating_sub(LOG_LINES);
    earlier.drain(..surplus);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{RunStatus, StateStatus};

    fn delta(events: u32, states: &[(&str, u32)], refresh: bool) -> StudioEvent {
        let states = states
            .iter()
            .map(|(key, visits)| StateRun {
                key: (*key).into(),
                status: StateStatus::Running,
                visits: *visits,
                entered: 0.0,
                duration: None,
                until: None,
                attempt: 1,
                error: None,
                counts: None,
            })
            .collect();
        StudioEvent::RunChanged(RunDelta {
            execution: "e".into(),
            status: RunStatus::Running,
            now: f64::from(events),
            states,
            taken: vec![],
            events,
            transitions: 0,
            paused: None,
            refresh,
        })
    }

    #[tokio::test(start_paused = true)]
    async fn a_listener_that_lags_gets_the_latest_once() {
        let bus = Bus::default();
        let mut listener = bus.listen();
        bus.send(&delta(1, &[("A", 1), ("B", 1)], true));
        bus.send(&delta(2, &[("B", 2), ("C", 1)], false));
        let batch = listener.next().await;
        let [StudioEvent::RunChanged(merged)] = &batch[..] else {
            panic!("{batch:?}")
        };
        let states: Vec<_> = merged
            .states
            .iter()
            .map(|state| (state.key.as_str(), state.visits))
            .collect();
        assert_eq!(
            (merged.events, merged.refresh, states),
            (2, true, vec![("A", 1), ("B", 2), ("C", 1)])
        );
    }

    #[tokio::test(start_paused = true)]
    async fn one_hundred_thousand_lines_do_not_pile_up() {
        let bus = Bus::default();
        let mut listener = bus.listen();
        for number in 0..100_000_u32 {
            let line = LogLine {
                at: 0.0,
                function: "f".into(),
                state: None,
                stream: "stdout".into(),
                text: number.to_string(),
            };
            bus.send(&StudioEvent::RunLog {
                execution: "e".into(),
                lines: vec![line],
            });
        }
        let batch = listener.next().await;
        let [StudioEvent::RunLog { lines, .. }] = &batch[..] else {
            panic!("{} events", batch.len())
        };
        assert_eq!(
            (lines.len(), lines[LOG_LINES - 1].text.as_str()),
            (LOG_LINES, "99999")
        );
    }
}
