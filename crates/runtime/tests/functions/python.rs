//! Python functions: events, results, context, environment, logs.

use super::*;

async fn python(text: &str) -> Option<Project> {
    let project = Project::new("python3.12", "app.handler", &[("app.py", text)]).await;
    project.has_runtime().await.then_some(project)
}

#[tokio::test]
async fn events_pass_through() {
    let Some(project) = python("def handler(event, context):\n    return event\n").await else {
        return;
    };
    for (event, expected) in [
        (r#"{"hello": "world"}"#, r#"{"hello": "world"}"#),
        (r#"{"a":"'\" {[}} 🥳 \u0000"}"#, r#"{"a": "'\" {[}} 🥳 \u0000"}"#),
        ("true", "true"),
        ("null", "null"),
        ("[1, 2.0, 1e400, -0.0]", "[1, 2.0, Infinity, -0.0]"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("", "{}"),
        (r#"{"b":{},"a":[]}"#, r#"{"b": {}, "a": []}"#),
    ] {
        assert_eq!(project.payload(event).await, expected, "{event}");
    }
    let large = format!(r#"{{"hello": "{}"}}"#, "obi wan!".repeat(655_360));
    assert_eq!(project.payload(&large).await, large);
}

#[tokio::test]
async fn context_and_environment() {
    let text = r#"
import os, sys
def handler(event, context):
    return {"env": dict(os.environ), "cwd": os.getcwd(), "path": sys.path[0], "home": os.listdir(os.environ["HOME"]),
        "context": [context.function_name, context.function_version, context.invoked_function_arn,
            context.memory_limit_in_mb, context.log_group_name, context.client_context.custom["foo"],
            context.client_context.client.app_title],
        "id": context.aws_request_id, "remaining": context.get_remaining_time_in_millis()}
"#;
    let Some(project) = python(text).await else { return };
    let project = project.change(|spec| {
        spec.environment.insert("TEST_KEY".into(), "TEST VAL=1".into());
        spec.environment.insert("AWS_REGION".into(), "not this".into());
    });
    let context = InvocationContext {
        client_context: Some(r#"{"custom":{"foo":"bär"},"client":{"app_title":"t"}}"#.into()),
        trace_id: Some("Root=1-2-3".into()),
        source: None,
    };
    let arn = format!("{}:live", project.spec.arn());
    let invocation = project.functions.invoke(&arn, "{}", context).await.unwrap();
    let seen: Value = serde_json::from_str(&invocation.result.unwrap()).unwrap();
    let code = project.folder.path().to_str().unwrap();
    assert_eq!(seen["id"], invocation.request_id.as_str());
    assert_eq!((&seen["cwd"], &seen["path"]), (&code.into(), &code.into()));
    assert!((1..=30_000).contains(&seen["remaining"].as_i64().unwrap()));
    assert_eq!(
        seen["context"].to_string(),
        r#"["f","$LATEST","arn:aws:lambda:eu-west-1:123456789012:function:f:live","128","/aws/lambda/f","bär","t"]"#
    );
    let env = seen["env"].as_object().unwrap();
    for (name, value) in [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_EXECUTION_ENV", "AWS_Lambda_python3.12"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
        ("AWS_LAMBDA_FUNCTION_NAME", "f"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/f"),
        ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("LAMBDA_TASK_ROOT", code),
        ("LANG", "en_US.UTF-8"),
        ("TZ", ":UTC"),
        ("_HANDLER", "app.handler"),
        ("_X_AMZN_TRACE_ID", "Root=1-2-3"),
        ("TEST_KEY", "TEST VAL=1"),
    ] {
        assert_eq!(env.get(name).and_then(Value::as_str), Some(value), "{name}");
    }
    assert!(env["AWS_ACCESS_KEY_ID"].as_str().unwrap().starts_with("ASIA"));
    assert!(
        env["AWS_CONFIG_FILE"]
            .as_str()
            .unwrap()
            .starts_with(env["HOME"].as_str().unwrap())
    );
    // Nothing of ours and nothing of the user's: what is not listed here must not be there.
    let expected = "AWS_ACCESS_KEY_ID AWS_CONFIG_FILE AWS_DEFAULT_REGION AWS_EC2_METADATA_DISABLED AWS_EXECUTION_ENV \
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION \
        AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_LAMBDA_RUNTIME_API \
        AWS_REGION AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SHARED_CREDENTIALS_FILE AWS_XRAY_CONTEXT_MISSING HOME \
        LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT LANG NODE_PATH PATH TEST_KEY TMPDIR TZ _HANDLER _X_AMZN_TRACE_ID";
    let optional = ["LC_CTYPE", "__CF_USER_TEXT_ENCODING"];
    let mut names: Vec<&str> = env
        .keys()
        .map(String::as_str)
        .filter(|name| !optional.contains(name))
        .collect();
    names.sort_unstable();
    assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
}

#[tokio::test]
async fn logs_come_line_by_line_between_start_and_report() {
    let text = r#"
import logging, sys
print("loading")
logging.getLogger().setLevel("INFO")
def handler(event, context):
    print("one\ntwo")
    print("err", file=sys.stderr)
    logging.info("said %s", 1)
    sys.stdout.write("unfinished")
"#;
    let Some(project) = python(text).await else { return };
    let context = InvocationContext {
        source: Some("execution-1".into()),
        ..Default::default()
    };
    let mut live = project.functions.logs();
    let invocation = project.functions.invoke("f", "{}", context).await.unwrap();
    let id = &invocation.request_id;
    let lines = project.functions.last_logs("f");
    let texts: Vec<String> = lines.iter().map(|line| without_id(&line.text, id)).collect();
    let position = |start: &str| {
        texts
            .iter()
            .position(|text| text.starts_with(start))
            .unwrap_or_else(|| panic!("{start}: {texts:#?}"))
    };
    for pair in [
        "loading",
        "START RequestId: ID Version: $LATEST",
        "one",
        "two",
        "[INFO]\t",
        "unfinished",
        "END RequestId: ID",
        "REPORT RequestId: ID\tDuration: ",
    ]
    .windows(2)
    {
        assert!(position(pair[0]) < position(pair[1]), "{pair:?}: {texts:#?}");
    }
    assert!(texts[position("[INFO]")].ends_with("Z\tID\tsaid 1"), "{texts:#?}");
    assert!(texts.last().unwrap().contains("\tInit Duration: "), "{texts:#?}");
    assert_eq!(lines[position("err")].stream, Stream::Stderr);
    assert!(
        lines
            .iter()
            .all(|line| line.source.as_deref() == Some("execution-1"))
    );
    assert_eq!(live.recv().await.unwrap(), lines[0]);
    assert_eq!(invocation.log_tail.len(), lines.len());
}

#[tokio::test]
async fn a_handler_in_a_package_and_one_in_a_folder() {
    let files = [
        ("pkg/__init__.py", ""),
        ("pkg/def/main.py", "def handler(e, c):\n    return 'found'\n"),
    ];
    for handler in ["pkg.def.main.handler", "pkg/def/main.handler"] {
        let project = Project::new("python3.12", handler, &files).await;
        if project.has_runtime().await {
            assert_eq!(project.payload("{}").await, r#""found""#, "{handler}");
        }
    }
}

#[tokio::test]
async fn nothing_is_written_beside_the_code() {
    let Some(project) = python("import other\ndef handler(e, c):\n    return other.x\n").await else {
        return;
    };
    write(project.folder.path(), "other.py", "x = 1\n");
    assert_eq!(project.payload("{}").await, "1");
    let mut names: Vec<_> = std::fs::read_dir(project.folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["app.py", "other.py"]);
}
