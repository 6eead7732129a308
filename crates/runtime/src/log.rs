//! What functions print, brought to the runs that called them.

use std::sync::Weak;

use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::functions::{LogLine, Stream};
use crate::record::LogRecord;
use crate::run::Run;
use crate::store::Store;

/// Brings lines to runs as they come, until the project is closed.
pub(crate) async fn route(
    store: Weak<Store>,
    mut lines: Receiver<LogLine>,
    find: impl Fn(&str) -> Option<Run>,
) {
    while store.strong_count() > 0 {
        match lines.recv().await {
            Ok(line) => {
                let source = line.source.as_deref().and_then(|source| source.rsplit_once('#'));
                if let Some((run, command)) =
                    source.and_then(|(name, command)| Some((find(name)?, command.parse().ok())))
                {
                    run.add_log(record(&run, line, command));
                }
            }
            Err(RecvError::Lagged(lost)) => {
                tracing::warn!(lost, "functions print faster than their lines can be kept")
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn record(run: &Run, line: LogLine, command: Option<u32>) -> LogRecord {
    let stream = match line.stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
        Stream::Platform => "platform",
    };
    let known = run.state();
    LogRecord {
        // The run's own time, as everything else of its record: it stands while the run is held, and may jump.
        at: known.newest_time().0,
        state: command.and_then(|command| known.state_of_event(command)),
        function: line.function,
        command,
        stream: stream.to_owned(),
        text: line.text,
    }
}
