//! One evaluation: what the expressions of one field share. Nothing is converted before it is read.

use std::cell::{Cell, OnceCell};
use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use jsonata_core::evaluator::{Context, Evaluator, EvaluatorOptions};
use jsonata_core::value::JValue;

use super::program::{Program, StatesUse};
use super::values::{Unsupported, from_evaluator, to_evaluator};
use super::{Scope, functions, messages};
use crate::expr::limits::MAX_STEPS;
use crate::value::Value;

/// Levels of evaluation. A call that is not in tail position takes about three.
const MAX_LEVELS: usize = 6_000;

/// Items of one sequence.
const MAX_ITEMS: usize = 1_000_000;

/// Bytes of stack for expressions whose functions make functions. It is taken from the system as far as it is used.
const STACK: usize = 64 << 20;

/// What the functions of one session share.
pub(super) struct Shared {
    /// Steps that are left.
    left: Cell<u64>,
    /// The next random number is made of this.
    seed: Cell<u64>,
    /// The execution's time in milliseconds since 1970 (UTC).
    pub(super) now: i64,
}

impl Shared {
    /// Takes steps off; `false` if too few are left.
    pub(super) fn spend(&self, steps: u64) -> bool {
        match self.left.get().checked_sub(steps) {
            Some(left) => {
                self.left.set(left);
                true
            }
            None => {
                self.left.set(0);
                false
            }
        }
    }

    /// The steps that are left.
    pub(super) fn left(&self) -> u64 {
        self.left.get()
    }

    /// The next random number.
    pub(super) fn random(&self) -> u64 {
        let seed = self.seed.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.seed.set(seed);
        functions::scatter(seed)
    }
}

/// The surroundings of one or more expressions.
pub(super) struct Session<'a> {
    scope: Scope<'a>,
    shared: OnceCell<Rc<Shared>>,
    context: OnceCell<Value>,
    /// `$states` with the members that were asked for first.
    states: OnceCell<(StatesUse, JValue)>,
}

impl<'a> Session<'a> {
    pub(super) fn new(scope: Scope<'a>) -> Session<'a> {
        Session {
            scope,
            shared: OnceCell::new(),
            context: OnceCell::new(),
            states: OnceCell::new(),
        }
    }

    /// A member of `$states`; none where it is not there.
    pub(super) fn states_member(&self, name: &str) -> Option<Value> {
        match name {
            "input" => Some(self.scope.input.clone()),
            "result" => self.scope.result.cloned(),
            "errorOutput" => self.scope.error_output.cloned(),
            "context" => Some(self.context().clone()),
            _ => None,
        }
    }

    pub(super) fn variable(&self, name: &str) -> Option<Value> {
        self.scope.host.variable(name)
    }

    fn context(&self) -> &Value {
        self.context.get_or_init(|| self.scope.host.context())
    }

    /// The value of an expression.
    ///
    /// Errors: what is wrong, as it stands behind "The JSONata expression … specified for the field …" in an error's cause.
    pub(super) fn run(&self, program: &Program) -> Result<Value, String> {
        if let Some(value) = program.direct.as_ref().and_then(|direct| direct.read(self)) {
            return Ok(value);
        }
        // The evaluator is not ours: should it fail in a way of its own, the expression fails and nothing else does.
        let work = || std::panic::catch_unwind(AssertUnwindSafe(|| self.run_evaluator(program)));
        let worked = match program.nests_functions {
            true => stacker::grow(STACK, work),
            false => work(),
        };
        worked.unwrap_or_else(|_| Err(format!("threw an error during evaluation. {}", messages::BROKEN)))
    }

    fn run_evaluator(&self, program: &Program) -> Result<Value, String> {
        let mut context = Context::new();
        if program.states.any() {
            context.bind("states".to_owned(), self.states(program.states));
        }
        for name in program.variables() {
            if let Some(value) = self.variable(name) {
                context.bind(name.to_string(), to_evaluator(&value));
            }
        }
        let result = self.evaluate(program, context, &JValue::Undefined)?;
        from_evaluator(&result).map_err(|why| match why {
            Unsupported::Undefined => "returned nothing (undefined).".to_owned(),
            Unsupported::Type => "returned an unsupported result type.".to_owned(),
            Unsupported::Size => "returned a value that is too large.".to_owned(),
        })
    }

    /// What the evaluator makes of a program on some data.
    pub(super) fn evaluate(
        &self,
        program: &Program,
        context: Context,
        data: &JValue,
    ) -> Result<JValue, String> {
        let options = EvaluatorOptions {
            max_stack_depth: Some(MAX_LEVELS),
            max_sequence_length: Some(MAX_ITEMS),
            ..EvaluatorOptions::default()
        };
        let mut evaluator = Evaluator::with_options(context, options);
        if !program.functions.is_empty() {
            functions::register(&mut evaluator, &program.functions, self.shared());
        }
        evaluator.evaluate(&program.tree, data).map_err(|error| {
            format!(
                "threw an error during evaluation. {}",
                messages::evaluation(error.message())
            )
        })
    }

    fn shared(&self) -> &Rc<Shared> {
        self.shared.get_or_init(|| {
            Rc::new(Shared {
                left: Cell::new(MAX_STEPS),
                seed: Cell::new(self.scope.host.random()),
                now: self.scope.host.now(),
            })
        })
    }

    fn states(&self, needed: StatesUse) -> JValue {
        let (made, states) = self.states.get_or_init(|| (needed, self.make_states(needed)));
        if *made == needed {
            states.clone()
        } else {
            self.make_states(needed)
        }
    }

    fn make_states(&self, needed: StatesUse) -> JValue {
        let mut members = indexmap::IndexMap::new();
        let mut member = |name: &str, needed: bool, value: Option<&Value>| {
            if let Some(value) = value.filter(|_| needed) {
                members.insert(name.to_owned(), to_evaluator(value));
            }
        };
        member("input", needed.input, Some(self.scope.input));
        if needed.context {
            member("context", true, Some(self.context()));
        }
        member("result", needed.result, self.scope.result);
        member("errorOutput", needed.error_output, self.scope.error_output);
        JValue::object(members)
    }
}
