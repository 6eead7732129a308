//! A state from elsewhere, as JSON text, or a copy of one that is there, put into the flow.
//!
//! What is pasted is read as a definition of its own, of that one state: so its name, and the names of the states
//! in it, are made unique by renaming, with every reference.

use serde_json::Value as Json;

use super::insert_state::{Gap, Link};
use super::new_state::unique_name;
use super::{Draft, Edit, EditError, EditErrorCode, Outcome, Place, apply, refuse};
use crate::definition::{Definition, StateIx};
use crate::text::rewrite::Rewrite;
use crate::text::{Format, Kind, Tree};
use crate::words::StateType;

impl Draft<'_> {
    /// `text` is `{"name": {"Type": …}}`, or the body alone.
    pub(super) fn paste_state(&mut self, place: &Place, text: &str) -> Result<Outcome, EditError> {
        let gap = match place {
            Place::OnTransition { from, transition } => self.on_transition(from, *transition)?,
            Place::BeforeStart { scope } => self.before_start(scope)?,
            Place::After { state } => self.after_or_beside(state)?,
        };
        let name = self.put_copy(gap, clip(text)?)?;
        Ok((Some(name.clone()), format!("Paste {name}")))
    }

    pub(super) fn duplicate_state(&mut self, key: &str) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let text = self.copied(ix).ok_or_else(|| {
            refuse(
                EditErrorCode::Unchangeable,
                format!("{key:?} is too damaged to be copied"),
            )
        })?;
        let gap = self.after_or_beside(key)?;
        let name = self.put_copy(gap, clip(&text)?)?;
        Ok((Some(name), format!("Duplicate {}", self.definition.at(ix).name)))
    }

    fn copied(&self, ix: StateIx) -> Option<String> {
        copied_state(self.definition, self.tree, ix)
    }

    /// Behind a state; where nothing can follow, beside it, with nothing that leads there.
    fn after_or_beside(&self, key: &str) -> Result<Gap, EditError> {
        match self.after(key) {
            Err(EditError {
                code: EditErrorCode::NothingFollows,
                ..
            }) => {
                let ix = self.find(key)?;
                Ok(Gap {
                    scope: self.definition.at(ix).scope,
                    beside: Some(ix),
                    before: false,
                    link: Link::Done,
                    next: None,
                })
            }
            other => other,
        }
    }

    fn put_copy(&mut self, mut gap: Gap, clip: Tree) -> Result<String, EditError> {
        let clip = self.with_new_names(clip)?;
        let definition = Definition::read(&clip);
        let Some(state) = definition
            .root()
            .states
            .first()
            .map(|first| definition.at(*first))
        else {
            return Err(no_state());
        };
        let name = state.name.to_string();
        let body = clip_flow(&clip, &definition, gap.next.as_deref())?;
        let node = body
            .root()
            .and_then(|root| root.get("States")?.members().next()?.value);
        if let Some(node) = node {
            self.put_members(&mut gap, &[(&name, node)])?;
        }
        self.link(&gap.link, &name);
        Ok(name)
    }

    /// The clip with names that this machine does not have.
    fn with_new_names(&self, mut clip: Tree) -> Result<Tree, EditError> {
        let count = Definition::read(&clip).states.len();
        for at in 0..count {
            let definition = Definition::read(&clip);
            let Some(state) = definition.states.get(at) else {
                break;
            };
            let others = definition.states.iter().enumerate();
            let others: Vec<&str> = others
                .filter(|(other, _)| *other != at)
                .map(|(_, state)| &*state.name)
                .collect();
            let to = unique_name(self.definition, &state.name, &others);
            if *state.name == *to {
                continue;
            }
            let rename = Edit::RenameState {
                state: state.key.clone(),
                to,
            };
            let text = apply(&definition, &clip, &rename)?.changes.apply(clip.text());
            clip = Tree::parse(text, Format::Json);
        }
        Ok(clip)
    }
}

/// A state alone as JSON text, `{"name": body}`: what is put on the clipboard. None where it is too damaged.
pub fn copied_state(definition: &Definition, tree: &Tree, state: StateIx) -> Option<String> {
    let outline = definition.at(state);
    let name = serde_json::Value::from(&*outline.name);
    let body = tree.node(outline.node?);
    let value = body.to_value()?;
    let body = match tree.format() {
        Format::Json => indented(body.source()),
        Format::Yaml => indented(&value.to_json_pretty()),
    };
    Some(format!("{{\n  {name}: {body}\n}}"))
}

/// Lines behind the first with two blanks more than the least indented of them, which closes the first.
fn indented(text: &str) -> String {
    let behind = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let least = behind
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| {
        format!("{all}\n  {}", line.get(least..).unwrap_or_default())
    })
}

/// Reads what is pasted as a definition of that one state.
fn clip(text: &str) -> Result<Tree, EditError> {
    let tree = Tree::parse(text, Format::Json);
    let root = tree
        .root()
        .filter(|root| root.kind() == Kind::Object && tree.faults().is_empty());
    let root = root.ok_or_else(no_state)?;
    let (name, body) = match root.get("Type") {
        Some(kind) if kind.kind() == Kind::String => (kind.text().into_owned(), root),
        _ => {
            let mut members = root.members();
            match (members.next(), members.next()) {
                (Some(only), None) => (only.name.into_owned(), only.value.ok_or_else(no_state)?),
                _ => return Err(no_state()),
            }
        }
    };
    let kind = body
        .get("Type")
        .and_then(|kind| StateType::from_name(&kind.text()));
    if body.kind() != Kind::Object || kind.is_none() {
        return Err(no_state());
    }
    let name = Json::from(name);
    let text = format!(
        "{{\"StartAt\": {name}, \"States\": {{{name}: {}}}}}",
        body.source()
    );
    Ok(Tree::parse(text, Format::Json))
}

/// The clip with its one state going on to `next`, or ending its scope. A Choice leads where its rules say.
fn clip_flow(clip: &Tree, definition: &Definition, next: Option<&str>) -> Result<Tree, EditError> {
    let state = definition
        .root()
        .states
        .first()
        .map(|first| definition.at(*first));
    let Some((state, node)) = state.and_then(|state| Some((state, clip.node(state.node?)))) else {
        return Err(no_state());
    };
    if !state.state_type.is_some_and(StateType::has_next) {
        return Ok(Tree::parse(clip.text(), Format::Json));
    }
    let (name, value) = match next {
        Some(next) => ("Next", Json::from(next)),
        None => ("End", Json::from(true)),
    };
    let mut rewrite = Rewrite::new(clip);
    let value = super::json_tree(&value);
    let old = node
        .members()
        .find(|member| matches!(&*member.name, "Next" | "End"));
    if let Some(value) = value.root() {
        match old.and_then(|old| Some((old.key, old.value?))) {
            Some((key, old)) => {
                rewrite.rename_key(key, name);
                rewrite.replace(old, value);
            }
            None => rewrite.set_member(node, name, value),
        }
    }
    let changes = rewrite.finish().map_err(|_| no_state())?;
    Ok(Tree::parse(changes.apply(clip.text()), Format::Json))
}

fn no_state() -> EditError {
    let message =
        "this is no state: JSON such as {\"Pause\": {\"Type\": \"Wait\", \"Seconds\": 1}} is expected";
    refuse(EditErrorCode::BadValue, message)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::super::{Edit, EditErrorCode, Place};
    use crate::text::Format::{Json, Yaml};

    fn after(state: &str) -> Place {
        Place::After {
            state: state.to_owned(),
        }
    }

    fn paste(text: &str) -> Edit {
        Edit::PasteState {
            place: after("A"),
            text: text.to_owned(),
        }
    }

    fn duplicate(state: &str) -> Edit {
        Edit::DuplicateState {
            state: state.to_owned(),
        }
    }

    #[test]
    fn goes_into_the_flow() {
        check(
            Yaml,
            paste(r#"{"B": {"Type": "Wait", "Seconds": 1.0, "End": true}}"#),
            Some("B 2"),
            "Paste B 2",
            "
 States:
   A:
     Type: Pass
-    Next: B
+    Next: B 2
+  B 2:
+    Type: Wait
+    Seconds: 1.0
+    Next: B
   B: {Type: Succeed}
",
        );
        check(
            Json,
            paste(r#"{"Type": "Succeed"}"#),
            Some("Succeed"),
            "Paste Succeed",
            r#"
 {"States": {
-  "A": { "Type": "Succeed" }
+  "A": { "Type": "Succeed" },
+  "Succeed": {
+    "Type": "Succeed"
+  }
 }}
"#,
        );
    }

    #[test]
    fn copies_what_is_inside_under_new_names() {
        check(
            Json,
            duplicate("M"),
            Some("M 2"),
            "Duplicate M",
            r#"
 {
   "States": {
     "M": {
       "Type": "Map",
       "ItemProcessor": { "StartAt": "X", "States": { "X": { "Type": "Pass", "End": true } } },
-      "End": true
+      "Next": "M 2"
+    },
+    "M 2": {
+      "Type": "Map",
+      "ItemProcessor": {
+        "StartAt": "X 2",
+        "States": {
+          "X 2": {
+            "Type": "Pass",
+            "End": true
+          }
+        }
+      },
+      "End": true
     }
   }
 }
"#,
        );
        check(
            Yaml,
            duplicate("A"),
            Some("A 2"),
            "Duplicate A",
            "
 States:
   A:
     Type: Choice
     Choices:
       - {Variable: $.a, IsNull: true, Next: A}
-    Default: B
+    Default: A 2
+  A 2:
+    Type: Choice
+    Choices:
+      - Variable: $.a
+        IsNull: true
+        Next: A 2
+    Default: B
   B: {Type: Succeed}
",
        );
    }

    #[test]
    fn takes_one_state_only() {
        let text = r#"{"States": {"A": {"Type": "Pass"}}}"#;
        for clip in [
            "",
            "[]",
            "7",
            "{\"A\": 1}",
            r#"{"A": {"Type": "Pass"}, "B": {"Type": "Pass"}}"#,
            r#"{"A": {"Type": "Goto"}}"#,
        ] {
            refused(Json, text, &paste(clip), EditErrorCode::BadValue);
        }
        refused(Json, text, &duplicate("Z"), EditErrorCode::NotFound);
    }
}
