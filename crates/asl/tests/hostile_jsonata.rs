//! Expressions that are written to hang or to exhaust the machine. Each must end, and within bounds: of memory, and of
//! allocations, which stand for time (a timed test would fail on a busy machine).

#![allow(clippy::unwrap_used)] // a test may fail by panicking

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use stepwell_asl::expr::Host;
use stepwell_asl::expr::jsonata::{Expression, Scope};
use stepwell_asl::value::Value;

/// The most bytes that one expression may hold at once.
const MEMORY: usize = 512 << 20;

/// The most allocations that it may make.
const ALLOCATIONS: usize = 80_000_000;

/// Counts what is allocated.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static MADE: AtomicUsize = AtomicUsize::new(0);

#[expect(
    unsafe_code,
    reason = "an allocator is unsafe by its nature; this one hands everything on"
)]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        MADE.fetch_add(1, Ordering::Relaxed);
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        // SAFETY: as it came.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as it came.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

struct Still;

impl Host for Still {
    fn context(&self) -> Value {
        Value::Null
    }

    fn variable(&self, _: &str) -> Option<Value> {
        None
    }

    fn random(&self) -> u64 {
        4
    }

    fn now(&self) -> i64 {
        0
    }
}

/// The beginning of what an expression comes to: a syntax error, the code of an error, or a value.
fn outcome(text: &str, input: &Value) -> String {
    let expression = match Expression::parse(text) {
        Ok(expression) => expression,
        Err(error) => return format!("?{}", error.message.get(..5).unwrap_or_default()),
    };
    let scope = Scope {
        input,
        result: None,
        error_output: None,
        host: &Still,
    };
    match expression.evaluate("Output", &scope) {
        Ok(value) => format!("={}", value.to_json().chars().take(12).collect::<String>()),
        Err(error) => match error.cause.split_once("evaluation. ") {
            Some((_, problem)) => format!("!{}", problem.get(..5).unwrap_or_default()),
            None => format!("!{}", error.cause.rsplit("'Output' ").next().unwrap_or_default()),
        },
    }
}

const TOO_MUCH: &str = "!U1001";

const TABLE: &[(&str, &str)] = &[
    // Recursion without an end, in tail position and not.
    ("($f := function(){$f()}; $f())", TOO_MUCH),
    ("($f := function($n){$f($n + 1)}; $f(0))", TOO_MUCH),
    ("($f := function($n){1 + $f($n)}; $f(0))", "!D1011"),
    ("($f := function(){[$f()]}; $f())", "!D1011"),
    ("(function($x){$x($x)})(function($x){$x($x)})", TOO_MUCH),
    (
        "($f := function($n){$g($n)}; $g := function($n){$f($n)}; $f(1))",
        TOO_MUCH,
    ),
    ("($f := function($n){$n ~> $f}; $f(1))", "!D1011"),
    // Loops in loops.
    (
        "$map([1..100000], function($x){$map([1..100000], function($y){$x * $y})})",
        TOO_MUCH,
    ),
    ("$map([1..100000], function($x){[1..100000]})", TOO_MUCH),
    ("[1..1000000].([1..1000000])", TOO_MUCH),
    ("[1..1000].([1..1000].([1..1000].([1..1000])))", TOO_MUCH),
    ("[1..5000][[1..5000][[1..5000][$ > 0] = 1] = 1]", TOO_MUCH),
    ("$filter([1..100000], function($x){$x in [1..100000]})", TOO_MUCH),
    (
        "$count($states.input@$a.$states.input@$b.$states.input@$c.{'x': $a})",
        TOO_MUCH,
    ),
    ("[1..10000000]", "!D2015"),
    (
        "$count($zip([1..1000000], [1..1000000], [1..1000000]))",
        "=1000000",
    ),
    (
        "$sum($sort([1..100000], function($a, $b){$a < $b}))",
        "=5000050000",
    ),
    // What grows by being put into itself.
    ("$reduce([1..60], function($a, $i){$a & $a}, 'x')", TOO_MUCH),
    ("$reduce([1..60], function($a, $i){[$a, $a]}, [1])", TOO_MUCH),
    (
        "$reduce([1..60], function($a, $i){{'l': $a, 'r': $a}}, {})",
        TOO_MUCH,
    ),
    (
        "$reduce([1..60], function($a, $i){{'k': {'l': $a.k, 'r': $a.k}}}, {'k': 1})",
        TOO_MUCH,
    ),
    (
        "$reduce([1..60], function($a, $i){$append($a, $a)}, [1])",
        TOO_MUCH,
    ),
    (
        "$reduce([1..60], function($a, $i){$join([$a, $a])}, 'x')",
        TOO_MUCH,
    ),
    (
        "$reduce([1..60], function($a, $i){$merge([{'l': $a}, {'r': $a}])}, {})",
        TOO_MUCH,
    ),
    (
        "$string($reduce([1..26], function($a, $i){{'l': $a, 'r': $a}}, {}))",
        TOO_MUCH,
    ),
    // Long texts.
    ("$pad('x', 1000000000)", TOO_MUCH),
    ("$reduce(['x', 1000000000], $pad)", "!T0410"),
    ("$map([1000000000], $pad('x', ?))", TOO_MUCH),
    ("($s := $pad('', 100000, 'a'); $replace($s, 'a', $s))", TOO_MUCH),
    ("($s := $pad('', 100000, 'a'); $s ~> $replace('a', $s))", TOO_MUCH),
    (
        "($s := $pad('', 100000, 'a'); $length($join($map([1..10000], function($x){$s}))))",
        TOO_MUCH,
    ),
    (
        "($s := $pad('', 1000000, 'a'); $map([1..10000], function($x){$split($s, '')}))",
        TOO_MUCH,
    ),
    ("$length($fromMillis(0, '[Y,999999999]'))", "!D3135"),
    ("$map([0], $fromMillis(?, '[M,1000000000]'))", "!D3135"),
    ("'0' ~> $toMillis('[M,*-1000000000]')", "!D3135"),
    ("$length($formatInteger(1, $pad('', 1000000, '0')))", "=1000000"),
    // Regular expressions.
    ("$count($match($pad('', 1000000, 'ab'), /(.*?)x|a/))", TOO_MUCH),
    ("$pad('', 1000000, 'ab') ~> $match(/(.*?)x|a/)", TOO_MUCH),
    (
        "($r := /(.*?)x|a/; $split($pad('', 1000000, 'ab'), $r))",
        TOO_MUCH,
    ),
    ("$contains($pad('', 100000, 'a'), /(a+)+$b/)", "=false"),
    ("$count($match($pad('', 100000, 'a'), /(a|aa)+?/))", "=100000"),
    ("$contains('a', /((a{1000}){1000}){1000}/)", "!Inval"),
    // Deep values and deep texts.
    ("$reduce([1..100000], function($a, $i){{'k': $a}}, {})", TOO_MUCH),
    ("$reduce([1..2000], function($a, $i){{'k': $a}}, {})", TOO_MUCH),
    (
        "$reduce([1..1500], function($a, $i){[[$a]]}, 1)",
        "!returned a value that is too large.",
    ),
    // Functions that hold each other.
    (
        "($f := function($n, $g){$n = 0 ? $g : $f($n - 1, function($x){$g($x)})}; $type($f(100000, $string)))",
        TOO_MUCH,
    ),
    (
        "($f := function($n, $g){$n = 0 ? $g : $f($n - 1, $g ~> $string)}; $type($f(100000, $string)))",
        TOO_MUCH,
    ),
    (
        "($f := function($n, $g){$n = 0 ? $g : $f($n - 1, $map(?, $g))}; $type($f(100000, $string)))",
        TOO_MUCH,
    ),
    ("$states.input.**.**.**.**.**.**", "=["),
    // What the evaluator itself does with each item and every other.
    ("$count($distinct([1..1000000]))", "=1000000"),
    (
        "$count($distinct($map([1..100000], function($x){{'k': $x}})))",
        "=100000",
    ),
    (
        "$count($keys($map([1..100000], function($x){{'k' & $x: $x}})))",
        "=100000",
    ),
    ("$count([1..100000]{$string($): $})", "=1"),
    ("$count([1..1000000][[1..1000000]])", TOO_MUCH),
];

#[test]
fn hostile_expressions_end() {
    // Ten thousand values.
    let items = (0..2500_u32)
        .map(|number| Value::object([("a", Value::from(number)), ("b", Value::array([Value::Null]))]));
    let input = Value::array(items);
    let mut found = Vec::new();
    for (text, expected) in TABLE {
        let (held, made) = (HELD.load(Ordering::Relaxed), MADE.load(Ordering::Relaxed));
        PEAK.store(held, Ordering::Relaxed);
        let ended = outcome(text, &input);
        let (peak, made) = (
            PEAK.load(Ordering::Relaxed).saturating_sub(held),
            MADE.load(Ordering::Relaxed) - made,
        );
        println!("{:>6} MB {:>9} allocations  {ended:<12} {text}", peak >> 20, made);
        if !ended.starts_with(expected) || peak > MEMORY || made > ALLOCATIONS {
            found.push(format!(
                "{text}: {ended}, not {expected}; {} MB, {made} allocations",
                peak >> 20
            ));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn hostile_texts_are_read_without_harm() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
    for text in [
        deep("(", ")"),
        deep("[", "]"),
        deep("{'a':", "}"),
        deep("-", ""),
        deep("$f(", ")"),
        deep("function($x){", "}"),
        "1+".repeat(20_000) + "1",
        "a.".repeat(20_000) + "a",
        "a ? ".repeat(20_000) + "1",
        "$x & ".repeat(20_000) + "$x",
        "x".repeat(1 << 20),
    ] {
        // Whether it is read or refused is not the point.
        drop(outcome(&text, &Value::Null));
    }
}
