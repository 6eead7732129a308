//! The counting of work. The evaluator itself counts nothing but depth and the length of single sequences, so the tree is
//! given calls of a counting function wherever an expression can do more work than its text is long: then the same expression
//! on the same input always ends the same way, on any machine.
//!
//! | counted | how |
//! |---|---|
//! | arguments of calls, operands | their length: items, members, half the bytes of a text ([`SHALLOW`]) |
//! | what goes into a new list, object or text, and what is compared | all values in it ([`DEEP`]), since one value can be put in many times over |
//! | a call of a function without arguments | one step, at the function's beginning ([`TICK`]) |
//! | a call of a function that makes functions | [`MAKING`] steps: functions that hold each other are freed by recursion |
//! | a step with `@$name` | [`TUPLE`] steps for each item: each makes an object, and steps multiply |
//! | `$replace(text, pattern, by)` | at most as many bytes as `text` times `by` ([`ROOM`]) |
//! | a text that a regular expression is looked for in | its length, and at most [`MAX_SCAN`] bytes: looking for all matches may take the square of it ([`SCAN`]) |
//!
//! Left alone are trees that bind and repeat nothing, and bodies that are [`cheap`]: what they cost is bounded by the items they
//! are applied to, which were counted. So common filters and mappings keep the evaluator's fast path.
//! Calls in tail position are left alone, too: wrapped, they would use up the stack.

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};

/// Counts a value's length. The names cannot be written in an expression.
pub(super) const SHALLOW: &str = "!shallow";
/// Counts a value and all in it.
pub(super) const DEEP: &str = "!deep";
/// Counts one step.
pub(super) const TICK: &str = "!tick";
/// Counts what replacing can yield at most, and gives its first argument.
pub(super) const ROOM: &str = "!room";

/// Counts a text that a regular expression is looked for in, and refuses a long one.
pub(super) const SCAN: &str = "!scan";

/// The longest such text: no payload of the service is longer.
pub(super) const MAX_SCAN: usize = 256 * 1024;

/// Counts what a step with `@$name` gives.
pub(super) const TUPLES: &str = "!tuples";

/// Steps for each item of a step with `@$name`.
pub(super) const TUPLE: u64 = 8;

/// Steps for a call of a function that makes functions.
const MAKING: f64 = 100.0;

/// From this length on a text is guarded whatever it holds.
pub(super) const LONG: usize = 2_000;

/// What a child is for its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// It must stay what it is: a name, a callback, a step, a tail.
    Fixed,
    /// An operand, whose length matters.
    Operand,
    /// An operand of which the whole value matters.
    Whole,
    /// An expression that is evaluated once for each item, and whose value may be counted.
    Body,
    /// The same, where the value must stay what it is. `true`: the value comes back as an argument, as in `$reduce`.
    Repeated(bool),
}

/// Whether a node can do work again and again, or use a value twice.
pub(super) fn repeats(node: &AstNode) -> bool {
    match node {
        AstNode::Lambda { .. }
        | AstNode::Sort { .. }
        | AstNode::ObjectTransform { .. }
        | AstNode::Transform { .. }
        | AstNode::FunctionApplication(_)
        | AstNode::Call { .. } => true,
        AstNode::Binary { op, .. } => matches!(op, BinaryOp::ColonEqual | BinaryOp::ChainPipe),
        AstNode::Function { name, args, .. } => name == "replace" || scans(name, args, 1),
        AstNode::Path { steps } => steps.iter().enumerate().any(|(index, step)| {
            let plain = matches!(
                step.node,
                AstNode::Name(_) | AstNode::Wildcard | AstNode::Variable(_) | AstNode::String(_)
            );
            let stages = step.stages.iter().any(|stage| match stage {
                Stage::Filter(filter) => !matches!(**filter, AstNode::Number(_)),
                Stage::KeepArray => false,
                Stage::Index(_) => true,
            });
            stages || step.is_tuple || (index > 0 && !plain)
        }),
        _ => false,
    }
}

/// Whether a function looks for what may be a regular expression, `at` this argument: one before where it is chained.
fn scans(name: &str, args: &[AstNode], at: usize) -> bool {
    matches!(name, "match" | "contains" | "split" | "replace")
        && args
            .get(at)
            .is_some_and(|pattern| !matches!(pattern, AstNode::String(_)))
}

/// The children of a node, in order, with what they are for.
pub(super) fn children<'a>(node: &'a mut AstNode, out: &mut Vec<(&'a mut AstNode, Slot)>) {
    match node {
        AstNode::Path { steps } => steps
            .iter_mut()
            .enumerate()
            .for_each(|step| children_of_step(step, out)),
        AstNode::Binary { op, lhs, rhs } => {
            let (left, right) = operands(*op);
            out.push((lhs, left));
            out.push((rhs, right));
        }
        AstNode::Unary { operand, .. } => out.push((operand, Slot::Operand)),
        AstNode::Function { name, args, .. } => {
            let slot = argument(name);
            out.extend(args.iter_mut().enumerate().map(|(index, arg)| (arg, slot(index))));
        }
        AstNode::Call { procedure, args } => {
            out.push((procedure, Slot::Fixed));
            out.extend(args.iter_mut().map(|arg| (arg, Slot::Operand)));
        }
        AstNode::Lambda { body, .. } => out.push((body, Slot::Repeated(true))),
        AstNode::Array(items) | AstNode::ArrayGroup(items) => {
            out.extend(items.iter_mut().map(|item| (item, Slot::Whole)));
        }
        AstNode::Block(items) => out.extend(items.iter_mut().map(|item| (item, Slot::Fixed))),
        AstNode::Object(pairs) => children_of_pairs(pairs, out),
        AstNode::ObjectTransform { input, pattern } => {
            out.push((input, Slot::Fixed));
            children_of_pairs(pattern, out);
        }
        AstNode::Conditional {
            condition,
            then_branch,
            else_branch,
        } => {
            out.push((condition, Slot::Operand));
            out.push((then_branch, Slot::Fixed));
            out.extend(else_branch.iter_mut().map(|branch| (&mut **branch, Slot::Fixed)));
        }
        AstNode::FunctionApplication(inner) => out.push((inner, Slot::Body)),
        AstNode::Sort { input, terms } => {
            out.push((input, Slot::Fixed));
            out.extend(terms.iter_mut().map(|(term, _)| (term, Slot::Body)));
        }
        AstNode::Transform {
            location,
            update,
            delete,
        } => {
            out.push((location, Slot::Repeated(false)));
            out.push((update, Slot::Repeated(false)));
            out.extend(
                delete
                    .iter_mut()
                    .map(|delete| (&mut **delete, Slot::Repeated(false))),
            );
        }
        _ => {}
    }
}

fn children_of_step<'a>((index, step): (usize, &'a mut PathStep), out: &mut Vec<(&'a mut AstNode, Slot)>) {
    // What stands first is evaluated once; what follows, once for each item.
    let slot = if index == 0 {
        Slot::Fixed
    } else {
        Slot::Repeated(false)
    };
    out.push((&mut step.node, slot));
    for stage in &mut step.stages {
        if let Stage::Filter(filter) = stage {
            out.push((filter, Slot::Body));
        }
    }
}

fn children_of_pairs<'a>(pairs: &'a mut [(AstNode, AstNode)], out: &mut Vec<(&'a mut AstNode, Slot)>) {
    for (key, value) in pairs {
        out.push((key, Slot::Operand));
        out.push((value, Slot::Whole));
    }
}

fn operands(op: BinaryOp) -> (Slot, Slot) {
    match op {
        BinaryOp::ColonEqual => (Slot::Fixed, Slot::Operand),
        BinaryOp::ChainPipe | BinaryOp::FocusBind | BinaryOp::IndexBind => (Slot::Fixed, Slot::Fixed),
        BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::In | BinaryOp::Concatenate => {
            (Slot::Whole, Slot::Whole)
        }
        _ => (Slot::Operand, Slot::Operand),
    }
}

/// What the arguments of a function are; callbacks must stay as they are, for their number of parameters is looked at.
fn argument(name: &str) -> fn(usize) -> Slot {
    match name {
        "map" | "filter" | "reduce" | "single" | "each" | "sift" | "sort" => |index| match index {
            1 => Slot::Fixed,
            _ => Slot::Operand,
        },
        "replace" => |index| match index {
            2 => Slot::Fixed,
            _ => Slot::Operand,
        },
        "string" | "distinct" | "error" | "assert" | "merge" | "join" => |_| Slot::Whole,
        SHALLOW | DEEP | TICK | TUPLES | ROOM | SCAN => |_| Slot::Fixed,
        _ => |_| Slot::Operand,
    }
}

/// Puts the counting into a tree.
pub(super) fn install(tree: &mut AstNode) {
    // Without recursion: the parser allows trees as deep as a thousand levels.
    let mut waiting = vec![(tree, Slot::Fixed)];
    while let Some((node, slot)) = waiting.pop() {
        let node = match slot {
            Slot::Fixed => node,
            Slot::Operand | Slot::Body if grows(node) => wrap(node, SHALLOW),
            Slot::Whole if grows(node) => wrap(node, DEEP),
            Slot::Body | Slot::Repeated(_) if cheap::is(node, &[], matches!(slot, Slot::Repeated(true))) => {
                continue;
            }
            _ => node,
        };
        if mapped(node) {
            // The callback is cheap; the items still count.
            if let AstNode::Function { args, .. } = node {
                waiting.extend(args.iter_mut().take(1).map(|items| (items, Slot::Operand)));
            }
            continue;
        }
        match node {
            AstNode::Lambda { body, .. } => count_calls(body),
            AstNode::Path { steps } => {
                steps
                    .iter_mut()
                    .filter(|step| step.focus.is_some())
                    .for_each(|step| {
                        wrap(&mut step.node, TUPLES);
                    })
            }
            AstNode::Function { name, args, .. }
                if matches!(name.as_str(), "replace" | "match" | "contains" | "split") =>
            {
                if scans(name, args, 1) && !matches!(args[0], AstNode::Placeholder) {
                    wrap(&mut args[0], SCAN);
                }
                if name == "replace" {
                    reserve(args, 0, 2);
                }
            }
            AstNode::Binary {
                op: BinaryOp::ChainPipe,
                lhs,
                rhs,
            } => {
                if let AstNode::Function { name, args, .. } = &mut **rhs {
                    if scans(name, args, 0) && grows(lhs) {
                        wrap(lhs, SCAN);
                    }
                    if name == "replace" {
                        reserve(args, 1, 1);
                    }
                }
            }
            _ => {}
        }
        children(node, &mut waiting);
    }
}

/// `$map` or `$filter` with a function written in place whose body is cheap.
fn mapped(node: &AstNode) -> bool {
    let AstNode::Function { name, args, .. } = node else {
        return false;
    };
    let gathers = name == "reduce";
    if !gathers
        && !matches!(
            name.as_str(),
            "map" | "filter" | "single" | "sort" | "each" | "sift"
        )
    {
        return false;
    }
    match args.as_slice() {
        [_, AstNode::Lambda { params, body, .. }] => cheap::is(body, params, gathers),
        _ => false,
    }
}

/// Whether the value of such a node can be larger than what is written.
fn grows(node: &AstNode) -> bool {
    matches!(
        node,
        AstNode::Variable(_)
            | AstNode::Path { .. }
            | AstNode::Name(_)
            | AstNode::Call { .. }
            | AstNode::Sort { .. }
            | AstNode::ObjectTransform { .. }
            | AstNode::Binary {
                op: BinaryOp::Concatenate | BinaryOp::Range | BinaryOp::ChainPipe,
                ..
            }
    ) || matches!(node, AstNode::Function { name, args, .. }
        if !name.starts_with('!') && !args.iter().any(|arg| matches!(arg, AstNode::Placeholder)))
}

fn wrap<'a>(node: &'a mut AstNode, with: &str) -> &'a mut AstNode {
    let inner = std::mem::replace(node, AstNode::Null);
    *node = call(with, vec![inner]);
    match node {
        AstNode::Function { args, .. } => &mut args[0],
        other => other,
    }
}

/// A call of one of our functions.
pub(super) fn call(name: &str, args: Vec<AstNode>) -> AstNode {
    AstNode::Function {
        name: name.to_owned(),
        args,
        is_builtin: true,
    }
}

/// Wraps the argument at `text` so that what replacing it by the one at `by` can yield is counted first.
fn reserve(args: &mut [AstNode], text: usize, by: usize) {
    let plain = |node: &AstNode| !matches!(node, AstNode::Lambda { .. } | AstNode::Placeholder);
    if let Some(replacement) = args.get(by).filter(|node| plain(node)).cloned()
        && let Some(slot) = args.get_mut(text).filter(|node| plain(node))
    {
        let inner = std::mem::replace(slot, AstNode::Null);
        *slot = call(ROOM, vec![inner, replacement]);
    }
}

/// Lets a function's body begin with steps, if it makes functions, or if nothing else in it may count its calls.
fn count_calls(body: &mut AstNode) {
    let makes = any(body, makes_function);
    let calls = |node: &AstNode| match node {
        AstNode::Function { args, .. } | AstNode::Call { args, .. } => args.is_empty(),
        _ => false,
    };
    if makes || any(body, calls) {
        let steps = AstNode::Number(if makes { MAKING } else { 1.0 });
        let inner = std::mem::replace(body, AstNode::Null);
        *body = AstNode::Block(vec![call(TICK, vec![steps]), inner]);
    }
}

/// Whether a node's value is a new function that may hold others.
fn makes_function(node: &AstNode) -> bool {
    match node {
        AstNode::Lambda { .. } | AstNode::Placeholder => true,
        AstNode::Binary { op, .. } => *op == BinaryOp::ChainPipe,
        _ => false,
    }
}

/// Whether some function in the tree makes functions: those may come to hold each other, one in the other.
pub(super) fn nests_functions(tree: &mut AstNode) -> bool {
    let mut waiting = vec![(tree, Slot::Fixed)];
    while let Some((node, _)) = waiting.pop() {
        if let AstNode::Lambda { body, .. } = node
            && any(body, makes_function)
        {
            return true;
        }
        children(node, &mut waiting);
    }
    false
}

/// Whether a node of the tree is such.
fn any(tree: &mut AstNode, is: impl Fn(&AstNode) -> bool) -> bool {
    let mut waiting = vec![(tree, Slot::Fixed)];
    while let Some((node, _)) = waiting.pop() {
        if is(node) {
            return true;
        }
        children(node, &mut waiting);
    }
    false
}

/// Bodies whose cost is bounded by the size of the item they are applied to.
mod cheap {
    use super::{AstNode, BinaryOp};

    /// Whether a body with these parameters is one. `gathers`: its value comes back as an argument, so it must not build.
    pub(super) fn is(body: &AstNode, params: &[String], gathers: bool) -> bool {
        let mut waiting = vec![body];
        while let Some(node) = waiting.pop() {
            match node {
                AstNode::String(_)
                | AstNode::Number(_)
                | AstNode::Boolean(_)
                | AstNode::Null
                | AstNode::Name(_)
                | AstNode::Regex { .. } => {}
                AstNode::Variable(name) if name.is_empty() || params.contains(name) => {}
                AstNode::Path { steps }
                    if steps.iter().all(|step| step.stages.is_empty() && !step.is_tuple) =>
                {
                    let (first, rest) = (steps.first(), steps.get(1..).unwrap_or_default());
                    if !rest.iter().all(|step| matches!(step.node, AstNode::Name(_))) {
                        return false;
                    }
                    waiting.extend(first.map(|step| &step.node));
                }
                AstNode::Binary { op, lhs, rhs } if operator(*op, gathers) => {
                    waiting.extend([&**lhs, &**rhs])
                }
                AstNode::Unary { operand, .. } => waiting.push(operand),
                AstNode::Conditional {
                    condition,
                    then_branch,
                    else_branch,
                } => {
                    waiting.extend([&**condition, &**then_branch]);
                    waiting.extend(else_branch.iter().map(|branch| &**branch));
                }
                AstNode::Object(pairs) if !gathers => {
                    waiting.extend(pairs.iter().flat_map(|(key, value)| [key, value]));
                }
                AstNode::Array(items) if !gathers => waiting.extend(items),
                AstNode::Function { name, args, .. }
                    if function(name, gathers) && !super::scans(name, args, 1) =>
                {
                    waiting.extend(args)
                }
                _ => return false,
            }
        }
        true
    }

    fn operator(op: BinaryOp, gathers: bool) -> bool {
        match op {
            BinaryOp::Concatenate => !gathers,
            BinaryOp::Add
            | BinaryOp::Subtract
            | BinaryOp::Multiply
            | BinaryOp::Divide
            | BinaryOp::Modulo
            | BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::LessThan
            | BinaryOp::LessThanOrEqual
            | BinaryOp::GreaterThan
            | BinaryOp::GreaterThanOrEqual
            | BinaryOp::And
            | BinaryOp::Or
            | BinaryOp::In => true,
            _ => false,
        }
    }

    /// Built-in functions whose result is no larger than their arguments.
    fn function(name: &str, gathers: bool) -> bool {
        match name {
            "string" | "split" => !gathers,
            "length" | "substring" | "substringBefore" | "substringAfter" | "uppercase" | "lowercase"
            | "trim" | "contains" | "number" | "floor" | "ceil" | "round" | "abs" | "sqrt" | "power"
            | "sum" | "max" | "min" | "average" | "count" | "boolean" | "not" | "exists" | "type"
            | "keys" | "lookup" => true,
            _ => false,
        }
    }
}
