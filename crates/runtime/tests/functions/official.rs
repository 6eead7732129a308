//! Our Python bootstrap beside the official runtime (`awslambdaric` from PyPI), through the same Runtime API.

use super::*;
use std::{path::PathBuf, process::Command};

/// Handlers, and events for each, whose results must not tell the two apart.
const HANDLERS: &[(&str, &str)] = &[
    ("echo", "def handler(e, c):\n    return e\n"),
    (
        "unicode",
        "def handler(e, c):\n    return {'ä': '🥳\\u2028', 'n': [1.5, 1e100, -0.0, 10**30, True, None]}\n",
    ),
    (
        "decimal",
        "from decimal import Decimal\ndef handler(e, c):\n    return [Decimal('1.10'), Decimal('1E+3'), {'d': Decimal('2')}]\n",
    ),
    (
        "nan",
        "def handler(e, c):\n    return [float('nan'), float('inf'), -float('inf')]\n",
    ),
    (
        "named tuple",
        "from collections import namedtuple\nP = namedtuple('P', 'x y')\ndef handler(e, c):\n    return [P(1, (2, 3))]\n",
    ),
    (
        "keys",
        "def handler(e, c):\n    return {1: 'a', None: 'b', True: 'c', 1.5: 'd'}\n",
    ),
    ("bytes inside", "def handler(e, c):\n    return {'b': b'text'}\n"),
    ("bytes", "def handler(e, c):\n    return b'raw text'\n"),
    (
        "subclasses",
        "import enum\nclass S(str): pass\nclass I(enum.IntEnum):\n    A = 1\ndef handler(e, c):\n    return [S('x'), I.A, {}, [], ()]\n",
    ),
    ("set", "def handler(e, c):\n    return {'a': {1}}\n"),
    (
        "datetime",
        "import datetime\ndef handler(e, c):\n    return datetime.datetime(2020, 1, 1)\n",
    ),
    ("bad key", "def handler(e, c):\n    return {(1, 2): 3}\n"),
    (
        "circular",
        "def handler(e, c):\n    a = []\n    a.append(a)\n    return a\n",
    ),
    ("coroutine", "async def handler(e, c):\n    return 1\n"),
    (
        "raise",
        "class MyError(Exception): pass\ndef inner():\n    raise MyError('no', 1)\ndef handler(e, c):\n    inner()\n",
    ),
    (
        "raise from",
        "def handler(e, c):\n    try:\n        1 / 0\n    except Exception as x:\n        raise ValueError('') from x\n",
    ),
    ("exit 0", "import sys\ndef handler(e, c):\n    sys.exit(0)\n"),
    ("exit 2", "import sys\ndef handler(e, c):\n    sys.exit(2)\n"),
    ("missing module", "import nothing_at_all\n"),
    ("missing handler", "x = 1\n"),
    ("syntax", "def handler(e, c):\n  return )\n"),
    ("raise at load", "raise RuntimeError('at load')\n"),
    ("exit at load", "import sys\nsys.exit(5)\n"),
    (
        "context",
        "def handler(e, c):\n    return [c.function_name, c.function_version, c.memory_limit_in_mb, c.invoked_function_arn, c.identity.cognito_identity_id, c.client_context, c.tenant_id]\n",
    ),
    (
        "trace id",
        "import os\ndef handler(e, c):\n    return os.environ['_X_AMZN_TRACE_ID'][:7]\n",
    ),
    (
        "log",
        "import logging\ndef handler(e, c):\n    print('p', 1)\n    logging.warning('w %s', 'x')\n    logging.info('not shown')\n    c.log('direct\\n')\n",
    ),
];

const BOOTSTRAP: &str = "#!/bin/sh\nexec \"$RIC\" -m awslambdaric \"$_HANDLER\"\n";

/// A virtual environment with the official runtime, made once; or why it cannot be had.
fn official(interpreter: &Path) -> Result<PathBuf, String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("awslambdaric");
    let python = folder.join("bin/python");
    let run = |program: &Path, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output();
        match output {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => Err(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()),
            Err(error) => Err(error.to_string()),
        }
    };
    let ready = || run(&python, &["-c", "import awslambdaric, runtime_client"]);
    if ready().is_err() {
        run(interpreter, &["-m", "venv", folder.to_str().unwrap()])?;
        let install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--only-binary",
            ":all:",
            "awslambdaric",
        ];
        run(&python, &install)?;
        ready()?;
    }
    Ok(python)
}

/// What can be compared of an invocation: its result and its log, without what differs from run to run.
async fn outcome(project: &Project) -> (String, Vec<String>) {
    let invocation = project.invoke(r#"{"k": ["ä", 1.0, null]}"#).await.unwrap();
    let folder = project.folder.path().to_str().unwrap();
    let plain = |text: &str| without_id(text, &invocation.request_id).replace(folder, "/var/task");
    let result = match &invocation.result {
        Ok(payload) => format!("returned {}", plain(payload)),
        Err(error) => format!("failed {}: {}", error.error_type, plain(&error.payload)),
    };
    // Its advice about updates of the runtime has no meaning here.
    let logs = project
        .printed()
        .into_iter()
        .filter(|line| !line.contains("LAMBDA_WARNING"));
    let logs = logs.map(|line| match line.split_once('\t') {
        Some((level, rest)) if level.starts_with('[') => {
            format!("{level} {}", plain(rest.split_once('\t').unwrap().1))
        }
        _ => plain(&line),
    });
    (result, logs.collect())
}

#[tokio::test]
async fn the_same_as_the_official_runtime() {
    let ours = Project::new("python3.11", "app.handler", &[]).await;
    let Ok(Some(interpreter)) = ours.functions.interpreter("python3.11").await else {
        return skip("Python is not installed");
    };
    let ric = match official(&interpreter.path) {
        Ok(ric) => ric,
        Err(why) => return skip(&format!("awslambdaric cannot be installed from PyPI: {why}")),
    };
    let mut different = Vec::new();
    for (name, text) in HANDLERS {
        let ours = Project::new("python3.12", "app.handler", &[("app.py", text)]).await;
        // The very interpreter that the official runtime runs on, so that Python's own texts agree.
        let version = format!(
            "python{}.{}",
            interpreter.version.major, interpreter.version.minor
        );
        let ours = ours.change(|spec| spec.runtime = version);
        let files = [("app.py", *text), ("bootstrap", BOOTSTRAP)];
        let theirs = Project::new("provided.al2023", "app.handler", &files).await;
        let theirs = theirs.change(|spec| {
            drop(
                spec.environment
                    .insert("RIC".into(), ric.to_str().unwrap().into()),
            )
        });
        let (ours, theirs) = (outcome(&ours).await, outcome(&theirs).await);
        if ours != theirs {
            different.push(format!("{name}\n  ours   {ours:?}\n  theirs {theirs:?}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
