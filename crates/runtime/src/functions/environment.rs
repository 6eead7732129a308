//! One execution environment: a process, its Runtime API, and the invocation it is busy with.
//!
//! A task owns all of it. Whatever happens (the runtime asks, prints or ends, time passes, work comes) is an event
//! to this task, and [`Environment::run`] is the only place where the state changes:
//!
//! | state | `ready` | `job` | ends the state |
//! |---|---|---|---|
//! | initialising | no | given | the first `next`, an init error, the end of the process, the time limit |
//! | busy | yes | given | a response, an error, the end of the process, the function's timeout, too much memory |
//! | idle | yes | none | a job, the end of the process, the idle limit |

use super::{
    FunctionError, Invocation,
    job::{Handle, Job},
    logs::{LogBook, LogLine, Stream, Tail},
    memory,
    output::Output,
    report,
    runtime_api::{Call, Event, Rejection},
};
use crate::{clock::Clock, process, process::ProcessGroup};
use aws::lambda::{INIT_SECONDS, LATEST, MAX_PAYLOAD_BYTES};
use bytes::Bytes;
use std::{process::ExitStatus, sync::Arc, time::Duration};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// What an environment is made of.
pub(super) struct Environment {
    pub(super) function: String,
    pub(super) memory_mb: u32,
    /// What to say where a module is missing.
    pub(super) advice: Option<String>,
    pub(super) timeout: Duration,
    pub(super) idle: Duration,
    pub(super) clock: Clock,
    pub(super) logs: Arc<LogBook>,
    pub(super) process: ProcessGroup,
    pub(super) output: Output,
    pub(super) calls: mpsc::Receiver<Call>,
    pub(super) jobs: mpsc::Receiver<Job>,
    /// When it was started, by [`Clock::elapsed`].
    pub(super) started: Duration,
    pub(super) state: State,
}

/// What changes.
#[derive(Default)]
pub(super) struct State {
    /// Set by the first `next`: how long it took to get there.
    ready: Option<Duration>,
    /// Told once, with the first invocation.
    init_reported: bool,
    /// The runtime, waiting for work.
    waiting: Option<oneshot::Sender<Result<Event, Rejection>>>,
    job: Option<Active>,
    /// When its memory was looked at last.
    looked: Duration,
    idle_since: Duration,
}

struct Active {
    job: Job,
    accepted: Duration,
    /// When the runtime got it.
    delivered: Option<Duration>,
    tail: Tail,
}

/// Whether the environment lives on.
#[derive(PartialEq, Eq)]
enum Then {
    Goes,
    Ends,
}

impl Environment {
    /// Runs until the process ends, the idle limit passes, nobody can send jobs any more, or `stop` is cancelled.
    pub(super) async fn run(mut self, stop: CancellationToken) {
        loop {
            let wake = self.wake();
            let clock = self.clock.clone();
            let then = tokio::select! {
                () = stop.cancelled() => Then::Ends,
                Some(call) = self.calls.recv() => self.on_call(call),
                (stream, text) = self.output.next() => {
                    self.log(stream, text);
                    Then::Goes
                }
                status = self.process.wait() => self.on_exit(status.ok()),
                job = self.jobs.recv(), if self.state.job.is_none() => match job {
                    Some(job) => self.on_job(job),
                    None => Then::Ends,
                },
                () = clock.sleep_until_elapsed(wake) => self.on_wake(),
            };
            if then == Then::Ends {
                break;
            }
        }
        self.process.kill();
        let _ = self.process.wait().await;
        self.drain();
    }

    /// When something has to be looked at that nobody will tell.
    fn wake(&self) -> Duration {
        match self.state.job {
            Some(_) => self.deadline().min(self.state.looked + memory::LOOK),
            None => self.deadline(),
        }
    }

    fn deadline(&self) -> Duration {
        let state = &self.state;
        match (&state.job, state.ready) {
            (None, _) => state.idle_since + self.idle,
            // The service lets initialisation take ten seconds of its own.
            (Some(_), None) => self.started + Duration::from_secs(INIT_SECONDS.into()) + self.timeout,
            (Some(active), Some(_)) => active.delivered.unwrap_or(active.accepted) + self.timeout,
        }
    }

    fn on_job(&mut self, job: Job) -> Then {
        let accepted = self.clock.elapsed();
        self.state.looked = accepted;
        self.state.job = Some(Active {
            job,
            accepted,
            delivered: None,
            tail: Tail::default(),
        });
        self.deliver();
        Then::Goes
    }

    fn on_call(&mut self, call: Call) -> Then {
        match call {
            Call::Next(answer) => self.on_next(answer),
            Call::InitError {
                body,
                error_type,
                done,
            } => {
                if self.state.ready.is_some() {
                    let _ = done.send(Err(Rejection::OutOfTurn));
                    return Then::Goes;
                }
                let _ = done.send(Ok(()));
                let body = String::from_utf8_lossy(&body);
                let mut error = FunctionError::posted(&body, error_type.as_deref());
                if let Some(advice) = self.advice.clone().filter(|_| error.is_missing_module()) {
                    error = error.advised(&advice);
                    self.log(Stream::Platform, advice);
                }
                self.complete(Err(error), Then::Ends)
            }
            Call::Response { id, body, done } => match self.take_result(&id, &body, done) {
                Ok(result) => match memory::excess(self.process.id(), self.memory_mb) {
                    Some(used) => self.on_excess(used),
                    None => self.complete(result, Then::Goes),
                },
                Err(then) => then,
            },
            Call::Error {
                id,
                body,
                error_type,
                done,
            } => match self.take_result(&id, &body, done) {
                Ok(result) => {
                    let error = result.map(|body| FunctionError::posted(&body, error_type.as_deref()));
                    self.complete(Err(error.unwrap_or_else(|too_large| too_large)), Then::Goes)
                }
                Err(then) => then,
            },
        }
    }

    /// What a runtime posted for the invocation it has, and the answer to it.
    fn take_result(
        &self,
        id: &str,
        body: &Bytes,
        done: oneshot::Sender<Result<(), Rejection>>,
    ) -> Result<Result<String, FunctionError>, Then> {
        let active = self
            .state
            .job
            .as_ref()
            .filter(|active| active.delivered.is_some() && active.job.request_id == id);
        if active.is_none() {
            let _ = done.send(Err(Rejection::UnknownRequest));
            return Err(Then::Goes);
        }
        if body.len() > MAX_PAYLOAD_BYTES {
            let _ = done.send(Err(Rejection::TooLarge));
            return Ok(Err(FunctionError::response_too_large()));
        }
        let _ = done.send(Ok(()));
        Ok(Ok(String::from_utf8_lossy(body).into_owned()))
    }

    fn on_next(&mut self, answer: oneshot::Sender<Result<Event, Rejection>>) -> Then {
        if self.state.ready.is_none() {
            self.state.ready = Some(self.clock.elapsed() - self.started);
        } else if self
            .state
            .job
            .as_ref()
            .is_some_and(|active| active.delivered.is_some())
        {
            // It asks for more before it answered the last one.
            let _ = answer.send(Err(Rejection::OutOfTurn));
            return Then::Goes;
        }
        self.state.waiting = Some(answer);
        self.deliver();
        Then::Goes
    }

    /// Brings work and runtime together, when both are there.
    fn deliver(&mut self) {
        let Some(active) = self
            .state
            .job
            .as_mut()
            .filter(|active| active.delivered.is_none())
        else {
            return;
        };
        let Some(waiting) = self.state.waiting.take_if(|waiting| !waiting.is_closed()) else {
            return;
        };
        let now = self.clock.now();
        let job = &active.job;
        let event = Event {
            payload: job.payload.clone(),
            request_id: job.request_id.clone(),
            arn: job.arn.clone(),
            trace_id: job.trace_id.clone(),
            client_context: job.client_context.clone(),
            deadline_ms: now.timestamp_millis()
                + i64::try_from(self.timeout.as_millis()).unwrap_or(i64::MAX / 2),
        };
        let start = report::start(&job.request_id);
        active.delivered = Some(self.clock.elapsed());
        self.log(Stream::Platform, start);
        if waiting.send(Ok(event)).is_err()
            && let Some(active) = &mut self.state.job
        {
            // The runtime's connection broke at this moment; it will ask again, or end.
            active.delivered = None;
        }
    }

    fn on_exit(&mut self, status: Option<ExitStatus>) -> Then {
        self.drain();
        // A job that an idle environment never got is not lost: dropping it tells the sender to take another one.
        let undelivered = |active: &Active| active.delivered.is_none() && self.state.ready.is_some();
        if let Some(active) = self.state.job.as_ref().filter(|active| !undelivered(active)) {
            let reason = status.map_or(Some("its exit status is unknown".to_owned()), process::reason);
            let error = FunctionError::exited(&active.job.request_id, reason.as_deref());
            self.log(Stream::Platform, report::error(&error));
            self.complete(Err(error), Then::Ends);
        }
        Then::Ends
    }

    fn on_wake(&mut self) -> Then {
        if self.clock.elapsed() >= self.deadline() {
            return self.on_deadline();
        }
        self.state.looked = self.clock.elapsed();
        match memory::excess(self.process.id(), self.memory_mb) {
            Some(used) => self.on_excess(used),
            None => Then::Goes,
        }
    }

    /// The function has taken more memory than it was given.
    fn on_excess(&mut self, used_mb: u64) -> Then {
        let Some(active) = &self.state.job else {
            return Then::Ends;
        };
        let error = FunctionError::exited(&active.job.request_id, Some("signal: killed"));
        self.drain();
        self.log(
            Stream::Platform,
            memory::advice(&self.function, used_mb, self.memory_mb),
        );
        self.log(Stream::Platform, report::error(&error));
        let then = self.complete(Err(error), Then::Ends);
        self.process.kill();
        then
    }

    fn on_deadline(&mut self) -> Then {
        let Some(active) = &self.state.job else {
            return Then::Ends;
        };
        let request_id = active.job.request_id.clone();
        self.process.kill();
        self.drain();
        self.log(
            Stream::Platform,
            report::timed_out(self.clock.now(), &request_id, self.timeout),
        );
        self.complete(
            Err(FunctionError::timed_out(&request_id, self.timeout)),
            Then::Ends,
        )
    }

    /// Ends the invocation: what the function printed until now belongs to it, then comes the report.
    fn complete(&mut self, result: Result<String, FunctionError>, then: Then) -> Then {
        self.drain();
        let now = self.clock.elapsed();
        let Some(active) = &self.state.job else {
            return then;
        };
        let began = active.delivered.unwrap_or(self.started);
        let init = self
            .state
            .ready
            .filter(|_| !std::mem::replace(&mut self.state.init_reported, true));
        let facts = report::Facts {
            request_id: &active.job.request_id,
            duration: now - began,
            init,
            memory_mb: self.memory_mb,
            peak_mb: process::peak_memory_mb(self.process.id()),
            error: result.as_ref().err(),
        };
        for line in report::end(&facts) {
            self.log(Stream::Platform, line);
        }
        let Some(Active { job, tail, .. }) = self.state.job.take() else {
            return then;
        };
        let invocation = Invocation {
            request_id: job.request_id,
            result,
            executed_version: LATEST.to_owned(),
            log_tail: tail.into_lines(),
            duration: now - began,
            init_duration: init,
            trace_id: job.trace_id,
            finished: self.clock.now(),
        };
        self.state.idle_since = now;
        if then == Then::Goes {
            Handle::release(job.handle);
        }
        drop(job.permit);
        // The caller may have gone; the function's work was done all the same.
        let _ = job.reply.send(invocation);
        then
    }

    fn drain(&mut self) {
        for (stream, text) in self.output.drain() {
            self.log(stream, text);
        }
    }

    fn log(&mut self, stream: Stream, text: String) {
        let job = self.state.job.as_mut();
        let (request_id, source) = match job {
            Some(active) => {
                active.tail.push(&text);
                (Some(active.job.request_id.clone()), active.job.source.clone())
            }
            None => (None, None),
        };
        self.logs.add(LogLine {
            function: self.function.clone(),
            request_id,
            source,
            stream,
            text,
            at: self.clock.now(),
        });
    }
}
