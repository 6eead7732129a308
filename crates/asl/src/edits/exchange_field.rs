//! One of several fields that exclude each other in the place of another: `Seconds` becomes `Timestamp`.

use super::{Draft, EditError, EditErrorCode, Outcome, refuse};
use crate::text::{Format, Tree};

impl Draft<'_> {
    /// `from` and `to` are names of the state's own fields; `value` is JSON text.
    pub(super) fn exchange_field(
        &mut self,
        key: &str,
        from: &str,
        to: &str,
        value: &str,
    ) -> Result<Outcome, EditError> {
        let state = self.definition.at(self.find(key)?);
        let name = state.name.to_string();
        let node = state.node.map(|node| self.node(node));
        let sound = Tree::parse(value, Format::Json);
        let (Some(value), []) = (sound.root(), sound.faults()) else {
            return Err(refuse(EditErrorCode::BadValue, format!("{to} would not be JSON")));
        };
        let node = node.filter(|node| !node.is_alias()).ok_or_else(|| {
            let message = format!("{name:?} has no fields of its own that could be exchanged");
            refuse(EditErrorCode::Unchangeable, message)
        })?;
        let old = node.members().filter(|member| member.name == from).last();
        match old.filter(|_| node.get(to).is_none()) {
            Some(member) => {
                self.rewrite.rename_key(member.key, to);
                match member.value {
                    Some(old) => self.rewrite.replace(old, value),
                    None => {
                        return Err(refuse(
                            EditErrorCode::Unchangeable,
                            format!("{from} has no value yet"),
                        ));
                    }
                }
            }
            None => {
                self.rewrite.set_member(node, to, value);
                let gone: Vec<_> = node
                    .members()
                    .filter(|member| member.name == from)
                    .map(|member| member.id)
                    .collect();
                self.rewrite.remove(node, &gone);
            }
        }
        let label = format!("Set {to} of {name}");
        Ok((Some(name), label))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::super::{Edit, EditErrorCode};
    use crate::text::Format::{Json, Yaml};

    fn exchange(from: &str, to: &str, value: &str) -> Edit {
        Edit::ExchangeField {
            state: "A".to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn in_its_place() {
        check(
            Json,
            exchange("Seconds", "TimestampPath", "\"$.at\""),
            Some("A"),
            "Set TimestampPath of A",
            r#"
 {"States": {"A": {
   "Type": "Wait",
-  "Seconds": 10,
+  "TimestampPath": "$.at",
   "End": true
 }}}
"#,
        );
        check(
            Yaml,
            exchange("Next", "End", "true"),
            Some("A"),
            "Set End of A",
            "
 States:
   A:
     Type: Wait
-    Next: B  # or not
+    End: true  # or not
",
        );
    }

    #[test]
    fn where_one_lacks_or_both_are_there() {
        check(
            Json,
            exchange("Error", "ErrorPath", "\"$.e\""),
            Some("A"),
            "Set ErrorPath of A",
            r#"
 {"States": {"A": {
-  "Type": "Fail"
+  "Type": "Fail",
+  "ErrorPath": "$.e"
 }}}
"#,
        );
        check(
            Json,
            exchange("Error", "ErrorPath", "\"$.e\""),
            Some("A"),
            "Set ErrorPath of A",
            r#"
 {"States": {"A": {
-  "Error": "x",
-  "ErrorPath": "$.d"
+  "ErrorPath": "$.e"
 }}}
"#,
        );
        refused(
            Json,
            r#"{"States": {"A": {}}}"#,
            &exchange("Error", "ErrorPath", "{"),
            EditErrorCode::BadValue,
        );
    }
}
