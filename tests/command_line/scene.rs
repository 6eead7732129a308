//! A folder of a test's own: copies of the examples, small projects, a configuration, and the command in it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// A folder of a test's own. When it goes, no process that worked for it may be left.
pub(crate) struct Scene {
    folder: tempfile::TempDir,
}

/// A command that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// The lines of `--json`.
    pub(crate) fn json(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
            .collect()
    }

    /// The last line of `--json`.
    pub(crate) fn summary(&self) -> Value {
        self.json()
            .pop()
            .unwrap_or_else(|| panic!("nothing printed: {}", self.err))
    }

    /// The result of a `--json` run.
    pub(crate) fn output(&self) -> Value {
        let summary = self.summary();
        let output = summary["output"]
            .as_str()
            .unwrap_or_else(|| panic!("{summary}\n{}", self.err));
        serde_json::from_str(output).unwrap()
    }
}

impl Scene {
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("stepwell-scene-")
            .tempdir()
            .unwrap();
        Self { folder }
    }

    /// With copies of the examples.
    pub(crate) fn with_examples() -> Self {
        let scene = Self::new();
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        copy(&examples, scene.folder.path());
        scene
    }

    /// A project around one function, `work`, that a workflow calls between other states.
    pub(crate) fn with_function(handler: &str, timeout: u32) -> Self {
        let scene = Self::new();
        scene.write(
            "p/template.yaml",
            &TEMPLATE.replace("TIMEOUT", &timeout.to_string()),
        );
        scene.write("p/flow.asl.json", FLOW);
        scene.write("p/work/app.py", handler);
        scene
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    pub(crate) fn write(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The command, to be run in this folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stepwell"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("STEPWELL_CONFIG_DIR", self.path("configuration"))
            .env("STEPWELL_DATA_DIR", self.path("data"))
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        command
    }

    /// Runs the command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).output().unwrap())
    }

    /// As [`Scene::run`], with something on stdin.
    pub(crate) fn run_with(&self, arguments: &[&str], stdin: &str) -> Ended {
        let mut command = self.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        ended(child.wait_with_output().unwrap())
    }

    /// Starts the command and goes on.
    pub(crate) fn start(&self, arguments: &[&str]) -> Started {
        let mut command = self.command(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Started { child, out }
    }

    /// The execution that was started last.
    pub(crate) fn execution(err: &str) -> String {
        let after = err.split("execution ").nth(1).unwrap_or_else(|| panic!("{err}"));
        after.split(';').next().unwrap().to_owned()
    }

    /// Function processes that work for this folder.
    #[cfg(target_os = "linux")]
    fn processes(&self) -> Vec<String> {
        let ours = self.folder.path().to_string_lossy().into_owned();
        let entries = fs::read_dir("/proc").unwrap().flatten();
        entries
            .filter_map(|entry| {
                let environment = fs::read(entry.path().join("environ")).ok()?;
                let environment = String::from_utf8_lossy(&environment).into_owned();
                let task_root = environment
                    .split('\0')
                    .find_map(|line| line.strip_prefix("LAMBDA_TASK_ROOT="))?;
                task_root
                    .starts_with(&ours)
                    .then(|| entry.file_name().to_string_lossy().into_owned())
            })
            .collect()
    }

    /// Waits until no function process is left: one that is there for good fails the test.
    pub(crate) fn nothing_left_behind(&self) {
        #[cfg(target_os = "linux")]
        {
            for _ in 0..400 {
                if self.processes().is_empty() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            panic!("processes are left behind: {:?}", self.processes());
        }
    }
}

/// A command in progress.
pub(crate) struct Started {
    pub(crate) child: Child,
    out: BufReader<ChildStdout>,
}

impl Started {
    /// The next line on stdout.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "it ended: {}", self.rest_of_errors());
        line
    }

    fn rest_of_errors(&mut self) -> String {
        let mut text = String::new();
        if let Some(err) = &mut self.child.stderr {
            let _ = err.read_to_string(&mut text);
        }
        text
    }

    /// Reads events until one of this type.
    pub(crate) fn until(&mut self, event_type: &str) {
        loop {
            let event: Value = serde_json::from_str(&self.line()).unwrap();
            if event["type"] == event_type {
                return;
            }
            assert!(
                event.get("status").is_none(),
                "it ended without {event_type}: {event}"
            );
        }
    }

    /// Closes our end of its stdout and waits.
    pub(crate) fn close_and_wait(self) -> Ended {
        let Self { mut child, out } = self;
        drop(out);
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        Ended {
            code: child.wait().unwrap().code(),
            out: String::new(),
            err,
        }
    }

    /// Waits for its end; `out` is what had not been read.
    pub(crate) fn wait(self) -> Ended {
        let Self {
            mut child,
            out: mut reader,
        } = self;
        let (mut out, mut err) = (String::new(), String::new());
        reader.read_to_string(&mut out).unwrap();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        Ended {
            code: child.wait().unwrap().code(),
            out,
            err,
        }
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: nix::sys::signal::Signal) {
        let process = nix::unistd::Pid::from_raw(i32::try_from(self.child.id()).unwrap());
        nix::sys::signal::kill(process, signal).unwrap();
    }
}

fn ended(output: std::process::Output) -> Ended {
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if name == ".stepwell" || name == "__pycache__" {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(name));
        } else {
            fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

/// One function, and a workflow that calls it after a Pass and before a Wait.
const TEMPLATE: &str = r#"Transform: AWS::Serverless-2016-10-31
Resources:
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: flow
      DefinitionUri: flow.asl.json
      DefinitionSubstitutions:
        Work: !GetAtt WorkFunction.Arn
  WorkFunction:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: work
      CodeUri: work/
      Handler: app.handler
      Runtime: python3.13
      Timeout: TIMEOUT
"#;

pub(crate) const FLOW: &str = r#"{
  "StartAt": "Begin",
  "States": {
    "Begin": { "Type": "Pass", "Next": "Work" },
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": { "FunctionName": "${Work}", "Payload.$": "$" },
      "OutputPath": "$.Payload",
      "Next": "Rest"
    },
    "Rest": { "Type": "Wait", "Seconds": 1, "Next": "End" },
    "End": { "Type": "Succeed" }
  }
}
"#;
