//! Text in, edit, text out.

use super::*;

fn run(format: Format, text: &str, edit: &Edit) -> Result<(String, Edited), EditError> {
    let tree = Tree::parse(text, format);
    let definition = Definition::read(&tree);
    let edited = apply(&definition, &tree, edit)?;
    let after = edited.changes.apply(text);
    assert_eq!(edited.changes.invert(text).apply(&after), text);
    Ok((after, edited))
}

/// The edit makes `after` of `before`: the lines with `-` go, those with `+` come, the others stay.
pub(super) fn check(format: Format, edit: Edit, select: Option<&str>, label: &str, lines: &str) {
    let side = |sign: char, other: char| -> String {
        let kept = lines.lines().skip(1).filter(|line| !line.starts_with(other));
        kept.map(|line| {
            format!(
                "{}\n",
                line.strip_prefix(sign).or(line.strip_prefix(' ')).unwrap_or(line)
            )
        })
        .collect()
    };
    let (before, after) = (side('-', '+'), side('+', '-'));
    let (done, edited) = run(format, &before, &edit).unwrap();
    assert_eq!(done, after, "\n{edit:?} made\n{done}");
    assert_eq!((edited.select.as_deref(), edited.label.as_str()), (select, label));
}

/// The edit is refused for this reason.
pub(super) fn refused(format: Format, text: &str, edit: &Edit, code: EditErrorCode) {
    let found = run(format, text, edit).map_err(|error| error.code).err();
    assert_eq!(found, Some(code), "{edit:?}");
}

fn rename(state: &str, to: &str) -> Edit {
    Edit::RenameState {
        state: state.to_owned(),
        to: to.to_owned(),
    }
}

fn set(state: &str, pointer: &str, value: &str) -> Edit {
    let state = (!state.is_empty()).then(|| state.to_owned());
    Edit::SetField {
        state,
        pointer: pointer.to_owned(),
        value: Some(value.to_owned()),
    }
}

fn unset(state: &str, pointer: &str) -> Edit {
    let state = (!state.is_empty()).then(|| state.to_owned());
    Edit::SetField {
        state,
        pointer: pointer.to_owned(),
        value: None,
    }
}

fn insert(place: Place, state_type: StateType) -> Edit {
    Edit::InsertState {
        place,
        state_type,
        name: None,
        callee: None,
    }
}

fn after(state: &str) -> Place {
    Place::After {
        state: state.to_owned(),
    }
}

fn delete(state: &str) -> Edit {
    Edit::DeleteState {
        state: state.to_owned(),
    }
}

#[test]
fn rename_with_every_reference() {
    check(
        Format::Json,
        rename("A", "Pay \"now\""),
        Some("Pay \"now\""),
        "Rename A",
        r#"
 {
-  "StartAt": "A",
+  "StartAt": "Pay \"now\"",
   "States": {
-    "A": { "Type": "Task", "Next": "B", "Catch": [{ "ErrorEquals": ["A"], "Next": "A" }] },
+    "Pay \"now\"": { "Type": "Task", "Next": "B", "Catch": [{ "ErrorEquals": ["A"], "Next": "Pay \"now\"" }] },
     "B": { "Type": "Choice", "Comment": "A",
-      "Choices": [{ "Next": "B" }, { "Next": "A" }], "Default": "A" },
+      "Choices": [{ "Next": "B" }, { "Next": "Pay \"now\"" }], "Default": "Pay \"now\"" },
     "C": { "Type": "Map", "ItemProcessor": { "StartAt": "A", "States": {} }, "End": true }
   }
 }
"#,
    );
    check(
        Format::Yaml,
        rename("Is it?", "no"),
        Some("no"),
        "Rename Is it?",
        "
-StartAt: Is it?  # first
+StartAt: 'no'  # first
 States:
-  Is it?:
+  'no':
     Type: Pass
     Next: \"B\"
   B: {Type: Choice, Choices: [
-    {Next: Is it?}]}
+    {Next: 'no'}]}
",
    );
}

#[test]
fn set_a_field() {
    let check = |edit, label: &str, lines: &str| check(Format::Json, edit, Some("A"), label, lines);
    check(
        set("A", "/TimeoutSeconds", "30"),
        "Set TimeoutSeconds of A",
        r#"
 {"States": {
   "A": {
     "Type": "Task",
-    "TimeoutSeconds": 5
+    "TimeoutSeconds": 30
   }
 }}
"#,
    );
    check(
        set(
            "A",
            "/Retry/-",
            r#"{"ErrorEquals":["States.ALL"],"BackoffRate":1.50}"#,
        ),
        "Set - of A",
        r#"
 {"States": {
   "A": {
     "Retry": [
-      {}
+      {},
+      {
+        "ErrorEquals": ["States.ALL"],
+        "BackoffRate": 1.50
+      }
     ]
   }
 }}
"#,
    );
    check(
        set("A", "/Parameters/a~1b/c", "1.0"),
        "Set c of A",
        r#"
 {"States": {
   "A": {
-    "Type": "Pass"
+    "Type": "Pass",
+    "Parameters": {
+      "a/b": {
+        "c": 1.0
+      }
+    }
   }
 }}
"#,
    );
    check(
        unset("A", "/Catch"),
        "Remove Catch of A",
        r#"
 {"States": {
   "A": {
-    "Catch": [
-      1
-    ],
     "End": true
   }
 }}
"#,
    );
}

#[test]
fn set_a_field_of_the_machine_in_yaml() {
    check(
        Format::Yaml,
        set("", "/Comment", "\"Pays: or not\""),
        None,
        "Set Comment",
        "
 # head
 StartAt: A
 States: {}
+Comment: 'Pays: or not'
",
    );
    check(
        Format::Yaml,
        unset("A", "/Parameters/x"),
        Some("A"),
        "Remove x of A",
        "
 States:
   A:
     Parameters:
-      # what x is
-      x: 1
       y: 2  # stays
"
        .replace("-      # what x is\n", "")
        .as_str(),
    );
}

#[test]
fn insert_between() {
    check(
        Format::Json,
        insert(
            Place::OnTransition {
                from: "A".to_owned(),
                transition: 0,
            },
            StateType::Wait,
        ),
        Some("Wait 2"),
        "Insert Wait 2",
        r#"
 {
     "StartAt": "A",
     "States": {
         "A": {
             "Type": "Pass",
-            "Next": "Wait"
+            "Next": "Wait 2"
+        },
+        "Wait 2": {
+            "Type": "Wait",
+            "Seconds": 1,
+            "Next": "Wait"
         },
         "Wait": {
             "Type": "Succeed"
         }
     }
 }
"#,
    );
    check(
        Format::Yaml,
        insert(after("A"), StateType::Parallel),
        Some("Parallel"),
        "Insert Parallel",
        "
 StartAt: A
 States:
   A:
     Type: Pass
-    End: true # done
+    Next: Parallel # done
+  Parallel:
+    Type: Parallel
+    Branches:
+      - StartAt: Pass
+        States:
+          Pass:
+            Type: Pass
+            End: true
+    End: true
   # about B
   B:
     Type: Succeed
",
    );
}

#[test]
fn insert_a_call_of_a_function() {
    let edit = Edit::InsertState {
        place: after("A"),
        state_type: StateType::Task,
        name: Some("Price order".to_owned()),
        callee: Some(Callee::Function("${PriceOrderFunctionArn}".to_owned())),
    };
    check(
        Format::Yaml,
        edit,
        Some("Price order 2"),
        "Insert Price order 2",
        "
 States:
   A:
     Type: Pass
-    End: true
+    Next: Price order 2
+  Price order 2:
+    Type: Task
+    Resource: arn:aws:states:::lambda:invoke
+    Parameters:
+      FunctionName: ${PriceOrderFunctionArn}
+      Payload.$: $
+    End: true
   Price order: {Type: Succeed}
",
    );
}

#[test]
fn insert_each_action() {
    for language in ["JSONPath", "JSONata"] {
        for action in Action::ALL {
            let edit = Edit::InsertState {
                place: after("A"),
                state_type: StateType::Task,
                name: Some(action.title().to_owned()),
                callee: Some(Callee::Action(action)),
            };
            let before = format!(
                r#"{{"QueryLanguage": "{language}", "StartAt": "A", "States": {{"A": {{"Type": "Pass", "End": true}}}}}}"#
            );
            let (text, edited) = run(Format::Json, &before, &edit).unwrap();
            let tree = Tree::parse(&*text, Format::Json);
            let definition = Definition::read(&tree);
            let graph = crate::graph::FlowGraph::of(&definition);
            let found = crate::diagnostics::diagnose(&tree, &definition, &graph);
            assert!(found.is_empty(), "{text}\n{found:?}");
            let state = definition.state(&edited.select.unwrap()).unwrap();
            assert!(
                state.summary.starts_with(action.service()),
                "{}: {}",
                action.id(),
                state.summary
            );
            assert_eq!(Action::of_id(action.id()), Some(action));
        }
    }
}

#[test]
fn insert_at_the_start() {
    let at = |scope: &str| Place::BeforeStart {
        scope: scope.to_owned(),
    };
    check(
        Format::Json,
        insert(at(""), StateType::Pass),
        Some("Pass"),
        "Insert Pass",
        "\n-{}\n+{\n+  \"StartAt\": \"Pass\",\n+  \"States\": {\n+    \"Pass\": {\n+      \"Type\": \"Pass\",\n+      \"End\": true\n+    }\n+  }\n+}\n",
    );
    check(
        Format::Yaml,
        insert(at("/States/P/Branches/0"), StateType::Choice),
        Some("Choice"),
        "Insert Choice",
        "
 StartAt: P
 States:
   P:
     Type: Parallel
     Branches:
-    - StartAt: A
+    - StartAt: Choice
       States:
+        Choice:
+          Type: Choice
+          Choices:
+          - Variable: $
+            IsPresent: true
+            Next: A
+          Default: A
         A: {Type: Pass, End: true}
",
    );
}

#[test]
fn a_choice_at_the_end_gets_an_end() {
    check(
        Format::Yaml,
        insert(after("A"), StateType::Choice),
        Some("Choice"),
        "Insert Choice",
        "
 States:
   A:
     Type: Pass
-    End: true
+    Next: Choice
+  Choice:
+    Type: Choice
+    Choices:
+      - Variable: $
+        IsPresent: true
+        Next: Done
+    Default: Done
+  Done:
+    Type: Succeed
",
    );
}

#[test]
fn delete_and_reconnect() {
    check(
        Format::Json,
        delete("B"),
        Some("C"),
        "Delete B",
        r#"
 {
   "StartAt": "A",
   "States": {
     "A": {
       "Type": "Task",
-      "Catch": [{ "ErrorEquals": ["x"], "Next": "B" }],
+      "Catch": [{ "ErrorEquals": ["x"], "Next": "C" }],
-      "Next": "B"
+      "Next": "C"
     },
-    "B": {
-      "Type": "Pass",
-      "Next": "C"
-    },
     "C": { "Type": "Succeed" }
   }
 }
"#,
    );
    check(
        Format::Yaml,
        delete("A"),
        Some("B"),
        "Delete A",
        "
-StartAt: A
+StartAt: B
 States:
-  A:
-    Type: Pass
-    Next: B
-
   # about B
   B:
     Type: Succeed
"
        .replace("-\n", "")
        .as_str(),
    );
}

#[test]
fn delete_an_end() {
    check(
        Format::Json,
        delete("B"),
        Some("C"),
        "Delete B",
        r#"
 {
   "StartAt": "A",
   "States": {
     "A": {
-      "Next": "B",
-      "Catch": [
-        { "Next": "B" }
-      ]
+      "End": true
     },
     "C": {
       "Type": "Choice",
       "Choices": [
-        { "Next": "B" },
         { "Next": "A" }
-      ],
-      "Default": "B"
+      ]
-    },
+    }
-    "B": { "Type": "Succeed" }
   }
 }
"#,
    );
}

#[test]
fn what_cannot_be() {
    let text =
        r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "x"}, "B": {"Type": "Pass"}}}"#;
    for (edit, code) in [
        (rename("Z", "Y"), EditErrorCode::NotFound),
        (rename("A", ""), EditErrorCode::BadName),
        (rename("A", &"x".repeat(81)), EditErrorCode::BadName),
        (rename("A", "B"), EditErrorCode::NameTaken),
        (set("A", "Comment", "1"), EditErrorCode::BadPointer),
        (set("A", "/Comment/x", "1"), EditErrorCode::BadPointer),
        (set("A", "/Comment", "{"), EditErrorCode::BadValue),
        (set("A", "/Comment", ""), EditErrorCode::BadValue),
        (unset("A", ""), EditErrorCode::BadPointer),
        (insert(after("A"), StateType::Pass), EditErrorCode::NothingFollows),
        (
            insert(
                Place::BeforeStart {
                    scope: "/x".to_owned(),
                },
                StateType::Pass,
            ),
            EditErrorCode::NotFound,
        ),
        (
            insert(
                Place::OnTransition {
                    from: "B".to_owned(),
                    transition: 0,
                },
                StateType::Pass,
            ),
            EditErrorCode::NotFound,
        ),
        (delete("Z"), EditErrorCode::NotFound),
    ] {
        refused(Format::Json, text, &edit, code);
    }
    let aliased = "States:\n  A: &a {Type: Pass}\n  B: *a\n";
    refused(
        Format::Yaml,
        aliased,
        &set("B", "/Type", "\"Wait\""),
        EditErrorCode::Unchangeable,
    );
}
