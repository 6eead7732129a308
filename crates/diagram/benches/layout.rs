//! Prints how long a layout takes at several sizes: the median of some runs, fresh and with a cache.
//!
//! The workflow is a long one as people write them: every tenth state a choice with a way round, a loop here and
//! there, catchers to shared handlers, a room with two branches now and then.

use std::fmt::Write;
use std::time::{Duration, Instant};

use asl::definition::Definition;
use asl::text::{Format, Tree};
use stepwell_diagram::{LayoutCache, Options, layout};

fn workflow(states: usize) -> String {
    let mut text = String::from(r#"{"StartAt":"s0","States":{"#);
    for index in 0..states {
        let last = states - 1;
        let next = (index + 1).min(last);
        let name = format!("s{index}");
        let _ = match index % 10 {
            _ if index == last => write!(text, r#""{name}":{{"Type":"Succeed"}}"#),
            3 => write!(
                text,
                r#""{name}":{{"Type":"Choice","Choices":[{{"Variable":"$.a","NumericEquals":1,"Next":"s{next}"}},{{"Variable":"$.b","NumericEquals":2,"Next":"s{}"}}],"Default":"s{}"}},"#,
                (index + 4).min(last),
                index.saturating_sub(2)
            ),
            7 => write!(
                text,
                r#""{name}":{{"Type":"Parallel","Branches":[{{"StartAt":"a","States":{{"a":{{"Type":"Pass","End":true}}}}}},{{"StartAt":"b","States":{{"b":{{"Type":"Pass","End":true}}}}}}],"Next":"s{next}"}},"#
            ),
            5 => write!(
                text,
                r#""{name}":{{"Type":"Task","Resource":"x","Catch":[{{"ErrorEquals":["States.ALL"],"Next":"s{}"}}],"Next":"s{next}"}},"#,
                (index / 50 * 50 + 49).max(next).min(last)
            ),
            _ => write!(text, r#""{name}":{{"Type":"Pass","Next":"s{next}"}},"#),
        };
    }
    text.push_str("}}");
    text
}

#[allow(clippy::disallowed_methods, reason = "a benchmark reads a clock")]
fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

#[allow(clippy::print_stdout, reason = "it is a program")]
fn main() {
    for states in [100, 1_000, 5_000, 10_000] {
        let definition = Definition::read(&Tree::parse(workflow(states), Format::Json));
        let options = Options::default();
        let fresh = median(|| drop(layout(&definition, &options, &mut LayoutCache::default())));
        let mut cache = LayoutCache::default();
        let cached = median(|| drop(layout(&definition, &options, &mut cache)));
        println!("layout {states:>6} states: {fresh:>10.2?} fresh, {cached:>10.2?} cached");
    }
}
