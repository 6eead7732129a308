//! Random machines that always come to an end: states only go forward. Every other state or so speaks JSONata.

use std::sync::Arc;

use asl::expr::jsonata::{Expression, Template};
use asl::machine::states::{Choice, Fail, Items, Map, Mode, Parallel, Pass, Rule, Succeed, Task, Test, Wait};
use asl::machine::{
    Catcher, DataFlow, Jitter, PathField, Pattern, Payload, QueryLanguage, Resource, ResultPath, Retrier,
    Scope, ScopeId, ScopeRole, Setting, State, StateId, StateKind, StateMachine, Transition,
};
use asl::value::Value;

/// Numbers that decide what a machine looks like; behind their end all are 0.
pub(crate) struct Choices<'a>(pub(crate) std::slice::Iter<'a, u8>);

impl Choices<'_> {
    pub(crate) fn below(&mut self, most: u8) -> u8 {
        self.0.next().copied().unwrap_or(0) % most
    }
}

/// A machine in the making.
struct Builder {
    scopes: Vec<Scope>,
    states: Vec<State>,
}

pub(crate) fn machine(choices: &[u8]) -> Arc<StateMachine> {
    let mut builder = Builder {
        scopes: Vec::new(),
        states: Vec::new(),
    };
    let choices = &mut Choices(choices.iter());
    let timeout_seconds = (choices.below(6) == 0).then_some(30);
    builder.scope(None, ScopeRole::Root, 0, choices);
    Arc::new(StateMachine {
        comment: None,
        timeout_seconds,
        query_language: QueryLanguage::JsonPath,
        scopes: builder.scopes,
        states: builder.states,
        text: "".into(),
    })
}

fn id(states: &[State]) -> StateId {
    StateId(u32::try_from(states.len()).unwrap())
}

impl Builder {
    fn scope(
        &mut self,
        owner: Option<StateId>,
        role: ScopeRole,
        depth: u8,
        choices: &mut Choices<'_>,
    ) -> ScopeId {
        let scope = ScopeId(u32::try_from(self.scopes.len()).unwrap());
        self.scopes.push(Scope {
            owner,
            role,
            start: StateId(0),
            states: Vec::new(),
        });
        let count = 1 + choices.below(4);
        // All states first, so that the later ones can be named; what they contain comes after them.
        let first = id(&self.states).0;
        for index in 0..count {
            let state = self.placeholder(scope, index + 1 == count);
            self.states.push(state);
        }
        let own: Vec<StateId> = (first..first + u32::from(count)).map(StateId).collect();
        self.scopes[scope.0 as usize].start = own[0];
        self.scopes[scope.0 as usize].states.clone_from(&own);
        for (index, state) in own.iter().enumerate() {
            self.fill(*state, &own[index + 1..], depth, choices);
        }
        scope
    }

    fn placeholder(&self, scope: ScopeId, last: bool) -> State {
        let id = id(&self.states);
        State {
            id,
            name: format!("S{}", id.0).into(),
            scope,
            query_language: QueryLanguage::JsonPath,
            kind: StateKind::Succeed(Succeed),
            flow: DataFlow::default(),
            retry: Vec::new(),
            catch: Vec::new(),
            transition: if last {
                Transition::End
            } else {
                Transition::Next(StateId(id.0 + 1))
            },
        }
    }

    fn fill(&mut self, id: StateId, later: &[StateId], depth: u8, choices: &mut Choices<'_>) {
        let kind = match choices.below(12) {
            0..3 => StateKind::Pass(Pass {
                result: Some(list(choices.below(5))),
            }),
            3..6 => StateKind::Task(task(choices)),
            6 => StateKind::Wait(Wait::Seconds(u64::from(choices.below(4)))),
            7 if !later.is_empty() => self.choice(later, choices),
            8 => StateKind::Fail(Fail {
                error: Setting::Literal("Thrown".into()),
                cause: Setting::Unset,
            }),
            9 if depth < 2 => self.parallel(id, depth, choices),
            10..12 if depth < 2 => self.map(id, depth, choices),
            _ => StateKind::Pass(Pass { result: None }),
        };
        let works = matches!(
            kind,
            StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_)
        );
        let state = &mut self.states[id.0 as usize];
        state.kind = kind;
        if choices.below(4) == 0 {
            state.flow.result_path = ResultPath::Discard;
        }
        if works && choices.below(2) == 0 {
            state.retry.push(retrier(choices));
        }
        if let Some(next) = later.last().filter(|_| works && choices.below(2) == 0) {
            state.catch.push(catcher(*next));
        }
        if choices.below(2) == 0 {
            speak_jsonata(state, choices);
        }
    }

    fn choice(&mut self, later: &[StateId], choices: &mut Choices<'_>) -> StateKind {
        let next = later[usize::from(choices.below(u8::try_from(later.len()).unwrap()))];
        let rule = Rule {
            test: Test::Always(choices.below(2) == 0),
            next,
            assign: None,
            output: None,
        };
        StateKind::Choice(Choice {
            rules: vec![rule],
            default: later.first().copied(),
        })
    }

    fn parallel(&mut self, id: StateId, depth: u8, choices: &mut Choices<'_>) -> StateKind {
        let count = usize::from(choices.below(4));
        let branches =
            (0..count).map(|index| self.scope(Some(id), ScopeRole::Branch(index), depth + 1, choices));
        StateKind::Parallel(Parallel {
            branches: branches.collect(),
        })
    }

    fn map(&mut self, id: StateId, depth: u8, choices: &mut Choices<'_>) -> StateKind {
        let processor = self.scope(Some(id), ScopeRole::Processor, depth + 1, choices);
        StateKind::Map(Box::new(Map {
            processor,
            mode: Mode::Inline,
            items: Items::Path(PathField::Whole),
            item_selector: None,
            max_concurrency: Setting::Literal(u64::from(choices.below(3))),
            tolerated_failure_percentage: Setting::Unset,
            tolerated_failure_count: Setting::Literal(u64::from(choices.below(2))),
            label: None,
            item_reader: None,
            item_batcher: None,
            result_writer: None,
        }))
    }
}

/// Turns a state to JSONata, with expressions that look at everything there is: input, result, variables, time and chance.
fn speak_jsonata(state: &mut State, choices: &mut Choices<'_>) {
    state.query_language = QueryLanguage::Jsonata;
    state.flow = DataFlow {
        parameters: (choices.below(2) == 0).then(|| Payload::Jsonata(template("{% $states.input %}"))),
        assign: (choices.below(2) == 0).then(|| {
            Payload::Jsonata(template(
                r#"{"x": "{% ($exists($x) ? $count($x) : 0) + 1 %}", "id": "{% $uuid() %}"}"#,
            ))
        }),
        output: match choices.below(5) {
            0 => Some(template(
                "{% [$millis(), $now(), $now('[s].[f]'), $random(), $random(7), $uuid(), $shuffle([1..3])] %}",
            )),
            1 => Some(template(
                r#"["{% $states.context.State.Name %}", "{% $exists($x) ? $x : null %}"]"#,
            )),
            2 => Some(template("{% $nothing %}")),
            _ => None,
        },
        ..DataFlow::default()
    };
    let random = || expression("$floor($random() * 3)");
    match &mut state.kind {
        StateKind::Wait(wait) => *wait = Wait::SecondsJsonata(random()),
        StateKind::Choice(choice) => choice.rules[0].test = Test::Jsonata(expression("$random() < 0.5")),
        StateKind::Fail(fail) => fail.error = Setting::Jsonata(expression("'E' & $x")),
        StateKind::Task(task) => task.timeout = Setting::Jsonata(expression("2 + $floor($random() * 3)")),
        StateKind::Map(map) => {
            map.items = match choices.below(3) {
                0 => Items::Input,
                1 => Items::Jsonata(template("{% [1..$floor($random() * 4)][] %}")),
                _ => Items::Jsonata(template(r#"[1, "{% $states.input %}"]"#)),
            };
            map.max_concurrency = Setting::Jsonata(random());
        }
        StateKind::Pass(_) | StateKind::Succeed(_) | StateKind::Parallel(_) => {}
    }
    for catcher in &mut state.catch {
        catcher.output = (choices.below(2) == 0).then(|| template("{% $states.errorOutput %}"));
        catcher.assign = Some(Payload::Jsonata(template(
            r#"{"x": "{% $states.errorOutput.Error %}"}"#,
        )));
    }
}

/// A text that is one expression, or JSON with some in it.
fn template(text: &str) -> Template {
    let value = Value::parse(text).unwrap_or_else(|_| Value::string(text));
    Template::compile(&value).unwrap()
}

fn expression(text: &str) -> Expression {
    Expression::parse(text).unwrap()
}

/// `[[0, 1], [0, 1], …]`: a list of lists, so that a Map in a Map has items too.
fn list(length: u8) -> Value {
    Value::array((0..length).map(|_| Value::array((0..2u32).map(Value::from))))
}

fn task(choices: &mut Choices<'_>) -> Task {
    let pattern = if choices.below(2) == 0 {
        Pattern::RequestResponse
    } else {
        Pattern::WaitForTaskToken
    };
    let resource = match choices.below(3) {
        0 => Resource::Function {
            arn: "arn:aws:lambda:us-east-1:123456789012:function:f".into(),
        },
        1 => Resource::Activity {
            arn: "arn:aws:states:us-east-1:123456789012:activity:a".into(),
        },
        _ => Resource::Integration {
            service: "sqs".into(),
            action: "sendMessage".into(),
            resource: format!("sendMessage{}", pattern.suffix()).into(),
            pattern,
        },
    };
    let seconds = |number: u8| {
        if number == 0 {
            Setting::Unset
        } else {
            Setting::Literal(u64::from(number))
        }
    };
    Task {
        resource,
        timeout: seconds(choices.below(5)),
        heartbeat: seconds(choices.below(3)),
        credentials: None,
    }
}

fn retrier(choices: &mut Choices<'_>) -> Retrier {
    Retrier {
        error_equals: vec!["States.ALL".into()],
        interval_seconds: 1,
        max_attempts: u64::from(choices.below(3)),
        backoff_rate: 2.0,
        max_delay_seconds: None,
        jitter: if choices.below(2) == 0 {
            Jitter::None
        } else {
            Jitter::Full
        },
    }
}

fn catcher(next: StateId) -> Catcher {
    Catcher {
        error_equals: vec!["States.ALL".into()],
        next,
        result_path: ResultPath::Whole,
        assign: None,
        output: None,
    }
}
