//! What an expression reads, with places, for those who look at it without evaluating it.
//!
//! The parser's tree has names but no places. So each variable is given the number of its token as a last part of its name
//! before the text is parsed once more: a name may have `$` in it, and nothing but its use depends on it. The tree then says
//! which scope a variable belongs to, and the number where it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jsonata_core::ast::{AstNode, BinaryOp, Stage};
use jsonata_core::parser;

use super::fault::Fault;
use super::lexer::{self, Kind, Token};
use super::{guard, program};
use crate::value::Text;

/// Stack that one level of the walk may need, and what is taken when it is not there.
const RED_ZONE: usize = 64 * 1024;
const MORE_STACK: usize = 1024 * 1024;

/// The functions of JSONata 2.0.6, without `$eval`, and those that the service adds.
pub const FUNCTIONS: &[&str] = &[
    "abs",
    "append",
    "assert",
    "average",
    "base64decode",
    "base64encode",
    "boolean",
    "ceil",
    "clone",
    "contains",
    "count",
    "decodeUrl",
    "decodeUrlComponent",
    "distinct",
    "each",
    "encodeUrl",
    "encodeUrlComponent",
    "error",
    "exists",
    "filter",
    "floor",
    "formatBase",
    "formatInteger",
    "formatNumber",
    "fromMillis",
    "hash",
    "join",
    "keys",
    "length",
    "lookup",
    "lowercase",
    "map",
    "match",
    "max",
    "merge",
    "millis",
    "min",
    "not",
    "now",
    "number",
    "pad",
    "parse",
    "parseInteger",
    "partition",
    "power",
    "random",
    "range",
    "reduce",
    "replace",
    "reverse",
    "round",
    "shuffle",
    "sift",
    "single",
    "sort",
    "split",
    "spread",
    "sqrt",
    "string",
    "substring",
    "substringAfter",
    "substringBefore",
    "sum",
    "toMillis",
    "trim",
    "type",
    "uppercase",
    "uuid",
    "zip",
];

/// What an expression reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Variables that it does not bind itself; neither `$states` nor functions of the language are among them.
    pub variables: Vec<Name>,
    /// Functions that it calls, though it does not bind them and the language has none of that name.
    pub unknown_functions: Vec<Name>,
    /// Members of `$states`.
    pub states: Vec<Name>,
    /// The names of `$a.b.c`, where that is all of it: the variable and the fields; else empty.
    pub path: Vec<Name>,
    /// `$`, `$$` and bare names where there is nothing that they could start from: an expression has no input of its own.
    pub rootless: Vec<Name>,
}

/// A name in an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Without its first `$`.
    pub name: Text,
    /// Its bytes in the expression, with `$`.
    pub range: Range<usize>,
    /// Whether the expression asks by `$exists` if it is there.
    pub tested: bool,
}

impl Outline {
    /// The names of an expression that is `$a.b.c` and nothing else. Much quicker than the whole outline.
    pub fn plain_path(text: &str) -> Option<Vec<Name>> {
        let tokens = lexer::tokens(text);
        let mut walk = Walk::new(text, &tokens.all);
        (tokens.fault.is_none() && walk.plain_path()).then_some(walk.found.path)
    }

    /// Reads an expression, without its `{%` and `%}`. Ranges are those of the text as it is given.
    ///
    /// Errors: what is wrong with the text, where, and a change that mends it where there is one.
    pub fn of(text: &str) -> Result<Outline, Fault> {
        let tokens = lexer::tokens(text);
        let mut walk = Walk::new(text, &tokens.all);
        if tokens.fault.is_some() || !walk.plain_path() {
            program::read(text).map_err(|fault| fault.with_repair(text))?;
            walk.members();
            walk.tree();
        }
        Ok(walk.found)
    }
}

struct Walk<'t> {
    text: &'t str,
    tokens: &'t [Token],
    scopes: Vec<Scope>,
    /// Variables that `$exists` is asked about, and members of `$states`.
    asked: BTreeSet<&'t str>,
    asked_members: BTreeSet<&'t str>,
    /// The tokens of each name that no dot precedes, the last first, once one is looked for.
    bare: Option<BTreeMap<&'t str, Vec<usize>>>,
    found: Outline,
}

/// A block or the body of a function.
struct Scope {
    /// A body is evaluated later, when all that is assigned around it has been.
    is_body: bool,
    /// What is bound so far.
    bound: BTreeSet<String>,
    /// What is assigned somewhere in it.
    coming: BTreeSet<String>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, tokens: &'t [Token]) -> Walk<'t> {
        let mut walk = Walk {
            text,
            tokens,
            scopes: Vec::new(),
            asked: BTreeSet::new(),
            asked_members: BTreeSet::new(),
            bare: None,
            found: Outline::default(),
        };
        for index in 2..tokens.len() {
            if walk.written(index - 2) == "$exists" && walk.written(index - 1) == "(" {
                walk.asked.extend(walk.written(index).strip_prefix('$'));
                walk.asked_members
                    .extend(walk.member(index).map(|(name, _)| name));
            }
        }
        walk
    }

    fn written(&self, index: usize) -> &'t str {
        self.tokens
            .get(index)
            .map_or("", |token| &self.text[token.range.clone()])
    }

    /// Most expressions are `$a.b.c`, and need no parser.
    fn plain_path(&mut self) -> bool {
        let steps = self.tokens.get(1..).unwrap_or_default();
        let plain = self
            .tokens
            .first()
            .is_some_and(|first| first.kind == Kind::Variable)
            && self.written(0) != "$eval"
            && steps.len() % 2 == 0
            && steps.chunks(2).all(|step| {
                let name = &self.text[step[1].range.clone()];
                &self.text[step[0].range.clone()] == "."
                    && step[1].kind == Kind::Name
                    && !matches!(name, "true" | "false" | "null" | "λ" | "function")
            });
        if plain {
            self.members();
            self.variable(&self.written(0)[1..], 0, false);
            let names = (0..self.tokens.len()).step_by(2).filter_map(|index| {
                let name = self.bare_name(index);
                self.name(
                    name.strip_prefix('$').filter(|_| index == 0).unwrap_or(name),
                    index,
                    false,
                )
            });
            self.found.path = names.collect();
        }
        plain
    }

    /// The member that `$states.x` names at this token, and its place; `x` may be in quotes.
    fn member(&self, index: usize) -> Option<(&'t str, &'t Range<usize>)> {
        let member = self.tokens.get(index + 2)?;
        let names = matches!(member.kind, Kind::Name | Kind::String)
            && self.written(index) == "$states"
            && self.written(index + 1) == ".";
        names.then(|| (self.bare_name(index + 2), &member.range))
    }

    fn members(&mut self) {
        for index in 0..self.tokens.len() {
            if let Some((name, range)) = self.member(index) {
                self.found.states.push(Name {
                    name: name.into(),
                    range: range.clone(),
                    tested: self.asked_members.contains(name),
                });
            }
        }
    }

    /// What a token says, without its quotes.
    fn bare_name(&self, index: usize) -> &'t str {
        self.written(index).trim_matches(['`', '\'', '"'])
    }

    fn tree(&mut self) {
        let mut numbered = String::with_capacity(self.text.len() * 2);
        let mut at = 0;
        for (index, token) in self.tokens.iter().enumerate() {
            if token.kind == Kind::Variable {
                numbered.push_str(&self.text[at..token.range.end]);
                numbered.push_str(&format!("${index}"));
                at = token.range.end;
            }
        }
        numbered.push_str(&self.text[at..]);
        // The text itself was sound.
        let Ok(mut tree) = parser::parse(&numbered) else {
            return;
        };
        let coming = assigned(std::slice::from_mut(&mut tree));
        self.enter(false, BTreeSet::new(), coming);
        self.node(&mut tree, false);
        for names in [
            &mut self.found.variables,
            &mut self.found.unknown_functions,
            &mut self.found.rootless,
        ] {
            names.sort_by_key(|name| name.range.start);
        }
    }

    fn enter(&mut self, is_body: bool, bound: BTreeSet<String>, coming: BTreeSet<String>) {
        self.scopes.push(Scope {
            is_body,
            bound,
            coming,
        });
    }

    fn bind(&mut self, numbered: &str) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.bound.insert(number(numbered).0.to_owned());
        }
    }

    fn is_bound(&self, name: &str) -> bool {
        let mut later = false;
        for scope in self.scopes.iter().rev() {
            if scope.bound.contains(name) || (later && scope.coming.contains(name)) {
                return true;
            }
            later |= scope.is_body;
        }
        false
    }

    /// A variable by its name and its token. `here`: whether `$` means something.
    fn variable(&mut self, name: &str, index: usize, here: bool) {
        match name {
            "$" => self.rootless(name, index),
            "" if here => {}
            "" => self.rootless(name, index),
            "states" => {}
            name if self.is_bound(name) || FUNCTIONS.contains(&name) => {}
            name => {
                let tested = self.asked.contains(name);
                self.found.variables.extend(self.name(name, index, tested));
            }
        }
    }

    fn function(&mut self, numbered: &str) {
        let (name, index) = number(numbered);
        if !self.is_bound(name) && !FUNCTIONS.contains(&name) {
            self.found.unknown_functions.extend(self.name(name, index, false));
        }
    }

    fn rootless(&mut self, name: &str, index: usize) {
        self.found.rootless.extend(self.name(name, index, false));
    }

    fn name(&self, name: &str, index: usize, tested: bool) -> Option<Name> {
        Some(Name {
            name: name.into(),
            range: self.tokens.get(index)?.range.clone(),
            tested,
        })
    }

    /// A bare name at the beginning of a path: where it stands next.
    fn bare(&mut self, name: &str) {
        let mut bare = self.bare.take().unwrap_or_else(|| self.bare_tokens());
        if let Some(index) = bare.get_mut(name).and_then(Vec::pop) {
            self.rootless(name, index);
        }
        self.bare = Some(bare);
    }

    fn bare_tokens(&self) -> BTreeMap<&'t str, Vec<usize>> {
        let mut bare: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for index in (0..self.tokens.len()).rev() {
            let follows_dot = index > 0 && self.written(index - 1) == ".";
            if self.tokens[index].kind == Kind::Name && !follows_dot {
                bare.entry(self.bare_name(index)).or_default().push(index);
            }
        }
        bare
    }

    fn node(&mut self, node: &mut AstNode, here: bool) {
        stacker::maybe_grow(RED_ZONE, MORE_STACK, || self.look(node, here));
    }

    fn look(&mut self, node: &mut AstNode, here: bool) {
        match node {
            AstNode::Variable(name) => {
                let (name, index) = number(name);
                self.variable(name, index, here);
            }
            AstNode::Name(name) if !here => self.bare(name),
            AstNode::Path { steps } => {
                for (index, step) in steps.iter_mut().enumerate() {
                    self.node(&mut step.node, here || index > 0);
                    for name in step.focus.iter().chain(&step.index_var) {
                        self.bind(name);
                    }
                    for stage in &mut step.stages {
                        match stage {
                            Stage::Filter(filter) => self.node(filter, true),
                            Stage::Index(name) => self.bind(name),
                            Stage::KeepArray => {}
                        }
                    }
                }
            }
            AstNode::Lambda { params, body, .. } => {
                let bound = params.iter().map(|name| number(name).0.to_owned()).collect();
                self.enter(true, bound, assigned(std::slice::from_mut(&mut **body)));
                self.node(body, here);
                self.scopes.pop();
            }
            AstNode::Block(items) => {
                self.enter(false, BTreeSet::new(), assigned(items));
                items.iter_mut().for_each(|item| self.node(item, here));
                self.scopes.pop();
            }
            AstNode::Binary { op, lhs, rhs } => self.binary(*op, lhs, rhs, here),
            AstNode::ObjectTransform { input, pattern } => {
                self.node(input, here);
                for (key, value) in pattern {
                    self.node(key, true);
                    self.node(value, true);
                }
            }
            AstNode::Sort { input, terms } => {
                self.node(input, here);
                terms.iter_mut().for_each(|(term, _)| self.node(term, true));
            }
            other => {
                if let AstNode::Function {
                    name,
                    is_builtin: true,
                    ..
                } = &*other
                {
                    self.function(name);
                }
                // What `|…|…|` and `.(…)` hold is evaluated for each value.
                let here =
                    here || matches!(other, AstNode::Transform { .. } | AstNode::FunctionApplication(_));
                let mut children = Vec::new();
                guard::children(other, &mut children);
                children.into_iter().for_each(|(child, _)| self.node(child, here));
            }
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &mut AstNode, right: &mut AstNode, here: bool) {
        match (op, &*left, &*right) {
            (BinaryOp::ColonEqual, AstNode::Variable(name), _) => {
                self.node(right, here);
                self.bind(name);
            }
            (BinaryOp::FocusBind | BinaryOp::IndexBind, _, AstNode::Variable(name)) => {
                self.node(left, here);
                self.bind(name);
            }
            (BinaryOp::ChainPipe, _, AstNode::Variable(name)) => {
                self.node(left, here);
                self.function(name);
            }
            _ => {
                self.node(left, here);
                self.node(right, here);
            }
        }
    }
}

/// The name and the number behind it.
fn number(numbered: &str) -> (&str, usize) {
    let parts = numbered.rsplit_once('$');
    parts
        .and_then(|(name, number)| Some((name, number.parse().ok()?)))
        .unwrap_or((numbered, usize::MAX))
}

/// The variables that these nodes assign in their own scope.
fn assigned(nodes: &mut [AstNode]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut waiting: Vec<&mut AstNode> = nodes.iter_mut().collect();
    while let Some(node) = waiting.pop() {
        match node {
            AstNode::Lambda { .. } | AstNode::Block(_) => continue,
            AstNode::Binary {
                op: BinaryOp::ColonEqual,
                lhs,
                ..
            } => {
                if let AstNode::Variable(name) = &**lhs {
                    names.insert(number(name).0.to_owned());
                }
            }
            _ => {}
        }
        let mut children = Vec::new();
        guard::children(node, &mut children);
        waiting.extend(children.into_iter().map(|(child, _)| child));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variables, then `f:` unknown functions, `s:` members of `$states`, `r:` what has no root; `?` where it is asked about.
    fn shown(text: &str) -> String {
        let outline = match Outline::of(text) {
            Ok(outline) => outline,
            Err(fault) => return format!("!{}", fault.message),
        };
        let mut parts = Vec::new();
        for (mark, names) in [
            ("", &outline.variables),
            ("f:", &outline.unknown_functions),
            ("s:", &outline.states),
            ("r:", &outline.rootless),
        ] {
            for name in names {
                let written = text[name.range.clone()].trim_matches(['$', '`', '\'']);
                assert_eq!(written, name.name.trim_matches('$'), "{text}");
                let asked = if name.tested { "?" } else { "" };
                parts.push(format!("{mark}{}@{}{asked}", name.name, name.range.start));
            }
        }
        parts.join(" ")
    }

    #[test]
    fn table() {
        for (text, expected) in [
            ("$x", "x@0"),
            ("$x.a.b", "x@0"),
            ("$states.input.a", "s:input@8"),
            ("$states.'foo' & $states.`bar`", "s:foo@8 s:bar@24"),
            ("$sum($x) + $count($y.z[$w = a])", "x@5 y@18 w@23"),
            // What it binds itself is its own, from there on.
            ("($x := 1; $x + $y)", "y@15"),
            ("($x := $x; $x)", "x@7"),
            ("($x := 1; $x) + $x", "x@16"),
            ("$map($a, function($v, $i){$v + $i + $j})", "a@5 j@36"),
            ("($f := function($n){$n = 0 ? 1 : $f($n - 1)}; $f(3))", ""),
            ("($f := function(){$g()}; $g := function(){1}; $f())", ""),
            ("$g() + ($g := function(){1}; 2)", "f:g@0"),
            ("$a@$o#$i.b[$o.c = $i]", "a@0"),
            ("$a.b^($.c, >d)", "a@0"),
            ("$foo($x) ~> $bar", "x@5 f:foo@0 f:bar@12"),
            ("$sums([1])", "f:sums@0"),
            ("$map([1], $sum)", ""),
            ("$exists($x) ? $x : 1", "x@8? x@14?"),
            (
                "$exists($states.result) ? $states.result.a : $states.errorOutput",
                "s:result@16? s:result@34? s:errorOutput@53",
            ),
            // There is no input of its own.
            ("$", "r:@0"),
            ("$$.a", "r:$@0"),
            ("a.b", "r:a@0"),
            ("{'k': a}", "r:a@6"),
            ("$x.{'k': a, 'l': $}", "x@0"),
            ("$x{k: $sum(v)}", "x@0"),
            ("$map($x, function($v){v})", "x@5 r:v@22"),
            ("$x.$map(y, function($v){z})", "x@0"),
            ("$x ~> |a|{'b': c}|", "x@0"),
            ("$x[$$.a = b]", "x@0 r:$@3"),
            ("'text' & 1 & true", ""),
            ("function($x)<n:n>{$x}(1)", ""),
            ("1 +", "!S0207: Unexpected end of expression"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn deep_texts_are_read() {
        for text in [
            format!("{}$x{}", "(".repeat(300), ")".repeat(300)),
            format!("$x{}", "+$x".repeat(300)),
            format!("{}$x{}", "function($a){".repeat(300), "}".repeat(300)),
        ] {
            assert!(!Outline::of(&text).unwrap().variables.is_empty());
        }
    }
}
