//! Icons for what a state does, drawn on 16 × 16 with a line of 1.5.

use asl::definition::StateOutline;
use asl::words::StateType;

/// The inside of an icon's group.
pub(super) fn of(state: &StateOutline) -> &'static str {
    match state.state_type {
        Some(StateType::Pass) => PASS,
        Some(StateType::Task) if state.summary.starts_with("Lambda") => FUNCTION,
        Some(StateType::Task) if state.summary.starts_with("Activity") => ACTIVITY,
        Some(StateType::Task) => SERVICE,
        Some(StateType::Choice) => CHOICE,
        Some(StateType::Wait) => WAIT,
        Some(StateType::Succeed) => SUCCEED,
        Some(StateType::Fail) => FAIL,
        Some(StateType::Parallel) => PARALLEL,
        Some(StateType::Map) => MAP,
        None => UNKNOWN,
    }
}

const PASS: &str = r#"<path d="M2 8h11M9.5 4.5 13 8l-3.5 3.5"/>"#;
const FUNCTION: &str = r#"<rect x="2" y="2" width="12" height="12" rx="2"/><path d="M6 12c1.4 0 1.8-.8 2-2l.6-4c.2-1.2.6-2 2-2M6.2 7.2h4"/>"#;
const ACTIVITY: &str =
    r#"<circle cx="8" cy="5" r="2.7"/><path d="M2.8 14c.4-3 2.5-4.5 5.2-4.5s4.8 1.5 5.2 4.5"/>"#;
const SERVICE: &str = r#"<path d="M8 1.8 13.6 5v6L8 14.2 2.4 11V5zM2.6 5.1 8 8.2l5.4-3.1M8 8.2v5.8"/>"#;
const CHOICE: &str = r#"<circle cx="4" cy="12" r="1.9"/><circle cx="12" cy="4" r="1.9"/><path d="M4 2v8M12 6c0 3.6-2.4 6-6 6"/>"#;
const WAIT: &str = r#"<circle cx="8" cy="9.3" r="5"/><path d="M6.3 1.7h3.4M8 9.3l1.9-1.9"/>"#;
const SUCCEED: &str = r#"<circle cx="8" cy="8" r="6.2"/><path d="m5.5 8.2 1.7 1.7 3.3-3.6"/>"#;
const FAIL: &str = r#"<circle cx="8" cy="8" r="6.2"/><path d="m6 6 4 4M10 6l-4 4"/>"#;
const PARALLEL: &str =
    r#"<rect x="2" y="2.5" width="12" height="11" rx="1.8"/><path d="M6 2.5v11M10 2.5v11"/>"#;
const MAP: &str = r#"<path d="M11 1.8 13.5 4.3 11 6.8M13.3 4.3H4.5A2 2 0 0 0 2.5 6.3V7.5M5 14.2 2.5 11.7 5 9.2M2.7 11.7h8.8a2 2 0 0 0 2-2V8.5"/>"#;
const UNKNOWN: &str =
    r#"<circle cx="8" cy="8" r="6.2"/><path d="M6.2 6.4c.2-2.2 3.8-2.2 3.8 0 0 1.5-2 1.6-2 3M8 11.5v.1"/>"#;
