//! TestState's answer for a person: the data at each stage by the service's names, then how the state ended.
//!
//! ```text
//! Price order  Task of OrderFulfilment
//! input                {"orderId":"A-1"}
//! afterInputPath       {"orderId":"A-1"}
//! …
//! SUCCEEDED  → In stock?
//! ```

use serde_json::Value;

use crate::run::pretty;
use crate::screen::{Look, Screen, printable};

/// Columns of a value that stays on one line.
const SHORT: usize = 72;

pub(super) fn print(
    state: &str,
    kind: &str,
    workflow: &str,
    answer: &Value,
    screen: &mut Screen,
) -> std::io::Result<()> {
    screen.line(format_args!(
        "{}  {kind} of {}",
        screen.look(Look::Bold, printable(state)),
        printable(workflow)
    ))?;
    let text = |name: &str| answer.get(name).and_then(Value::as_str);
    let rows = rows(answer);
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, lines) in &rows {
        let mut name = screen.look(Look::Dim, format_args!("{name:<width$}"));
        for line in lines {
            screen.line(format_args!("{name}  {line}"))?;
            name = " ".repeat(width);
        }
    }
    let status = text("status").unwrap_or_default();
    let look = match status {
        "SUCCEEDED" => Look::Good,
        "FAILED" => Look::Bad,
        _ => Look::Waiting,
    };
    let next = text("nextState").map_or_else(String::new, |next| format!("  → {}", printable(next)));
    screen.line(format_args!("{}{next}", screen.look(look, status)))
}

/// What there is to show, by name: stages, output, error.
fn rows(answer: &Value) -> Vec<(&str, Vec<String>)> {
    let stages = answer.get("inspectionData").and_then(Value::as_object);
    let stages = stages.into_iter().flatten();
    let stages = stages.map(|(name, value)| (name.as_str(), json_lines(value)));
    let output = answer.get("output").map(|value| ("output", json_lines(value)));
    let words = ["error", "cause"].into_iter().filter_map(|name| {
        let text = answer.get(name)?.as_str()?;
        Some((name, pretty(text).lines().map(printable).collect()))
    });
    stages.chain(output).chain(words).collect()
}

/// JSON, which stages hold as text, on one line where it is short.
fn json_lines(value: &Value) -> Vec<String> {
    let json = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if json.chars().count() <= SHORT {
        return vec![printable(&json)];
    }
    pretty(&json).lines().map(printable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_shown_of_an_answer() {
        let long = format!("[\"{}\"]", "x".repeat(SHORT));
        let answer = json!({
            "output": "{\"n\":1.0}",
            "error": "E",
            "cause": "two\nlines",
            "inspectionData": {
                "input": long,
                "maxConcurrency": 3,
                "errorDetails": {"catchIndex": 0},
            },
            "status": "CAUGHT_ERROR",
        });
        let long = format!("  \"{}\"", "x".repeat(SHORT));
        let expected = [
            ("input", vec!["[", &long, "]"]),
            ("maxConcurrency", vec!["3"]),
            ("errorDetails", vec!["{\"catchIndex\":0}"]),
            ("output", vec!["{\"n\":1.0}"]),
            ("error", vec!["E"]),
            ("cause", vec!["two", "lines"]),
        ];
        let shown = rows(&answer);
        let shown: Vec<(&str, Vec<&str>)> = shown
            .iter()
            .map(|(name, lines)| (*name, lines.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(shown, expected);
    }
}
