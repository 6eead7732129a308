//! Node functions: modules of both kinds, callbacks, context, logs, errors.

use super::*;

async fn check(files: &[(&str, &str)], handler: &str, expected: &str) {
    let project = Project::new("nodejs20.x", handler, files).await;
    if !project.has_runtime().await {
        return;
    }
    let invocation = project.invoke(r#"{"n":1}"#).await.unwrap();
    let text = invocation.result.unwrap_or_else(|error| {
        let mut payload: Value = serde_json::from_str(&error.payload).unwrap();
        let trace = payload.as_object_mut().unwrap().remove("trace");
        assert!(trace.is_some_and(|trace| trace.is_array()), "{}", error.payload);
        payload.to_string()
    });
    let folder = project.folder.path().to_str().unwrap();
    // Who required a missing module first is our bootstrap, in a folder whose name is new each time.
    let first = text
        .split(r"\n- ")
        .last()
        .filter(|last| last.ends_with("bootstrap.cjs\"}"))
        .map(str::to_owned);
    let text = first.map_or(text.clone(), |first| {
        text.replace(&format!(r"\n- {}", first.trim_end_matches("\"}")), "")
    });
    assert_eq!(
        text.replace(folder, "/var/task"),
        expected,
        "{files:?}\n{:#?}",
        project.printed()
    );
    // The environment lives on, or another takes its place.
    assert!(project.invoke("{}").await.is_ok());
}

#[tokio::test]
async fn ways_to_answer() {
    for (text, expected) in [
        ("exports.handler = async (event) => event", r#"{"n":1}"#),
        ("exports.handler = async () => {}", "null"),
        (
            "exports.handler = (event, context, callback) => callback(null, { ok: true })",
            r#"{"ok":true}"#,
        ),
        (
            "exports.handler = (event, context, callback) => setTimeout(() => callback(null, 2), 20)",
            "2",
        ),
        (
            "exports.handler = (event, context) => context.succeed('s')",
            r#""s""#,
        ),
        (
            "exports.handler = (event, context) => context.done(null, 'd')",
            r#""d""#,
        ),
        ("exports.handler = () => Promise.resolve(3)", "3"),
        ("exports.handler = () => ({ then: (done) => done(4) })", "4"),
        ("exports.handler = () => 'ignored'", "null"),
        (
            "let late = 0; exports.handler = (e, c, cb) => { cb(null, { get late() { return late } }); setTimeout(() => late = 1, 30) }",
            r#"{"late":1}"#,
        ),
        (
            "exports.handler = (e, c, cb) => { c.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1e6); cb(null, 'now') }",
            r#""now""#,
        ),
    ] {
        check(&[("index.js", text)], "index.handler", expected).await;
    }
}

#[tokio::test]
async fn ways_to_fail() {
    let error = r#"{"errorType":"RangeError","errorMessage":"no"}"#;
    for (text, expected) in [
        (
            "exports.handler = async () => { throw new RangeError('no') }",
            error,
        ),
        ("exports.handler = () => { throw new RangeError('no') }", error),
        ("exports.handler = (e, c, cb) => cb(new RangeError('no'))", error),
        ("exports.handler = (e, c) => c.fail(new RangeError('no'))", error),
        (
            "exports.handler = () => Promise.reject(new RangeError('no'))",
            error,
        ),
        (
            "exports.handler = async () => { throw 'text' }",
            r#"{"errorType":"string","errorMessage":"text"}"#,
        ),
        (
            "exports.handler = () => { setTimeout(() => { throw new RangeError('no') }, 5) }",
            error,
        ),
        (
            "exports.handler = () => { Promise.reject(new Error('lost')); setTimeout(() => {}, 1e6) }",
            r#"{"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":"Error: lost"}"#,
        ),
        (
            "exports.handler = async () => { const a = {}; a.a = a; return a }",
            r#"{"errorType":"Error","errorMessage":"Unable to stringify response body"}"#,
        ),
        (
            "exports.handler = async () => new Promise(() => {})",
            r#"{"errorType":"Runtime.NodeJsExit","errorMessage":"The event loop ended while the handler still waited: a Promise of it was never settled. See https://nodejs.org/docs/latest/api/process.html#exit-codes"}"#,
        ),
        (
            "exports.other = 1",
            r#"{"errorType":"Runtime.HandlerNotFound","errorMessage":"index.handler is undefined or not exported"}"#,
        ),
        (
            "require('./nothing')",
            r#"{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module './nothing'\nRequire stack:\n- /var/task/index.js"}"#,
        ),
        (
            "}",
            r#"{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: Unexpected token '}'"}"#,
        ),
        ("throw new RangeError('no')", error),
    ] {
        check(&[("index.js", text)], "index.handler", expected).await;
    }
}

#[tokio::test]
async fn modules_of_both_kinds() {
    let esm = "export const handler = async (event) => event.n";
    check(&[("index.mjs", esm)], "index.handler", "1").await;
    check(
        &[("index.js", esm), ("package.json", r#"{"type":"module"}"#)],
        "index.handler",
        "1",
    )
    .await;
    check(
        &[(
            "index.mjs",
            "await null; export default { handler: async () => 2 }",
        )],
        "index.default.handler",
        "2",
    )
    .await;
    check(
        &[("index.cjs", "exports.handler = async () => 3")],
        "index.handler",
        "3",
    )
    .await;
    check(
        &[("src/deep/app.js", "exports.a = { b: async () => 4 }")],
        "src/deep/app.a.b",
        "4",
    )
    .await;
    check(
        &[("app/index.js", "exports.handler = async () => 5")],
        "app.handler",
        "5",
    )
    .await;
}

#[tokio::test]
async fn context_and_logs() {
    let text = r#"
exports.handler = (event, context, callback) => {
  console.log("one\ntwo %d", 3);
  console.error("bad");
  callback(null, { context, env: [process.env.AWS_EXECUTION_ENV, process.env.STEPWELL_RUNTIME_TOKEN || null, process.env.TZ],
    remaining: context.getRemainingTimeInMillis() > 29000, date: new Date(0).getHours() });
}"#;
    let project = Project::new("nodejs20.x", "index.handler", &[("index.js", text)]).await;
    if !project.has_runtime().await {
        return;
    }
    let context = InvocationContext {
        client_context: Some(r#"{"a":"ä"}"#.into()),
        ..Default::default()
    };
    let invocation = project.functions.invoke("f", "{}", context).await.unwrap();
    let id = &invocation.request_id;
    let seen: Value = serde_json::from_str(&invocation.result.unwrap()).unwrap();
    // Members and order as recorded (conformance/lambda/behaviour.json, test_lambda_with_context).
    let stream = seen["context"]["logStreamName"].as_str().unwrap();
    assert_eq!(
        without_id(&seen["context"].to_string(), id).replace(stream, "STREAM"),
        r#"{"callbackWaitsForEmptyEventLoop":true,"functionVersion":"$LATEST","functionName":"f","memoryLimitInMB":"128","logGroupName":"/aws/lambda/f","logStreamName":"STREAM","clientContext":{"a":"ä"},"invokedFunctionArn":"arn:aws:lambda:eu-west-1:123456789012:function:f","awsRequestId":"ID"}"#
    );
    assert_eq!(
        seen["env"].to_string(),
        r#"["AWS_Lambda_nodejs20.x",null,":UTC"]"#
    );
    assert_eq!((&seen["remaining"], &seen["date"]), (&true.into(), &0.into()));
    let printed = project.printed();
    let printed: Vec<&str> = printed
        .iter()
        .map(|line| line.split_once('\t').unwrap().1)
        .collect();
    assert_eq!(
        printed,
        [format!("{id}\tINFO\tone\ntwo 3"), format!("{id}\tERROR\tbad")]
    );
}

#[tokio::test]
async fn node_24_has_no_callbacks() {
    let files = [("index.js", "exports.handler = (e, c, cb) => cb(null, 1)")];
    let project = Project::new("nodejs24.x", "index.handler", &files).await;
    if project.has_runtime().await {
        let error = project.invoke("{}").await.unwrap().result.unwrap_err();
        assert_eq!(error.error_type, "Runtime.CallbackHandlerDeprecated");
    }
}

#[tokio::test]
async fn a_trace_shows_the_function_only() {
    let text = "const inner = () => { throw new RangeError('no') };\nexports.handler = () => inner()";
    let project = Project::new("nodejs20.x", "index.handler", &[("index.js", text)]).await;
    if !project.has_runtime().await {
        return;
    }
    let error = project.invoke("{}").await.unwrap().result.unwrap_err();
    let payload: Value = serde_json::from_str(&error.payload).unwrap();
    let trace: Vec<&str> = payload["trace"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line.as_str().unwrap())
        .collect();
    assert_eq!(trace[0], "RangeError: no");
    assert!(
        trace[1].starts_with("    at inner (") && trace[1].ends_with("/index.js:1:29)"),
        "{trace:?}"
    );
    assert!(trace[2].ends_with("/index.js:2:25)"), "{trace:?}");
    assert_eq!(trace.len(), 3, "{trace:?}");
}
