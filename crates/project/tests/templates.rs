//! Templates and folders, read into projects.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use asl::text::{Format, Tree};
use stepwell_project::export::{Placeholders, asl_json};
use stepwell_project::{DocumentId, Files, Place, Project, document, read};

fn files(list: &[(&str, &str)]) -> Files {
    list.iter()
        .map(|(path, text)| ((*path).to_owned(), Arc::from(*text)))
        .collect()
}

fn project(list: &[(&str, &str)]) -> Project {
    read(&files(list), &Place::default())
}

#[test]
fn functions_of_templates_resolve() {
    let template = |expression: &str| {
        format!(
            "Parameters:\n  Size: {{Type: Number, Default: 7}}\nMappings:\n  M: {{a: {{b: found}}}}\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {{FunctionName: pay}}\n  T: {{Type: AWS::DynamoDB::Table}}\n  S:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: f.asl.json\n      DefinitionSubstitutions:\n        X: {expression}\n"
        )
    };
    for (expression, expected) in [
        ("plain", Some("plain")),
        ("12", Some("12")),
        ("!Ref Size", Some("7")),
        ("{Ref: F}", Some("pay")),
        (
            "!GetAtt F.Arn",
            Some("arn:aws:lambda:us-east-1:123456789012:function:pay"),
        ),
        (
            "{'Fn::GetAtt': [F, Arn]}",
            Some("arn:aws:lambda:us-east-1:123456789012:function:pay"),
        ),
        ("!Ref T", Some("T")),
        (
            "!GetAtt T.Arn",
            Some("arn:aws:dynamodb:us-east-1:123456789012:table/T"),
        ),
        (
            "!Sub '${F}-${AWS::Region}-${!Literal}-${Nobody}'",
            Some("pay-us-east-1-${Literal}-${Nobody}"),
        ),
        ("!Sub ['${A}/${Size}', {A: !Ref F}]", Some("pay/7")),
        ("!Join ['-', [a, !Ref F]]", Some("a-pay")),
        ("!Select [1, [a, b]]", Some("b")),
        ("!Select [1, !Split [',', 'x,y']]", Some("y")),
        ("!FindInMap [M, a, b]", Some("found")),
        ("!If [Prod, yes-it-is, no]", Some("yes-it-is")),
        ("!Ref Nobody", None),
        ("!Transform {Name: x}", None),
    ] {
        let project = project(&[("template.yaml", &template(expression)), ("f.asl.json", "{}")]);
        let value = project.workflows[0].substitutions.get("X").map(String::as_str);
        assert_eq!(value, expected, "{expression}");
    }
}

#[test]
fn functions_take_globals_and_say_what_is_wrong_with_them() {
    let template = "Globals:\n  Function:\n    Runtime: python3.13\n    Timeout: 9\n    Environment: {Variables: {A: global, B: global}}\nResources:\n  One:\n    Type: AWS::Serverless::Function\n    Properties:\n      FunctionName: one\n      CodeUri: ./src/one/\n      Handler: app.handler\n      Environment: {Variables: {B: own, C: !Ref One}}\n  Two:\n    Type: AWS::Serverless::Function\n    Properties: {CodeUri: nowhere, Handler: x.y, Runtime: nodejs22.x}\n  Three:\n    Type: AWS::Serverless::Function\n    Properties: {PackageType: Image}\n  Four:\n    Type: AWS::Lambda::Function\n    Properties: {Code: {S3Bucket: b}}\n";
    let project = project(&[("template.yaml", template), ("src/one/app.py", "")]);
    let one = &project.functions[0];
    assert_eq!(
        (one.name.as_str(), one.code.as_str(), one.timeout, one.memory),
        ("one", "src/one", 9, 128)
    );
    assert_eq!(one.runtime, "python3.13");
    let variables: Vec<_> = one.environment.iter().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(variables, ["A=global", "B=own", "C=one"]);
    assert_eq!(one.problem, None);
    for (number, part) in [
        (1, "nowhere does not exist"),
        (2, "container image"),
        (3, "in a bucket"),
    ] {
        let problem = project.functions[number].problem.clone().unwrap_or_default();
        assert!(problem.contains(part), "{problem}");
    }
}

#[test]
fn a_missing_definition_and_a_broken_template_are_problems() {
    for (template, part) in [
        (
            "Resources:\n  S:\n    Type: AWS::Serverless::StateMachine\n    Properties: {DefinitionUri: no.asl.json}\n",
            "no.asl.json does not exist",
        ),
        (
            "Resources:\n  S:\n    Type: AWS::Serverless::StateMachine\n    Properties: {Name: x}\n",
            "has no DefinitionUri",
        ),
        (
            "Resources:\n  S:\n    Type: AWS::Serverless::StateMachine\n    Properties: {DefinitionUri: {Bucket: b, Key: k}}\n",
            "in a bucket",
        ),
    ] {
        let project = project(&[("template.yaml", template)]);
        assert!(
            project
                .problems
                .iter()
                .any(|problem| problem.message.contains(part)),
            "{:?}",
            project.problems
        );
    }
    let project = project(&[
        ("template.yaml", "Resources:\n  A: [unclosed\n"),
        ("x.asl.json", "{}"),
    ]);
    assert!(
        project
            .problems
            .iter()
            .any(|problem| problem.is_error && problem.offset.is_some())
    );
    assert_eq!(
        project.workflows.len(),
        1,
        "definitions are found by name all the same"
    );
}

#[test]
fn documents_inside_templates_are_located() {
    let inline = "Resources:\n  S:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n        # begin\n        StartAt: A\n        States:\n          A: {Type: Succeed}\n      Type: EXPRESS\n  J:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Sub |\n        {\n          \"StartAt\": \"${F}\"\n        }\n  Q:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: '{\"StartAt\": \"A\"}'\n  P:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Join ['', ['{\"Resource\": \"', !GetAtt F.Arn, '\"}']]\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {FunctionName: fun}\n";
    let file: Arc<str> = Arc::from(inline);
    for (resource, text, writable) in [
        (
            "S",
            "        StartAt: A\n        States:\n          A: {Type: Succeed}",
            true,
        ),
        ("J", "        {\n          \"StartAt\": \"${F}\"\n        }", true),
        ("Q", "{\"StartAt\": \"A\"}", false),
        ("P", "{\"Resource\": \"${F.Arn}\"}", false),
    ] {
        let id = DocumentId::parse(&format!("template.yaml#{resource}"));
        let located = document::locate(&id, &file).unwrap();
        assert_eq!(located.text.trim_end(), text);
        assert_eq!(located.range.is_some(), writable, "{resource}");
        if let Some(range) = located.range {
            assert_eq!(&file[range], &*located.text);
        }
        assert_eq!(DocumentId::parse(&id.to_string()), id);
    }
    let project = project(&[("template.yaml", inline)]);
    assert!(project.workflows[0].express);
    assert_eq!(
        project.workflows[1].substitutions.get("F").map(String::as_str),
        Some("fun")
    );
}

#[test]
fn functions_of_the_template_inside_a_definition() {
    let head = "Parameters: {Size: {Default: 7}}\nMappings: {M: {a: {b: found}}}\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {FunctionName: fun}}\n  S:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n        StartAt: A\n        States:\n          A:\n            Type: Pass\n            Result: ";
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:fun";
    for (written, resolved, kept) in [
        ("!GetAtt F.Arn", arn, "${F.Arn}"),
        (
            "\n              Fn::GetAtt:\n              - F\n              - Arn",
            arn,
            "${F.Arn}",
        ),
        ("{Ref: F}", "fun", "${F}"),
        ("!Ref Size", "7", "${Size}"),
        (
            "!Sub 'a \"${F}\" ${AWS::Region}'",
            "a \"fun\" us-east-1",
            "a \"${F}\" ${AWS::Region}",
        ),
        ("!Sub '${!Literal} ${F}'", "${Literal} fun", "${Literal} fun"),
        ("!Sub |\n              ${F}\n", "fun\n", "${F}\n"),
        (
            "!Join\n            - '-'\n            - [a, !Ref F]",
            "a-fun",
            "a-fun",
        ),
        ("!FindInMap [M, a, b]", "found", "found"),
        ("!GetAtt 'F.Arn' # why", arn, "${F.Arn}"),
        ("plain", "plain", "plain"),
        ("!Ref Nobody", "Nobody", "Nobody"),
    ] {
        let template = format!("{head}{written}\n            Next: B\n          B: {{Type: Succeed}}\n");
        let project = project(&[("template.yaml", &template)]);
        let workflow = &project.workflows[0];
        let located = document::locate(&workflow.document, &Arc::from(template.as_str())).unwrap();
        for (placeholders, expected) in [(Placeholders::Resolve, resolved), (Placeholders::Keep, kept)] {
            let json = asl_json(&located.text, located.format, workflow, placeholders).unwrap();
            let tree = Tree::parse(json.text.as_str(), Format::Json);
            let state = tree.root().unwrap().get("States").unwrap().get("A").unwrap();
            assert_eq!(
                state.get("Result").unwrap().text(),
                expected,
                "{written}: {}",
                json.text
            );
            assert_eq!(state.get("Next").unwrap().text(), "B", "{written}");
        }
        let unresolved = project
            .problems
            .iter()
            .filter(|problem| problem.message.contains("can't be resolved"));
        assert_eq!(
            unresolved.count(),
            usize::from(written.contains("Nobody")),
            "{written}"
        );
    }
    let json = r#"{"Resources": {"F": {"Type": "AWS::Lambda::Function"}, "S": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"Definition": {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": {"Fn::GetAtt": ["F", "Arn"]}, "End": true}}}}}}}"#;
    let project = project(&[("template.json", json)]);
    let workflow = &project.workflows[0];
    let located = document::locate(&workflow.document, &Arc::from(json)).unwrap();
    let exported = asl_json(&located.text, located.format, workflow, Placeholders::Resolve).unwrap();
    assert_eq!(
        exported.text,
        r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:F", "End": true}}}"#
    );
}

#[test]
fn folders_without_a_template() {
    let project = project(&[
        ("a b/flow (1).asl.yaml", ""),
        ("hello.asl.json", ""),
        ("functions/greet/app.py", "def lambda_handler(event, context):"),
        ("functions/js/index.mjs", "export const handler = 1"),
        ("functions/go/bootstrap", "#!"),
        ("functions/docs/README.md", ""),
    ]);
    let names: Vec<_> = project
        .workflows
        .iter()
        .map(|workflow| workflow.name.as_str())
        .collect();
    assert_eq!(names, ["flow--1-", "hello"]);
    let functions: Vec<_> = project
        .functions
        .iter()
        .map(|f| format!("{} {} {}", f.name, f.runtime, f.handler))
        .collect();
    assert_eq!(
        functions,
        [
            "go provided.al2023 bootstrap",
            "greet python3.13 app.lambda_handler",
            "js nodejs22.x index.handler"
        ]
    );
}

#[test]
fn the_corpus_templates_read_without_panic() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let Ok(entries) = std::fs::read_dir(&corpus) else {
        println!("skipped: {} is absent", corpus.display());
        return;
    };
    let mut machines = 0;
    for entry in entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().ends_with("template.yaml"))
    {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let project = project(&[("template.yaml", &text)]);
        // One of them has a folded text without indentation, which is no YAML: it is read around.
        let expected = |message: &str| {
            ["does not exist", "in a bucket", "not YAML"]
                .iter()
                .any(|part| message.contains(part))
        };
        let unexpected: Vec<_> = project
            .problems
            .iter()
            .filter(|problem| !expected(&problem.message))
            .collect();
        assert!(
            unexpected.is_empty(),
            "{}: {unexpected:?}",
            entry.path().display()
        );
        machines += project.workflows.len() + project.problems.len();
    }
    assert!(machines > 30, "{machines}");
}
