//! Putting a new state on an edge, before the start of a scope, or behind another state.

use super::new_state::{body, unique_name};
use super::{
    Callee, Draft, EditError, EditErrorCode, Outcome, Place, json_tree, object_text, refuse, value_text,
};
use crate::definition::{ScopeIx, StateIx, TransitionKind};
use crate::text::rewrite::Slot;
use crate::text::{Format, Node, NodeId, Tree};
use crate::words::StateType;

/// What the new state is to be hung in between.
pub(super) struct Gap {
    pub(super) scope: ScopeIx,
    /// Whose place in the text it follows, or comes before.
    pub(super) beside: Option<StateIx>,
    pub(super) before: bool,
    /// What names the next state so far.
    pub(super) link: Link,
    /// The name of the state that comes next.
    pub(super) next: Option<String>,
}

pub(super) enum Link {
    /// This text names it.
    Text(NodeId),
    /// The state ends here: its `End` goes.
    End(StateIx),
    /// The state, or the scope, gets a field of this name.
    Field(NodeId, &'static str),
    /// It is named already.
    Done,
}

impl<'t> Draft<'t> {
    pub(super) fn insert_state(
        &mut self,
        place: &Place,
        state_type: StateType,
        name: Option<&str>,
        callee: Option<&Callee>,
    ) -> Result<Outcome, EditError> {
        let mut gap = match place {
            Place::OnTransition { from, transition } => self.on_transition(from, *transition)?,
            Place::BeforeStart { scope } => self.before_start(scope)?,
            Place::After { state } => self.after(state)?,
        };
        let name = unique_name(self.definition, name.unwrap_or(state_type.name()), &[]);
        self.check_name(&name)?;
        let mut states = Vec::new();
        let mut next = gap.next.clone();
        if state_type == StateType::Choice && next.is_none() {
            // A Choice cannot end a scope.
            let end = unique_name(self.definition, "Done", &[&name]);
            states.push((
                end.clone(),
                body(StateType::Succeed, self.definition.query_language, None, None, ""),
            ));
            next = Some(end);
        }
        let inner = unique_name(self.definition, "Pass", &[&name]);
        let language = self.definition.query_language;
        let body = body(state_type, language, callee, next.as_deref(), &inner);
        states.insert(0, (name.clone(), body));
        self.put_states(&mut gap, &states)?;
        self.link(&gap.link, &name);
        Ok((Some(name.clone()), format!("Insert {name}")))
    }

    pub(super) fn on_transition(&self, from: &str, index: usize) -> Result<Gap, EditError> {
        let ix = self.find(from)?;
        let state = self.definition.at(ix);
        let transition = state.transitions.get(index).ok_or_else(|| {
            refuse(
                EditErrorCode::NotFound,
                format!("{from:?} has no transition {index} any more"),
            )
        })?;
        Ok(Gap {
            scope: state.scope,
            beside: Some(ix),
            before: false,
            link: Link::Text(transition.node),
            next: Some(transition.target.to_string()),
        })
    }

    pub(super) fn before_start(&self, scope: &str) -> Result<Gap, EditError> {
        let ix = self.find_scope(scope)?;
        let outline = self.definition.scope(ix);
        let node = outline.node.ok_or_else(|| {
            refuse(
                EditErrorCode::Unchangeable,
                "the text holds no definition; start it with {}",
            )
        })?;
        let next = outline
            .start_at
            .as_ref()
            .filter(|_| outline.start.is_some())
            .map(|name| name.to_string());
        let link = outline
            .start_node
            .map_or(Link::Field(node, "StartAt"), Link::Text);
        Ok(Gap {
            scope: ix,
            beside: outline.start,
            before: true,
            link,
            next,
        })
    }

    pub(super) fn after(&self, key: &str) -> Result<Gap, EditError> {
        let ix = self.find(key)?;
        let state = self.definition.at(ix);
        let is_choice = state.state_type == Some(StateType::Choice);
        let wanted = if is_choice {
            TransitionKind::Default
        } else {
            TransitionKind::Next
        };
        if matches!(state.state_type, Some(StateType::Succeed | StateType::Fail)) {
            let message = format!("nothing follows {key:?}: a state of its type ends the flow");
            return Err(refuse(EditErrorCode::NothingFollows, message));
        }
        if let Some(index) = state
            .transitions
            .iter()
            .position(|transition| transition.kind == wanted)
        {
            return self.on_transition(key, index);
        }
        let node = state
            .node
            .ok_or_else(|| refuse(EditErrorCode::Unchangeable, format!("{key:?} has no body yet")))?;
        let ends = !is_choice && self.node(node).get("End").is_some();
        let link = match ends {
            true => Link::End(ix),
            false => Link::Field(node, if is_choice { "Default" } else { "Next" }),
        };
        Ok(Gap {
            scope: state.scope,
            beside: Some(ix),
            before: false,
            link,
            next: None,
        })
    }

    fn put_states(&mut self, gap: &mut Gap, states: &[(String, serde_json::Value)]) -> Result<(), EditError> {
        let bodies: Vec<Tree> = states.iter().map(|(_, body)| json_tree(body)).collect();
        let names = states.iter().map(|(name, _)| name.as_str());
        let members: Vec<(&str, Node<'_>)> = names.zip(bodies.iter().filter_map(Tree::root)).collect();
        self.put_members(gap, &members)
    }

    /// Writes new states beside the one that they follow.
    pub(super) fn put_members(
        &mut self,
        gap: &mut Gap,
        states: &[(&str, Node<'_>)],
    ) -> Result<(), EditError> {
        let scope = self.definition.scope(gap.scope);
        let Some(states_node) = scope.states_node else {
            let node = scope
                .node
                .ok_or_else(|| refuse(EditErrorCode::Unchangeable, "the text holds no definition"))?;
            self.put_first_states(self.node(node), &mut gap.link, states);
            return Ok(());
        };
        let beside = gap
            .beside
            .and_then(|ix| self.node(self.definition.at(ix).key_node).parent());
        let slot = match beside {
            Some(member) if gap.before => Slot::Before(member.id()),
            Some(member) => Slot::After(member.id()),
            None => Slot::Last,
        };
        self.rewrite.insert_members(self.node(states_node), slot, states);
        Ok(())
    }

    /// The first states of a scope that has no `States`, and its `StartAt` if it has none either.
    fn put_first_states(&mut self, scope: Node<'t>, link: &mut Link, states: &[(&str, Node<'_>)]) {
        let Some((first, _)) = states.first() else { return };
        let start = json_tree(&serde_json::Value::from(*first));
        let members = states.iter().filter_map(|(name, body)| {
            let name = serde_json::Value::from(*name);
            Some(format!("{name}: {}", value_text(*body)?))
        });
        let all = Tree::parse(object_text(&members.collect::<Vec<_>>()), Format::Json);
        let (Some(start), Some(all)) = (start.root(), all.root()) else {
            return;
        };
        if scope.members().any(|member| member.name == "States") {
            self.rewrite.set_member(scope, "States", all);
        } else if matches!(link, Link::Field(..)) {
            self.rewrite
                .insert_members(scope, Slot::Last, &[("StartAt", start), ("States", all)]);
            *link = Link::Done;
        } else {
            self.rewrite.insert_member(scope, Slot::Last, "States", all);
        }
    }

    pub(super) fn link(&mut self, link: &Link, name: &str) {
        match *link {
            Link::Done => {}
            Link::Text(node) => self.set_text(node, name),
            Link::End(ix) => self.turn_end(ix, name),
            Link::Field(node, field) => {
                let value = json_tree(&serde_json::Value::from(name));
                if let Some(value) = value.root() {
                    self.rewrite.set_member(self.node(node), field, value);
                }
            }
        }
    }

    /// `"End": true` becomes `"Next": …`.
    fn turn_end(&mut self, ix: StateIx, name: &str) {
        let Some(node) = self.definition.at(ix).node else {
            return;
        };
        let end = self
            .node(node)
            .members()
            .filter(|member| member.name == "End")
            .last();
        if let Some(end) = end {
            self.rewrite.rename_key(end.key, "Next");
            if let Some(value) = end.value {
                self.set_text(value.id(), name);
            }
        }
    }
}
