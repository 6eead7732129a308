//! The life of execution environments: reuse, concurrency, changed code, idling, and that no process is left.

use super::*;

const COUNTER: &str = r#"
import os, time
n = 0
def handler(event, context):
    global n
    n += 1
    time.sleep(event.get("s", 0))
    return {"n": n, "pid": os.getpid()}
"#;

async fn counter(config: FunctionsConfig) -> Option<Project> {
    let project = Project::with("python3.12", "app.handler", &[("app.py", COUNTER)], config).await;
    project.has_runtime().await.then_some(project)
}

#[cfg(unix)]
pub(super) fn is_alive(pid: i64) -> bool {
    // Signal 0 asks only whether the process is there.
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid.try_into().unwrap()), None).is_ok()
}

#[tokio::test]
async fn an_environment_is_used_again() {
    let Some(project) = counter(FunctionsConfig::default()).await else {
        return;
    };
    let first = project.invoke("{}").await.unwrap();
    assert!(first.init_duration.is_some());
    let second = project.invoke("{}").await.unwrap();
    assert!(second.init_duration.is_none());
    assert!(second.result.unwrap().starts_with(r#"{"n": 2"#));
}

#[tokio::test]
async fn concurrency_grows_on_demand_up_to_the_limit() {
    let config = FunctionsConfig {
        concurrency: 2,
        ..Default::default()
    };
    let Some(project) = counter(config).await else {
        return;
    };
    let run = || project.returned(r#"{"s": 0.3}"#);
    let (a, b, c, d) = tokio::join!(run(), run(), run(), run());
    let mut pids: Vec<i64> = [a, b, c, d]
        .iter()
        .map(|seen| seen["pid"].as_i64().unwrap())
        .collect();
    pids.sort_unstable();
    pids.dedup();
    assert_eq!(pids.len(), 2);
}

#[tokio::test]
async fn changed_code_and_changed_settings_start_anew() {
    let Some(project) = counter(FunctionsConfig::default()).await else {
        return;
    };
    let first = project.returned("{}").await;
    write(
        project.folder.path(),
        "app.py",
        &COUNTER.replace("\"n\": n", "\"n\": -n"),
    );
    // A look at the folder is good for ten times as long as it took.
    let changed = loop {
        let seen = project.returned("{}").await;
        if seen["n"].as_i64() < Some(0) {
            break seen;
        }
    };
    assert_eq!(changed["n"], -1);
    assert_ne!(changed["pid"], first["pid"]);
    let project = project.change(|spec| drop(spec.environment.insert("A".into(), "b".into())));
    let again = project.returned("{}").await;
    assert_eq!(again["n"], -1);
    // The same settings again change nothing.
    project.functions.configure(vec![project.spec.clone()]);
    assert_eq!(project.returned("{}").await["n"], -2);
    #[cfg(unix)]
    for old in [first, changed] {
        until(|| !is_alive(old["pid"].as_i64().unwrap())).await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn an_idle_environment_ends() {
    let config = FunctionsConfig {
        idle: Duration::from_millis(50),
        ..Default::default()
    };
    let Some(project) = counter(config).await else {
        return;
    };
    let pid = project.returned("{}").await["pid"].as_i64().unwrap();
    until(|| !is_alive(pid)).await;
    assert_eq!(project.returned("{}").await["n"], 1);
}

#[cfg(unix)]
#[tokio::test]
async fn an_environment_that_died_while_idle_is_replaced() {
    let Some(project) = counter(FunctionsConfig::default()).await else {
        return;
    };
    for _ in 0..5 {
        let pid = project.returned("{}").await["pid"].as_i64().unwrap();
        let process = nix::unistd::Pid::from_raw(pid.try_into().unwrap());
        nix::sys::signal::kill(process, nix::sys::signal::Signal::SIGKILL).unwrap();
        until(|| !is_alive(pid)).await;
        assert_eq!(project.returned("{}").await["n"], 1);
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_disturbs_nobody() {
    let Some(project) = counter(FunctionsConfig {
        concurrency: 1,
        ..Default::default()
    })
    .await
    else {
        return;
    };
    project.returned("{}").await;
    let given_up = tokio::time::timeout(Duration::from_millis(50), project.invoke(r#"{"s": 0.3}"#)).await;
    assert!(given_up.is_err());
    assert_eq!(project.returned("{}").await["n"], 3);
}

/// A function that starts processes, one of them in a session of its own where we can find it, and tells all ids.
#[cfg(unix)]
const PARENT: &str = r#"
import os, subprocess, sys, time
children = [subprocess.Popen(["sleep", "1000"])]
if sys.platform == "linux":
    children.append(subprocess.Popen(["sleep", "1000"], start_new_session=True))
def handler(event, context):
    if event.get("hang"):
        time.sleep(1000)
    if event.get("exit"):
        os._exit(1)
    return [os.getpid()] + [child.pid for child in children]
"#;

#[cfg(unix)]
async fn parent() -> Option<(Project, Vec<i64>)> {
    let project = Project::new("python3.12", "app.handler", &[("app.py", PARENT)]).await;
    if !project.has_runtime().await {
        return None;
    }
    let project = project.change(|spec| spec.timeout = Duration::from_secs(3));
    let pids = serde_json::from_value(project.returned("{}").await).unwrap();
    Some((project, pids))
}

#[cfg(unix)]
#[tokio::test]
async fn no_process_is_left_behind() {
    let Some((project, pids)) = parent().await else {
        return;
    };
    assert!(pids.iter().all(|pid| is_alive(*pid)));
    project.functions.shutdown().await;
    until(|| !pids.iter().any(|pid| is_alive(*pid))).await;
    assert_eq!(
        project.invoke("{}").await.unwrap_err().code(),
        "Stepwell.ShuttingDown"
    );

    for event in [r#"{"hang": true}"#, r#"{"exit": true}"#] {
        let Some((project, pids)) = parent().await else {
            return;
        };
        assert!(project.invoke(event).await.unwrap().result.is_err());
        until(|| !pids.iter().any(|pid| is_alive(*pid))).await;
    }

    let Some((project, pids)) = parent().await else {
        return;
    };
    drop(project);
    until(|| !pids.iter().any(|pid| is_alive(*pid))).await;
}

/// Run by the next test in a process of its own, which it then kills; alone it has nothing to do.
#[cfg(unix)]
#[tokio::test]
async fn kill_9_victim() {
    let Some(told) = std::env::var_os("STEPWELL_TEST_PIDS") else {
        return;
    };
    let (project, pids) = parent().await.unwrap();
    // A busy function, whose bootstrap does not look at its connection.
    let busy = project.invoke(r#"{"hang": true}"#);
    std::fs::write(
        Path::new(&told).with_extension("tmp"),
        serde_json::to_string(&pids).unwrap(),
    )
    .unwrap();
    std::fs::rename(Path::new(&told).with_extension("tmp"), told).unwrap();
    let _ = busy.await;
    std::future::pending::<()>().await;
}

#[cfg(unix)]
#[tokio::test]
async fn kill_9_leaves_no_process() {
    let Some(_) = counter(FunctionsConfig::default()).await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let told = elsewhere.path().join("pids");
    let mut victim = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "life::kill_9_victim"])
        .env("STEPWELL_TEST_PIDS", &told)
        // So that its folders can be told from those of other tests.
        .env("TMPDIR", folder.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    until(|| told.exists()).await;
    let pids: Vec<i64> = serde_json::from_str(&std::fs::read_to_string(told).unwrap()).unwrap();
    assert!(pids.len() >= 2 && pids.iter().all(|pid| is_alive(*pid)));
    victim.kill().unwrap();
    victim.wait().unwrap();
    until(|| !pids.iter().any(|pid| is_alive(*pid))).await;
    // Nor their folders.
    let left = || {
        let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
        entries
            .filter(|entry| {
                entry
                    .file_name()
                    .to_string_lossy()
                    .starts_with("stepwell-functions-")
            })
            .count()
    };
    until(|| left() == 0).await;
}

/// On the service each environment has a `/tmp` that lasts as long as the environment.
#[tokio::test]
async fn temporary_files_are_an_environments_own() {
    let text = r#"
import os, tempfile
def handler(event, context):
    folder = tempfile.gettempdir()
    before = os.listdir(folder)
    open(os.path.join(folder, "file"), "w").close()
    return [folder, before]
"#;
    let project = Project::new("python3.12", "app.handler", &[("app.py", text)]).await;
    if !project.has_runtime().await {
        return;
    }
    let first = project.returned("{}").await;
    assert_eq!(first[1], serde_json::json!([]));
    assert_eq!(project.returned("{}").await[1], serde_json::json!(["file"]));
    let project = project.change(|spec| drop(spec.environment.insert("A".into(), "b".into())));
    let second = project.returned("{}").await;
    assert_ne!(second[0], first[0]);
    assert_eq!(second[1], serde_json::json!([]));
    project.functions.shutdown().await;
    for seen in [first, second] {
        assert!(!Path::new(seen[0].as_str().unwrap()).exists());
    }
}

/// Another process, such as another function, cannot take an environment's invocations.
#[tokio::test]
async fn the_runtime_api_is_closed_to_others() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let text = "import os\ndef handler(e, c):\n    return os.environ['AWS_LAMBDA_RUNTIME_API']\n";
    let project = Project::new("python3.12", "app.handler", &[("app.py", text)]).await;
    if !project.has_runtime().await {
        return;
    }
    let api = project.returned("{}").await.as_str().unwrap().to_owned();
    for (extra, expected) in [
        (format!("host: {api}"), 401),
        (
            format!("host: {api}\r\nauthorization: Bearer {}", "0".repeat(64)),
            401,
        ),
        (format!("host: {api}\r\norigin: http://{api}"), 403),
        ("host: evil.example".to_owned(), 421),
    ] {
        let mut stream = tokio::net::TcpStream::connect(&api).await.unwrap();
        let request = format!(
            "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n{extra}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert_eq!(answer[9..12].parse(), Ok(expected), "{answer}");
    }
    assert_eq!(project.returned("{}").await, api.as_str());
}
