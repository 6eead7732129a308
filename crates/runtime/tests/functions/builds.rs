//! Functions with dependencies: what `sam build` made, what we install after being asked, and neither.

use super::*;
use std::path::PathBuf;
use stepwell_runtime::functions::{BuildError, ProjectCode};
use tokio_util::sync::CancellationToken;

const PYTHON: &str = "import tiny\ndef handler(e, c):\n    return tiny.size()\n";
const NODE: &str = "const tiny = require('tiny')\nexports.handler = async () => tiny.size()\n";
const MODULE: &str = "import tiny from 'tiny'\nexport const handler = async () => tiny.size()\n";
/// A template as `sam build` writes it.
const BUILT: &str = "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {CodeUri: F}\n";

/// A project whose function `f` (`F` in its template) lies in `src`.
async fn project(runtime: &str, files: &[(&str, &str)]) -> Option<Project> {
    let project = Project::new(runtime, "app.handler", &[]).await;
    if !project.has_runtime().await {
        return None;
    }
    for (name, text) in files {
        write(&project.folder.path().join("src"), name, text);
    }
    Some(project.change(|spec| {
        let root = spec.code.clone();
        spec.code = root.join("src");
        spec.project = Some(ProjectCode { root, id: "F".into() });
    }))
}

/// A package for pip, made without a network.
fn wheel(project: &Project, interpreter: &Path) -> PathBuf {
    let path = project.folder.path().join("tiny-1.0-py3-none-any.whl");
    let script = "import sys, zipfile\nw = zipfile.ZipFile(sys.argv[1], 'w')\nw.writestr('tiny.py', 'def size(): return 1\\n')\nw.writestr('tiny-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n')\nw.writestr('tiny-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')\nw.writestr('tiny-1.0.dist-info/RECORD', '')\nw.close()\n";
    let made = std::process::Command::new(interpreter)
        .args(["-c", script])
        .arg(&path)
        .status();
    assert!(made.unwrap().success());
    path
}

async fn build_all(project: &Project, cancel: &CancellationToken) -> Result<Vec<String>, BuildError> {
    let mut heard = Vec::new();
    for build in project.functions.to_build().await {
        project
            .functions
            .build(&build, |line| heard.push(line.to_owned()), cancel)
            .await?;
    }
    Ok(heard)
}

#[tokio::test]
async fn what_python_needs_is_installed_after_asking() {
    let files = [("app.py", PYTHON), ("requirements.txt", "tiny\n")];
    let Some(project) = project("python3.12", &files).await else {
        return;
    };
    let interpreter = project
        .functions
        .interpreter("python3.12")
        .await
        .unwrap()
        .unwrap();
    let manifest = project.spec.code.join("requirements.txt");
    // Nothing is installed by itself, and the error says what to do.
    let error = project.invoke("{}").await.unwrap().result.unwrap_err();
    assert_eq!(error.error_type, "Runtime.ImportModuleError");
    for part in [
        "No module named 'tiny'. ",
        manifest.to_str().unwrap(),
        "asks for tiny, and nothing was installed for it. Run `sam build`",
    ] {
        assert!(error.payload.contains(part), "{part}\n{}", error.payload);
    }
    let wheel = wheel(&project, &interpreter.path);
    std::fs::write(&manifest, format!("{}\n", wheel.display())).unwrap();
    let builds = project.functions.to_build().await;
    assert_eq!(builds.len(), 1);
    assert_eq!(
        (builds[0].functions.join(","), &builds[0].manifest),
        ("f".into(), &manifest)
    );
    let command = builds[0].command();
    assert!(
        command.contains("-m pip install --requirement requirements.txt --target "),
        "{command}"
    );
    let heard = build_all(&project, &CancellationToken::new()).await.unwrap();
    assert!(
        heard
            .iter()
            .any(|line| line.contains("Successfully installed tiny")),
        "{heard:#?}"
    );
    assert_eq!(project.returned("{}").await, 1);
    assert!(project.functions.to_build().await.is_empty());
    // The source is still what runs.
    write(
        &project.spec.code,
        "app.py",
        &PYTHON.replace("tiny.size()", "[tiny.size(), __file__]"),
    );
    let file = project.spec.code.join("app.py");
    let changed = loop {
        let seen = project.returned("{}").await;
        if seen != 1 {
            break seen;
        }
    };
    assert_eq!(changed, serde_json::json!([1, file.to_str().unwrap()]));
    // Other words are another build.
    std::fs::write(&manifest, format!("{}\n# more\n", wheel.display())).unwrap();
    until_async(async || project.functions.to_build().await.len() == 1).await;
}

#[cfg(unix)]
#[tokio::test]
async fn what_node_needs_is_installed_after_asking() {
    for (file, text) in [("app.js", NODE), ("app.mjs", MODULE)] {
        let Some(project) = project("nodejs20.x", &[(file, text)]).await else {
            return;
        };
        let library = project.folder.path().join("tiny");
        write(
            &library,
            "package.json",
            r#"{"name": "tiny", "version": "1.0.0", "main": "index.js"}"#,
        );
        write(&library, "index.js", "exports.size = () => 1");
        let manifest = serde_json::json!({"dependencies": {"tiny": format!("file:{}", library.display())}});
        write(&project.spec.code, "package.json", &manifest.to_string());
        let error = project.invoke("{}").await.unwrap().result.unwrap_err();
        assert_eq!(error.error_type, "Runtime.ImportModuleError", "{}", error.payload);
        assert!(error.payload.contains("asks for tiny"), "{}", error.payload);
        build_all(&project, &CancellationToken::new()).await.unwrap();
        assert_eq!(project.returned("{}").await, 1, "{file}");
        let names: Vec<_> = std::fs::read_dir(&project.spec.code)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names.len(), 2, "nothing is written beside the source: {names:?}");
    }
}

#[tokio::test]
async fn a_build_that_fails_or_is_stopped_leaves_nothing() {
    let files = [("app.py", PYTHON), ("requirements.txt", "./nowhere.whl\n")];
    let Some(project) = project("python3.12", &files).await else {
        return;
    };
    let error = build_all(&project, &CancellationToken::new())
        .await
        .unwrap_err()
        .to_string();
    let manifest = project.spec.code.join("requirements.txt");
    assert!(
        error.starts_with(&format!("{}: `python", manifest.display())),
        "{error}"
    );
    assert!(
        error.contains("failed (exit status 1)") && error.contains("nowhere.whl"),
        "{error}"
    );
    let stopped = CancellationToken::new();
    stopped.cancel();
    let error = build_all(&project, &stopped).await.unwrap_err();
    assert!(matches!(error, BuildError::Cancelled));
    let left = std::fs::read_dir(project.folder.path().join(".stepwell/build")).unwrap();
    assert_eq!(left.count(), 0);
}

#[tokio::test]
async fn what_sam_built_runs_while_it_is_newer_than_the_source() {
    let files = [("app.py", PYTHON), ("requirements.txt", "tiny\n")];
    let Some(project) = project("python3.12", &files).await else {
        return;
    };
    let build = project.folder.path().join(".aws-sam/build");
    write(&build, "F/app.py", PYTHON);
    write(&build, "F/tiny.py", "def size():\n    return 2\n");
    write(&build, "template.yaml", BUILT);
    let at = |path: &Path, seconds: u64| {
        let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds);
        std::fs::File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(time)
            .unwrap();
    };
    for name in ["app.py", "requirements.txt"] {
        at(&project.spec.code.join(name), 0);
    }
    at(&build.join("template.yaml"), 10);
    assert_eq!(project.returned("{}").await, 2);
    assert!(project.functions.to_build().await.is_empty());
    at(&project.spec.code.join("app.py"), 20);
    until_async(async || project.functions.to_build().await.len() == 1).await;
    let error = project.invoke("{}").await.unwrap().result.unwrap_err();
    assert!(
        error.payload.contains("No module named 'tiny'"),
        "{}",
        error.payload
    );
}
