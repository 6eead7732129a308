//! Definitions inside templates: edited and saved as parts of their file, of which the rest stays byte for byte.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use asl::edits::{Edit, Place};
use asl::text::{Format, Tree};
use asl::words::StateType;
use project::DocumentId;
use project::document::{format_of, locate};
use stepwell_workspace::disk::{DiskError, OpenDocument};

/// A template, as what stands before the definition, the definition, and what stands behind it.
struct Case {
    name: &'static str,
    file: &'static str,
    before: &'static str,
    definition: &'static str,
    after: &'static str,
}

const CASES: &[Case] = &[
    Case {
        name: "SAM, Definition as YAML",
        file: "template.yaml",
        before: "# A template\nResources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n",
        definition: "        StartAt: A  # first\n        States:\n          A:\n            Type: Pass\n            Next: B\n          B: {Type: Succeed}",
        after: "\n\n      Type: EXPRESS   # fast\n  Q: {Type: AWS::SQS::Queue}\n",
    },
    Case {
        name: "SAM, Definition as YAML at the end of the file, without a line feed",
        file: "template.yml",
        before: "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n",
        definition: "        StartAt: A\n        States:\n          A:\n            Type: Pass\n            Next: B\n          B:\n            Type: Succeed",
        after: "",
    },
    Case {
        name: "SAM, Definition as a flow mapping",
        file: "template.yaml",
        before: "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition: ",
        definition: "{StartAt: A, States: {A: {Type: Pass, Next: B}, B: {Type: Succeed}}}",
        after: "\n      Role: !GetAtt R.Arn  # the end\n",
    },
    Case {
        name: "CloudFormation, DefinitionString as a literal",
        file: "template.yaml",
        before: "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: |\n",
        definition: "        {\n          \"StartAt\": \"A\",\n          \"States\": {\n            \"A\": {\n              \"Type\": \"Pass\",\n              \"Next\": \"B\"\n            },\n            \"B\": { \"Type\": \"Succeed\" }\n          }\n        }\n",
        after: "      RoleArn: !GetAtt R.Arn\n",
    },
    Case {
        name: "CloudFormation, !Sub and a literal without its last line feed",
        file: "template.yaml",
        before: "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      RoleArn: x\n      DefinitionString: !Sub |-\n",
        definition: "        {\n          \"StartAt\": \"A\",\n          \"States\": {\n            \"A\": {\n              \"Type\": \"Pass\",\n              \"Next\": \"B\"\n            },\n            \"B\": { \"Type\": \"Succeed\", \"Comment\": \"${AWS::Region}\" }\n          }\n        }\n",
        after: "  Q: {Type: AWS::SQS::Queue}\n",
    },
    Case {
        name: "CloudFormation, Fn::Sub with values",
        file: "template.yaml",
        before: "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString:\n        Fn::Sub:\n          - |\n",
        definition: "            {\"StartAt\": \"A\", \"States\": {\n              \"A\": {\"Type\": \"Pass\", \"Next\": \"B\"},\n              \"B\": {\"Type\": \"Succeed\"}}}\n",
        after: "          - {X: !Ref Q}\n  Q: {Type: AWS::SQS::Queue}\n",
    },
    Case {
        name: "JSON template, Definition",
        file: "template.json",
        before: "{\n  \"Resources\": {\n    \"M\": {\n      \"Type\": \"AWS::StepFunctions::StateMachine\",\n      \"Properties\": {\n        \"Definition\": ",
        definition: "{\n          \"StartAt\": \"A\",\n          \"States\": {\n            \"A\": {\n              \"Type\": \"Pass\",\n              \"Next\": \"B\"\n            },\n            \"B\": { \"Type\": \"Succeed\" }\n          }\n        }",
        after: ",\n        \"RoleArn\": { \"Fn::GetAtt\": [\"R\", \"Arn\"] }\n      }\n    }\n  }\n}\n",
    },
];

/// What is done to each definition, and the states that it has then.
fn edits(a: &str, b: &str) -> Vec<(&'static str, Vec<Edit>, &'static str)> {
    let set = |pointer: &str, value: &str| Edit::SetField {
        state: Some(a.into()),
        pointer: pointer.into(),
        value: Some(value.into()),
    };
    vec![
        (
            "rename",
            vec![Edit::RenameState {
                state: b.into(),
                to: "Done: yes".into(),
            }],
            "A: Pass > Done: yes; Done: yes: Succeed",
        ),
        (
            "insert on a transition",
            vec![Edit::InsertState {
                place: Place::OnTransition {
                    from: a.into(),
                    transition: 0,
                },
                state_type: StateType::Pass,
                name: Some("Between".into()),
                callee: None,
            }],
            "A: Pass > Between; Between: Pass > B; B: Succeed",
        ),
        (
            "fields",
            vec![
                set("/Parameters", r#"{"a": [1, {"b": "x: y"}], "c": null}"#),
                set("/Comment", r#""two\nlines""#),
                set("/Parameters/c", "1.0"),
            ],
            "A: Pass > B; B: Succeed",
        ),
        (
            "delete",
            vec![Edit::DeleteState { state: a.into() }],
            "B: Succeed",
        ),
    ]
}

fn open(root: &Path, file: &str) -> OpenDocument {
    OpenDocument::open(root, &DocumentId::parse(&format!("{file}#M"))).unwrap()
}

/// The key of a state, by its name.
fn key(document: &mut OpenDocument, name: &str) -> String {
    let analysis = document.document.analysis();
    let mut states = analysis.definition.states.iter();
    states.find(|state| &*state.name == name).unwrap().key.clone()
}

/// Name, type and successor of each state.
fn outline(text: &str, format: Format) -> String {
    let tree = Tree::parse(text, format);
    assert_eq!(tree.faults(), [], "{text}");
    let states = tree.root().unwrap().get("States").unwrap();
    let lines = states.members().map(|state| {
        let value = state.value.unwrap();
        let field = |name| value.get(name).map(|node| node.text().into_owned());
        let next = field("Next").map(|next| format!(" > {next}")).unwrap_or_default();
        format!("{}: {}{next}", state.name, field("Type").unwrap())
    });
    lines.collect::<Vec<_>>().join("; ")
}

fn check(root: &Path, case: &Case, crlf: bool, number: usize) {
    let ends = |text: &str| {
        if crlf {
            text.replace('\n', "\r\n")
        } else {
            text.to_owned()
        }
    };
    let [before, definition, after] = [case.before, case.definition, case.after].map(ends);
    let whole = format!("{before}{definition}{after}");
    let path = root.join(case.file);
    std::fs::write(&path, &whole).unwrap();
    let mut document = open(root, case.file);
    let (a, b) = (key(&mut document, "A"), key(&mut document, "B"));
    let (what, edits, expected) = edits(&a, &b).swap_remove(number);
    let name = format!("{}, CRLF {crlf}, {what}", case.name);
    assert!(!document.document.is_read_only(), "{name}");
    let opened = document.document.text().clone();
    for edit in &edits {
        if let Err(error) = document.document.edit(edit) {
            panic!("{name}: {error}");
        }
    }
    if let Err(error) = document.save() {
        panic!("{name}: {error}\n{}", document.document.text());
    }
    let saved = std::fs::read_to_string(&path).unwrap();
    let inside = saved
        .strip_prefix(&before)
        .and_then(|rest| rest.strip_suffix(&after));
    let inside = inside.unwrap_or_else(|| panic!("{name}: the rest changed\n{saved}"));
    assert_eq!(
        outline(inside, document.document.format()),
        expected,
        "{name}\n{saved}"
    );
    let faults = Tree::parse(saved.as_str(), format_of(case.file))
        .faults()
        .to_vec();
    assert_eq!(faults, [], "{name}\n{saved}");
    let located = locate(&document.id, &saved.as_str().into()).unwrap();
    assert_eq!(located.text, *document.document.text(), "{name}\n{saved}");
    let mixed = crlf && saved.replace("\r\n", "").contains('\n');
    assert!(!mixed, "{name}: mixed line ends\n{saved:?}");
    for _ in &edits {
        document.document.undo().unwrap();
    }
    assert_eq!(*document.document.text(), opened, "{name}");
    document.save().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), whole, "{name}");
}

#[test]
fn an_edit_keeps_the_rest_of_the_template() {
    let folder = tempfile::tempdir().unwrap();
    for case in CASES {
        for crlf in [false, true] {
            for number in 0..4 {
                check(folder.path(), case, crlf, number);
            }
        }
    }
}

/// Text that would leave its place in the template is refused before anything is written.
#[test]
fn a_text_that_would_break_out_of_the_template_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    for case in CASES {
        let path = folder.path().join(case.file);
        let template = format!("{}{}{}", case.before, case.definition, case.after);
        for insert in [
            "\n}",
            "\nResources: {}\n",
            "\n  N: {Type: Other}\n",
            "]}",
            ", \"x\": {",
        ] {
            std::fs::write(&path, &template).unwrap();
            let mut document = open(folder.path(), case.file);
            let text = document.document.text().clone();
            let end = text.trim_end().len();
            let typed = format!("{}{insert}{}", &text[..end], &text[end..]);
            document.document.replace(&typed, "Typed");
            match document.save() {
                Err(error @ DiskError::Layout(_)) => {
                    let disk = std::fs::read_to_string(&path).unwrap();
                    assert_eq!(disk, template, "{}: {error}", case.name);
                    assert!(document.is_dirty());
                }
                // A fault that stays inside the definition is the user's to keep.
                Ok(_) => {
                    let saved: Arc<str> = std::fs::read_to_string(&path).unwrap().into();
                    let located = locate(&document.id, &saved).unwrap();
                    assert_eq!(&*located.text, typed, "{}\n{saved}", case.name);
                    assert!(
                        saved.starts_with(case.before) && saved.ends_with(case.after),
                        "{saved}"
                    );
                }
                Err(other) => panic!("{}: {other}", case.name),
            }
        }
    }
}

#[test]
fn what_is_put_together_is_read_only() {
    let folder = tempfile::tempdir().unwrap();
    let machine = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
    let quoted = serde_json::to_string(machine).unwrap();
    let join = r#"["{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", ", "\"End\": true}}}"]"#;
    for (file, value) in [
        ("template.yaml", format!("'{machine}'")),
        ("template.yaml", quoted.clone()),
        ("template.yaml", format!("!Sub {quoted}")),
        ("template.yaml", format!(">-\n        {machine}")),
        ("template.yaml", format!("!Join ['', {join}]")),
        ("template.yaml", format!("{{'Fn::Join': ['', {join}]}}")),
        ("template.json", quoted.clone()),
        ("template.json", format!(r#"{{"Fn::Sub": {quoted}}}"#)),
        ("template.json", format!(r#"{{"Fn::Join": ["", {join}]}}"#)),
    ] {
        let template = if file.ends_with("json") {
            format!(
                r#"{{"Resources": {{"M": {{"Type": "AWS::StepFunctions::StateMachine", "Properties": {{"DefinitionString": {value}}}}}}}}}"#
            )
        } else {
            format!(
                "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: {value}\n"
            )
        };
        std::fs::write(folder.path().join(file), &template).unwrap();
        let mut document = open(folder.path(), file);
        assert_eq!(&**document.document.text(), machine, "{template}");
        assert!(document.document.is_read_only(), "{template}");
        let state = key(&mut document, "A");
        assert!(
            document.document.edit(&Edit::DeleteState { state }).is_err(),
            "{template}"
        );
    }
}

/// Two definitions of one template are two documents; saving one moves the other and changes nothing in it.
#[test]
fn two_definitions_of_one_template() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.yaml");
    let machine = |id: &str| {
        format!(
            "  {id}:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n        StartAt: A\n        States:\n          A: {{Type: Succeed}}\n"
        )
    };
    std::fs::write(&path, format!("Resources:\n{}{}", machine("M"), machine("N"))).unwrap();
    let mut first = open(folder.path(), "template.yaml");
    let mut second = OpenDocument::open(folder.path(), &DocumentId::parse("template.yaml#N")).unwrap();
    for (document, to) in [(&mut first, "First"), (&mut second, "Second")] {
        let state = key(document, "A");
        let to = to.to_owned();
        document.document.edit(&Edit::RenameState { state, to }).unwrap();
    }
    first.save().unwrap();
    assert!(second.refresh().is_none(), "its own text did not change");
    second.save().unwrap();
    let saved: Arc<str> = std::fs::read_to_string(&path).unwrap().into();
    for (id, name) in [("M", "First"), ("N", "Second")] {
        let located = locate(&DocumentId::parse(&format!("template.yaml#{id}")), &saved).unwrap();
        assert!(
            located.text.contains(&format!("{name}: {{Type: Succeed}}")),
            "{saved}"
        );
    }
}
