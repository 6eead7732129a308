//! Functions that the service adds to the language, the built-in ones that must not look at the machine's clock or chance,
//! checked forms of those that could exhaust it, and the counting that `jsonata/guard.rs` puts into trees.
//!
//! | function | is |
//! |---|---|
//! | `$partition(array, size)` | an array of arrays of at most `size` items |
//! | `$range(first, last, step)` | the numbers from `first` to `last`, at most 1,000 |
//! | `$hash(data, algorithm)` | `MD5`, `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512` in lower-case hexadecimal |
//! | `$random([seed])` | a number from 0 up to 1; with a seed always the same |
//! | `$uuid()` | a version 4 UUID |
//! | `$parse(text)` | the value that the JSON text says |
//! | `$now()`, `$millis()`, `$shuffle(array)` | as in the language, from the execution's own time and random numbers |
//! | `$pad(text, width, with)` | as in the language, up to [`MAX_BYTES`] |

use std::rc::Rc;

use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::{Evaluator, EvaluatorError, HostFnResult};
use jsonata_core::value::JValue;

use super::session::Shared;
use super::values::{from_evaluator, to_evaluator};
use super::{guard, messages, moment, unique};
use crate::expr::intrinsic;
use crate::expr::limits::MAX_BYTES;
use crate::value::Value;

/// The most numbers that `$range` gives, as on the service.
const RANGE: f64 = 1_000.0;

/// A function of ours.
pub(super) struct Function {
    name: &'static str,
    /// Whether its value depends on more than its arguments.
    pub(super) varies: bool,
    body: fn(&Shared, &[JValue]) -> HostFnResult,
}

const fn pure(name: &'static str, body: fn(&Shared, &[JValue]) -> HostFnResult) -> Function {
    Function {
        name,
        varies: false,
        body,
    }
}

const fn varying(name: &'static str, body: fn(&Shared, &[JValue]) -> HostFnResult) -> Function {
    Function {
        name,
        varies: true,
        body,
    }
}

/// All of them.
pub(super) const TABLE: &[Function] = &[
    pure("partition", partition),
    pure("range", range),
    pure("hash", hash),
    pure("parse", parse),
    pure("pad", pad),
    varying("random", random),
    varying("uuid", uuid),
    varying("now", now),
    varying("millis", millis),
    varying("shuffle", shuffle),
    pure(guard::SHALLOW, shallow),
    pure(guard::DEEP, deep),
    pure(guard::TICK, tick),
    pure(guard::TUPLES, tuples),
    pure(guard::ROOM, room),
    pure(guard::SCAN, scan),
    pure(unique::DISTINCT, unique::distinct),
    pure(unique::KEYS, unique::keys),
    pure(moment::WIDTHS, widths),
    varying(moment::TEXT, text_of_moment),
    varying(moment::PICTURE, picture_of_moment),
];

/// Which of the functions a tree uses, called or as values, once what looks at the clock, and what must be ours, is rewritten.
pub(super) fn used(tree: &mut AstNode) -> Vec<usize> {
    let mut found = vec![false; TABLE.len()];
    let mut waiting = vec![tree];
    while let Some(node) = waiting.pop() {
        moment::rewrite(node);
        unique::rewrite(node);
        if let AstNode::Variable(name) | AstNode::Function { name, .. } = &*node
            && let Some(index) = TABLE.iter().position(|function| function.name == name)
        {
            found[index] = true;
        }
        let mut children = Vec::new();
        guard::children(node, &mut children);
        waiting.extend(children.into_iter().map(|(child, _)| child));
    }
    (0..TABLE.len()).filter(|index| found[*index]).collect()
}

/// Makes functions known to an evaluator.
pub(super) fn register(evaluator: &mut Evaluator, functions: &[usize], shared: &Rc<Shared>) {
    for function in functions.iter().map(|index| &TABLE[*index]) {
        let (shared, body) = (Rc::clone(shared), function.body);
        // Refused only for built-in functions that the evaluator may compile; none of those is in the table.
        let _ = evaluator.register_fn_override(function.name, move |args: &[JValue]| body(&shared, args));
    }
}

fn fail<T>(message: impl Into<String>) -> Result<T, EvaluatorError> {
    Err(EvaluatorError::EvaluationError(message.into()))
}

/// The error of an argument that a function does not take.
fn mismatch<T>(function: &str, argument: usize) -> Result<T, EvaluatorError> {
    fail(format!(
        "T0410: Argument {argument} of function {function} does not match function signature"
    ))
}

fn number(function: &str, args: &[JValue], index: usize) -> Result<f64, EvaluatorError> {
    match args.get(index) {
        Some(JValue::Number(number)) => Ok(*number),
        _ => mismatch(function, index + 1),
    }
}

fn text<'a>(function: &str, args: &'a [JValue], index: usize) -> Result<&'a str, EvaluatorError> {
    match args.get(index) {
        Some(JValue::String(text)) => Ok(text),
        _ => mismatch(function, index + 1),
    }
}

fn partition(_: &Shared, args: &[JValue]) -> HostFnResult {
    let items = match args.first() {
        Some(JValue::Array(items)) => items,
        Some(JValue::Undefined) => return Ok(JValue::Undefined),
        _ => return mismatch("partition", 1),
    };
    let size = number("partition", args, 1)?.trunc();
    if size < 1.0 {
        return fail("D3020: The second argument of the partition function must be a positive number");
    }
    // At least 1; the conversion saturates.
    let chunks = items.chunks(size as usize);
    Ok(JValue::array(
        chunks.map(|chunk| JValue::array(chunk.to_vec())).collect(),
    ))
}

fn range(_: &Shared, args: &[JValue]) -> HostFnResult {
    let first = number("range", args, 0)?;
    let last = number("range", args, 1)?;
    let step = number("range", args, 2)?;
    if step == 0.0 {
        return fail("D2014: The third argument of the range function must not be zero");
    }
    let count = ((last - first) / step).floor() + 1.0;
    if count > RANGE {
        return fail(format!(
            "D2014: The size of the sequence allocated by the range function must not exceed 1000.  Attempted to allocate {count}."
        ));
    }
    // At most 1,000; below 0 the conversion gives 0.
    let numbers = (0..count as u32).map(|turn| JValue::Number(first + f64::from(turn) * step));
    Ok(JValue::sequence(numbers.collect()))
}

fn hash(_: &Shared, args: &[JValue]) -> HostFnResult {
    let data = match args.first() {
        Some(JValue::Undefined) => return Ok(JValue::Undefined),
        Some(JValue::String(text)) => text.to_string(),
        Some(other) => match from_evaluator(other) {
            Ok(value) => value.to_json(),
            Err(_) => return mismatch("hash", 1),
        },
        None => return mismatch("hash", 1),
    };
    let algorithm = text("hash", args, 1)?;
    match intrinsic::digest(algorithm, data.as_bytes()) {
        Some(digest) => Ok(JValue::string(digest)),
        None => fail(format!(
            "D3137: There is no hash algorithm {algorithm}; use MD5, SHA-1, SHA-256, SHA-384 or SHA-512"
        )),
    }
}

fn parse(_: &Shared, args: &[JValue]) -> HostFnResult {
    if let Some(JValue::Undefined) = args.first() {
        return Ok(JValue::Undefined);
    }
    match Value::parse(text("parse", args, 0)?) {
        Ok(value) => Ok(to_evaluator(&value)),
        Err(error) => fail(format!(
            "D3137: The text given to the parse function is not JSON: {error}"
        )),
    }
}

fn pad(shared: &Shared, args: &[JValue]) -> HostFnResult {
    let padded = match args.first() {
        Some(JValue::Undefined) => return Ok(JValue::Undefined),
        _ => text("pad", args, 0)?,
    };
    let width = match args.get(1) {
        Some(JValue::Undefined) | None => return Ok(JValue::string(padded)),
        _ => number("pad", args, 1)?.trunc(),
    };
    let with = match args.get(2) {
        Some(JValue::Undefined) | None => " ",
        _ => match text("pad", args, 2)? {
            "" => " ",
            with => with,
        },
    };
    if args.len() > 3 {
        return mismatch("pad", 4);
    }
    let missing = width.abs() - padded.chars().count() as f64;
    if missing > MAX_BYTES as f64 || !shared.spend(missing.max(0.0) as u64 / 2) {
        return fail(messages::EXHAUSTED);
    }
    let padding: String = with.chars().cycle().take(missing.max(0.0) as usize).collect();
    Ok(JValue::string(if width < 0.0 {
        padding + padded
    } else {
        format!("{padded}{padding}")
    }))
}

/// A number from 0 up to and excluding 1; 53 bits fill a double exactly.
fn fraction(number: u64) -> JValue {
    JValue::Number((number >> 11) as f64 / (1_u64 << 53) as f64)
}

/// SplitMix64's output function: spreads a number over all bits.
pub(super) fn scatter(number: u64) -> u64 {
    let mut z = number;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn random(shared: &Shared, args: &[JValue]) -> HostFnResult {
    match args.first() {
        None => Ok(fraction(shared.random())),
        Some(JValue::Number(seed)) => Ok(fraction(scatter(
            seed.to_bits().wrapping_add(0x9E37_79B9_7F4A_7C15),
        ))),
        Some(_) => mismatch("random", 1),
    }
}

fn uuid(shared: &Shared, _: &[JValue]) -> HostFnResult {
    Ok(JValue::string(intrinsic::uuid_of(
        shared.random(),
        shared.random(),
    )))
}

fn now(shared: &Shared, _: &[JValue]) -> HostFnResult {
    let moment = chrono::DateTime::from_timestamp_millis(shared.now).unwrap_or_default();
    Ok(JValue::string(
        moment.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
    ))
}

fn millis(shared: &Shared, _: &[JValue]) -> HostFnResult {
    Ok(JValue::Number(shared.now as f64))
}

fn widths(_: &Shared, args: &[JValue]) -> HostFnResult {
    match args {
        [JValue::String(picture)] if !moment::has_small_widths(picture) => {
            fail("D3135: A width in the date/time picture string is too large")
        }
        _ => Ok(args.first().cloned().unwrap_or(JValue::Undefined)),
    }
}

fn text_of_moment(shared: &Shared, args: &[JValue]) -> HostFnResult {
    match args {
        [JValue::String(text), JValue::String(picture)] => {
            let (_, open) = moment::left_open(picture, shared.now);
            Ok(JValue::string(open + text))
        }
        _ => Ok(args.first().cloned().unwrap_or(JValue::Undefined)),
    }
}

fn picture_of_moment(shared: &Shared, args: &[JValue]) -> HostFnResult {
    match args {
        [JValue::String(picture)] => {
            let (open, _) = moment::left_open(picture, shared.now);
            Ok(JValue::string(open + picture))
        }
        _ => Ok(args.first().cloned().unwrap_or(JValue::Undefined)),
    }
}

fn shuffle(shared: &Shared, args: &[JValue]) -> HostFnResult {
    let mut items = match args {
        [JValue::Array(items)] => items.to_vec(),
        [JValue::Undefined] => return Ok(JValue::Undefined),
        [one] => return Ok(JValue::array(vec![one.clone()])),
        _ => return mismatch("shuffle", 1),
    };
    // Fisher and Yates.
    for last in (1..items.len()).rev() {
        let span = last as u64 + 1;
        items.swap(last, (shared.random() % span) as usize);
    }
    Ok(JValue::array(items))
}

/// Gives its argument, if what was counted is within the limit.
fn counted(shared: &Shared, args: &[JValue], steps: u64) -> HostFnResult {
    match shared.spend(steps) {
        true => Ok(args.first().cloned().unwrap_or(JValue::Undefined)),
        false => fail(messages::EXHAUSTED),
    }
}

fn length(value: &JValue) -> u64 {
    1 + match value {
        JValue::Array(items) => items.len() as u64,
        JValue::Object(members) => members.len() as u64,
        JValue::String(text) => text.len() as u64 / 2,
        _ => 0,
    }
}

fn shallow(shared: &Shared, args: &[JValue]) -> HostFnResult {
    counted(shared, args, args.first().map_or(1, length))
}

fn deep(shared: &Shared, args: &[JValue]) -> HostFnResult {
    let (mut steps, most) = (0, shared.left());
    let mut waiting: Vec<&JValue> = args.iter().collect();
    while let Some(value) = waiting.pop() {
        steps += 1 + if let JValue::String(text) = value {
            text.len() as u64 / 2
        } else {
            0
        };
        if steps > most {
            break;
        }
        match value {
            JValue::Array(items) => waiting.extend(items.iter()),
            JValue::Object(members) => waiting.extend(members.values()),
            _ => {}
        }
    }
    counted(shared, args, steps)
}

fn tick(shared: &Shared, args: &[JValue]) -> HostFnResult {
    // A small number that the guard wrote.
    counted(
        shared,
        args,
        args.first().and_then(JValue::as_f64).unwrap_or(1.0) as u64,
    )
}

fn tuples(shared: &Shared, args: &[JValue]) -> HostFnResult {
    counted(shared, args, args.first().map_or(1, length) * guard::TUPLE)
}

fn scan(shared: &Shared, args: &[JValue]) -> HostFnResult {
    let bytes = args.first().and_then(JValue::as_str).map_or(0, str::len);
    if bytes > guard::MAX_SCAN {
        return fail(messages::EXHAUSTED);
    }
    counted(shared, args, 1 + bytes as u64 / 2)
}

fn room(shared: &Shared, args: &[JValue]) -> HostFnResult {
    let bytes = |index: usize| args.get(index).and_then(JValue::as_str).map_or(0, str::len) as u64;
    if bytes(0).saturating_mul(bytes(1)) > MAX_BYTES {
        return fail(messages::EXHAUSTED);
    }
    counted(shared, args, 1 + bytes(0) / 2)
}
