//! What goes wrong with a function, and what is said about it.

use super::*;

/// A Python handler's error payload, with the folder and the request id named.
async fn check(text: &str, handler: &str, expected: &str) {
    let project = Project::new("python3.12", handler, &[("app.py", text)]).await;
    if !project.has_runtime().await {
        return;
    }
    let project = project.change(|spec| spec.timeout = Duration::from_secs(2));
    let invocation = project.invoke("{}").await.unwrap();
    let payload = invocation.result.unwrap_err().payload;
    let folder = project.folder.path().to_str().unwrap();
    let payload = without_id(&payload, &invocation.request_id).replace(folder, "/var/task");
    // Up to Python 3.11 the line of a syntax error ends with a line feed.
    let payload = payload.replace(r#"return )\n"#, "return )");
    assert_eq!(payload, expected, "{text}\n{:#?}", project.printed());
}

#[tokio::test]
async fn errors_of_python() {
    for (text, handler, expected) in [
        (
            "def handler(e, c):\n    raise ValueError('no')\n",
            "app.handler",
            r#"{"errorMessage": "no", "errorType": "ValueError", "requestId": "ID", "stackTrace": ["  File \"/var/task/app.py\", line 2, in handler\n    raise ValueError('no')\n"]}"#,
        ),
        (
            "def handler(e, c):\n    return {1}\n",
            "app.handler",
            r#"{"errorMessage": "Unable to marshal response: Object of type set is not JSON serializable", "errorType": "Runtime.MarshalError", "requestId": "ID", "stackTrace": []}"#,
        ),
        (
            "import nothing\n",
            "app.handler",
            r#"{"errorMessage": "Unable to import module 'app': No module named 'nothing'", "errorType": "Runtime.ImportModuleError", "requestId": "", "stackTrace": []}"#,
        ),
        (
            "x = 1\n",
            "app.handler",
            r#"{"errorMessage": "Handler 'handler' missing on module 'app'", "errorType": "Runtime.HandlerNotFound", "requestId": "", "stackTrace": []}"#,
        ),
        (
            "x = 1\n",
            "app",
            r#"{"errorMessage": "Bad handler 'app': not enough values to unpack (expected 2, got 1)", "errorType": "Runtime.MalformedHandlerName", "requestId": "", "stackTrace": []}"#,
        ),
        (
            "def handler(e, c):\n  return )\n",
            "app.handler",
            r#"{"errorMessage": "Syntax error in module 'app': unmatched ')' (app.py, line 2)", "errorType": "Runtime.UserCodeSyntaxError", "requestId": "", "stackTrace": ["  File \"/var/task/app.py\" Line 2\n      return )"]}"#,
        ),
        (
            "import sys\ndef handler(e, c):\n    sys.exit(0)\n",
            "app.handler",
            r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited without providing a reason"}"#,
        ),
        (
            "import sys\ndef handler(e, c):\n    sys.exit(3)\n",
            "app.handler",
            r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 3"}"#,
        ),
        (
            "import os\nos._exit(4)\n",
            "app.handler",
            r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 4"}"#,
        ),
        (
            "import os, signal\ndef handler(e, c):\n    os.kill(os.getpid(), signal.SIGKILL)\n",
            "app.handler",
            r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: signal: killed"}"#,
        ),
        (
            "import time\ndef handler(e, c):\n    time.sleep(60)\n",
            "app.handler",
            r#"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: ID Error: Task timed out after 2.00 seconds"}"#,
        ),
        (
            "def handler(e, c):\n    return 'a' * 7340032\n",
            "app.handler",
            r#"{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}"#,
        ),
    ] {
        check(text, handler, expected).await;
    }
}

#[tokio::test]
async fn an_error_is_one_log_event() {
    let text = "def handler(e, c):\n    raise ValueError('no')\n";
    let project = Project::new("python3.12", "app.handler", &[("app.py", text)]).await;
    if project.has_runtime().await {
        assert!(project.invoke("{}").await.unwrap().result.is_err());
        let printed = project.printed();
        assert_eq!(printed.len(), 1, "{printed:#?}");
        assert!(
            printed[0].starts_with("[ERROR] ValueError: no\nTraceback (most recent call last):\n"),
            "{printed:#?}"
        );
    }
}

#[tokio::test]
async fn a_timeout_is_in_the_log_and_another_environment_serves() {
    let text =
        "import time\ndef handler(e, c):\n    print('waiting')\n    time.sleep(e['s'])\n    return 'up'\n";
    let project = Project::new("python3.12", "app.handler", &[("app.py", text)]).await;
    if !project.has_runtime().await {
        return;
    }
    let project = project.change(|spec| spec.timeout = Duration::from_secs(1));
    let invocation = project.invoke(r#"{"s": 60}"#).await.unwrap();
    assert_eq!(invocation.result.unwrap_err().error_type, "Sandbox.Timedout");
    let tail = invocation.log_tail.join("\n");
    for part in [
        "waiting",
        " Task timed out after 1.00 seconds",
        "END RequestId: ",
        "\tStatus: timeout",
    ] {
        assert!(tail.contains(part), "{part}\n{tail}");
    }
    assert_eq!(project.payload(r#"{"s": 0}"#).await, r#""up""#);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_function_that_takes_too_much_memory_is_killed() {
    let text = "import time\ndef handler(e, c):\n    global x\n    x = b'x' * (e['mb'] << 20)\n    time.sleep(e['s'])\n    return len(x)\n";
    let project = Project::new("python3.12", "app.handler", &[("app.py", text)]).await;
    if !project.has_runtime().await {
        return;
    }
    assert_eq!(project.payload(r#"{"mb": 64, "s": 0}"#).await, "67108864");
    // While it works, and when it has finished before anybody looked.
    for event in [r#"{"mb": 200, "s": 60}"#, r#"{"mb": 200, "s": 0}"#] {
        let invocation = project.invoke(event).await.unwrap();
        let error = invocation.result.unwrap_err();
        assert_eq!(
            without_id(&error.payload, &invocation.request_id),
            r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: signal: killed"}"#
        );
        let tail = invocation.log_tail.join("\n");
        for part in [
            "its MemorySize is 128 MB",
            "signal: killed\nRuntime.ExitError",
            "\tMemory Size: 128 MB\tMax Memory Used: ",
        ] {
            assert!(tail.contains(part), "{part}\n{tail}");
        }
    }
    assert_eq!(project.payload(r#"{"mb": 1, "s": 0}"#).await, "1048576");
}

/// Node sizes its heap by what it is told, not by this machine.
#[tokio::test]
async fn nodes_heap_fits_into_its_memory() {
    let text = "exports.handler = async () => Math.round(require('v8').getHeapStatistics().heap_size_limit / 1048576)";
    for (options, fits) in [(None, true), (Some("--max-old-space-size=2000"), false)] {
        let project = Project::new("nodejs20.x", "index.handler", &[("index.js", text)]).await;
        if !project.has_runtime().await {
            return;
        }
        let project = project.change(|spec| {
            spec.memory_mb = 512;
            spec.environment
                .extend(options.map(|options| ("NODE_OPTIONS".to_owned(), options.to_owned())));
        });
        let limit: u32 = project.payload("{}").await.parse().unwrap();
        assert_eq!(limit <= 512 + 64, fits, "{limit}");
    }
}

#[tokio::test]
async fn what_cannot_be_run_says_what_to_do() {
    let project = Project::new("python3.12", "app.handler", &[]).await;
    let error = project
        .functions
        .invoke("nothing", "{}", InvocationContext::default())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "Lambda.ResourceNotFoundException");
    assert_eq!(
        error.to_string(),
        "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nothing:$LATEST; the project has f"
    );
    let error = project.invoke("{").await.unwrap_err();
    assert_eq!(error.code(), "Lambda.InvalidRequestContentException");
    let error = project
        .invoke(&format!("\"{}\"", "x".repeat(6_291_555)))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "Lambda.RequestTooLargeException");

    let project = project.change(|spec| spec.runtime = "java21".into());
    assert_eq!(
        project.invoke("{}").await.unwrap_err().code(),
        "Stepwell.RuntimeUnsupported"
    );
    let project = project.change(|spec| spec.code = spec.code.join("nowhere"));
    let error = project.invoke("{}").await.unwrap_err();
    assert_eq!(error.code(), "Stepwell.CodeMissing");
    assert!(
        error
            .to_string()
            .ends_with("nowhere does not exist; build the function, or correct its CodeUri"),
        "{error}"
    );
    let project = project.change(|spec| {
        spec.code = std::env::temp_dir();
        spec.name = "../f".into();
    });
    let error = project
        .functions
        .invoke("../f", "{}", InvocationContext::default())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "Stepwell.BadFunctionName");
}

/// Interpreters are looked for in these folders only.
fn in_folders(folders: &[&Path]) -> FunctionsConfig {
    FunctionsConfig {
        interpreters: SearchPath {
            folders: folders.iter().map(|folder| folder.to_path_buf()).collect(),
            home: None,
        },
        ..FunctionsConfig::default()
    }
}

#[tokio::test]
async fn a_runtime_that_is_not_installed_says_how_to_get_it() {
    let empty = tempfile::tempdir().unwrap();
    for (runtime, expected) in [
        (
            "python3.13",
            "python3.13 is not installed, nor any other version of it; install Python from python.org, your system's packages, pyenv or uv, and try again",
        ),
        (
            "nodejs22.x",
            "nodejs22.x is not installed, nor any other version of it; install Node.js from nodejs.org, your system's packages, nvm or volta, and try again",
        ),
    ] {
        let project = Project::with(runtime, "app.handler", &[], in_folders(&[empty.path()])).await;
        let error = project.invoke("{}").await.unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            ("Stepwell.RuntimeMissing", expected)
        );
    }
}

/// A machine with one Python: every other version runs on it, and the log says so once.
#[cfg(unix)]
#[tokio::test]
async fn a_version_that_is_not_installed_runs_on_the_nearest() {
    let any = Project::new("python3.12", "app.handler", &[]).await;
    let Ok(Some(found)) = any.functions.interpreter("python3.12").await else {
        skip("Python is not installed");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let Version { major, minor } = found.version;
    let only = folder.path().join(format!("python{major}.{minor}"));
    std::os::unix::fs::symlink(std::fs::canonicalize(&found.path).unwrap(), &only).unwrap();
    let text = "import sys\ndef handler(e, c):\n    return list(sys.version_info[:2])\n";
    for declared in [3, minor, 99]
        .map(|minor| format!("python3.{minor}"))
        .into_iter()
        .chain(["python3.6".to_owned(), "python3.14".to_owned()])
        .filter(|declared| aws::lambda::runtime(declared).is_some())
    {
        let files = [("app.py", text)];
        let project = Project::with(&declared, "app.handler", &files, in_folders(&[folder.path()])).await;
        for _ in 0..2 {
            assert_eq!(project.returned("{}").await, serde_json::json!([major, minor]));
        }
        let warnings = project.functions.last_logs("f");
        let warnings: Vec<_> = warnings
            .iter()
            .map(|line| line.text.as_str())
            .filter(|text| text.contains("is not installed"))
            .collect();
        let same = declared == format!("python{major}.{minor}");
        let expected = format!(
            "{declared} is not installed; running on python{major}.{minor}, the nearest ({})",
            only.display()
        );
        assert_eq!(warnings, if same { vec![] } else { vec![expected.as_str()] });
    }
}

#[cfg(unix)]
mod custom {
    use super::*;

    #[tokio::test]
    async fn a_missing_bootstrap() {
        let project = Project::new("provided.al2023", "x", &[("readme", "no bootstrap")]).await;
        let invocation = project.invoke("{}").await.unwrap();
        let error = invocation.result.unwrap_err();
        let path = project.folder.path().join("bootstrap");
        assert_eq!(error.error_type, "Runtime.InvalidEntrypoint");
        assert_eq!(
            without_id(&error.payload, &invocation.request_id),
            format!(
                r#"{{"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: ID Error: Couldn't find valid bootstrap(s): [{}]"}}"#,
                path.display()
            )
        );
    }

    #[tokio::test]
    async fn a_bootstrap_that_ends_at_once() {
        for (text, reason) in [
            ("#!/bin/sh\nexit 7\n", "Runtime exited with error: exit status 7"),
            ("#!/nowhere/sh\n", "Runtime exited with error: exit status 127"),
            (
                "#!/bin/sh\nkill -SEGV $$\n",
                "Runtime exited with error: signal: segmentation fault",
            ),
        ] {
            let project = Project::new("provided.al2", "x", &[("bootstrap", text)]).await;
            let error = project.invoke("{}").await.unwrap().result.unwrap_err();
            assert!(error.payload.contains(reason), "{text}{}", error.payload);
        }
    }

    /// The service lets initialisation take ten seconds beside the function's timeout.
    #[tokio::test]
    async fn a_bootstrap_that_never_asks_for_work() {
        let text = "#!/bin/sh\necho $$ > \"$TOLD\"\nexec sleep 1000\n";
        let clock = Clock::virtual_from(Default::default());
        let project = Project::new("provided.al2023", "x", &[("bootstrap", text)]).await;
        let told = project.folder.path().join("told");
        let mut spec = project.spec.clone();
        spec.timeout = Duration::from_secs(3);
        spec.environment
            .insert("TOLD".into(), told.to_str().unwrap().into());
        // Each look at the code takes no time on this clock, so the file above does not count as a change.
        let functions = Functions::start(clock.clone(), FunctionsConfig::default()).unwrap();
        functions.configure(vec![spec]);
        let invoking = functions.invoke("f", "{}", InvocationContext::default());
        let passing = async {
            until(|| told.exists()).await;
            clock.advance_to(clock.now() + Duration::from_secs(12));
            tokio::time::sleep(Duration::from_millis(20)).await;
            assert!(std::fs::read_to_string(&told).is_ok());
            clock.advance_to(clock.now() + Duration::from_secs(1));
        };
        let (invocation, ()) = tokio::join!(invoking, passing);
        let error = invocation.unwrap().result.unwrap_err();
        assert_eq!(error.error_type, "Sandbox.Timedout");
        assert!(
            error.payload.contains("Task timed out after 3.00 seconds"),
            "{}",
            error.payload
        );
        let process: i64 = std::fs::read_to_string(&told).unwrap().trim().parse().unwrap();
        until(|| !life::is_alive(process)).await;
    }

    #[tokio::test]
    async fn a_wrapper_script() {
        let files = [
            (
                "app.py",
                "import os\ndef handler(e, c):\n    return os.environ['WRAPPED']\n",
            ),
            ("wrap", "#!/bin/sh\nexport WRAPPED=yes\nexec \"$@\"\n"),
        ];
        let project = Project::new("python3.12", "app.handler", &files).await;
        if !project.has_runtime().await {
            return;
        }
        let wrapped = |path: &str| {
            let path = path.to_owned();
            move |spec: &mut FunctionSpec| {
                drop(spec.environment.insert("AWS_LAMBDA_EXEC_WRAPPER".into(), path))
            }
        };
        let project = project.change(wrapped("/var/task/wrap"));
        assert_eq!(project.payload("{}").await, r#""yes""#);
        let project = project.change(wrapped("/idontexist.sh"));
        let payload = project.payload("{}").await;
        assert!(
            payload.contains("Runtime exited with error: exit status 127"),
            "{payload}"
        );
    }
}
