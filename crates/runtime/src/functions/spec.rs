//! What is known of a function before it runs, and the names it is called by.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use project::{Place, Project};

/// What a template says about a function: plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionSpec {
    /// Its name: letters, digits, `-` and `_`, at most 64.
    pub name: String,
    /// A runtime's identifier, such as `python3.13`.
    pub runtime: String,
    /// What to call, such as `src/app.handler`; anything for a custom runtime.
    pub handler: String,
    /// The folder that would be uploaded; absolute.
    pub code: PathBuf,
    /// The project that it is part of, where builds of it may lie; `None` for code that came alone.
    pub project: Option<ProjectCode>,
    /// The template's variables, with everything resolved.
    pub environment: BTreeMap<String, String>,
    /// How long one invocation may take.
    pub timeout: Duration,
    /// The memory it is given: when its own data take more, it is killed.
    pub memory_mb: u32,
    /// The region in its ARN.
    pub region: String,
    /// The account in its ARN, 12 digits.
    pub account: String,
}

/// A function's place in its project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectCode {
    /// The project's folder; absolute.
    pub root: PathBuf,
    /// The function's logical id in the template, else its name.
    pub id: String,
}

impl FunctionSpec {
    /// The functions of a project whose files lie in `root`, as they run on this machine.
    #[must_use]
    pub fn of_project(project: &Project, root: &Path, place: &Place) -> Vec<Self> {
        let spec = |function: &project::Function| Self {
            name: function.name.clone(),
            runtime: function.runtime.clone(),
            handler: function.handler.clone(),
            code: root.join(&function.code),
            project: Some(ProjectCode {
                root: root.to_owned(),
                id: function.id.clone(),
            }),
            environment: function.environment.clone(),
            timeout: Duration::from_secs(function.timeout.into()),
            memory_mb: function.memory,
            region: place.region.clone(),
            account: place.account.clone(),
        };
        project.functions.iter().map(spec).collect()
    }

    /// The function's ARN, without a qualifier.
    pub fn arn(&self) -> String {
        format!(
            "arn:aws:lambda:{}:{}:function:{}",
            self.region, self.account, self.name
        )
    }
}

/// The name in whatever a caller may write, and the version or alias after it: a name, `name:alias`, a partial ARN
/// (`123456789012:function:name`) or a whole one.
pub(super) fn name_and_qualifier(target: &str) -> (&str, Option<&str>) {
    let rest = match target.split_once("function:") {
        Some((before, rest)) if before.is_empty() || before.ends_with(':') => rest,
        _ => target,
    };
    match rest.split_once(':') {
        Some((name, qualifier)) => (name, Some(qualifier)),
        None => (rest, None),
    }
}

/// Whether the service would take this as a function's name. Names become parts of log and scratch names.
pub(super) fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(target: &str, name: &str, qualifier: Option<&str>) {
        assert_eq!(name_and_qualifier(target), (name, qualifier), "{target}");
    }

    #[test]
    fn targets() {
        check("price", "price", None);
        check("price:live", "price", Some("live"));
        check("123456789012:function:price", "price", None);
        check("function:price:7", "price", Some("7"));
        check(
            "arn:aws:lambda:eu-west-1:123456789012:function:price",
            "price",
            None,
        );
        check(
            "arn:aws:lambda:eu-west-1:123456789012:function:price:$LATEST",
            "price",
            Some("$LATEST"),
        );
        check("my-function", "my-function", None);
        check("my-function:live", "my-function", Some("live"));
        check("", "", None);
    }

    #[test]
    fn names() {
        for (name, expected) in [
            ("a-B_9", true),
            ("", false),
            ("../x", false),
            ("ä", false),
            (&"x".repeat(65), false),
        ] {
            assert_eq!(is_name(name), expected, "{name}");
        }
    }
}
