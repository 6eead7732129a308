//! A project as its files describe it: which state machines and functions there are, and where their text stands.
//! Works on a map of path to text; touches no disk.
//!
//! | file | what it reads |
//! |---|---|
//! | `template.rs` | AWS SAM and CloudFormation templates, YAML or JSON |
//! | `folder.rs` | a folder without a template: definitions by file name, functions by folder |
//! | `document.rs` | where a definition's text stands: a file, or a part of a template |
//! | `substitution.rs` | `${…}` and CloudFormation's functions in a definition, resolved as the template says |

pub mod document;
pub mod export;
mod folder;
pub mod substitution;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use asl::words::MachineType;
pub use document::DocumentId;

/// The texts of a project: path relative to its root, with `/`, to text. A path that ends in `/` is a folder that was
/// not looked into.
pub type Files = BTreeMap<String, Arc<str>>;

/// A project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    /// The template that describes it, relative to the root.
    pub manifest: Option<String>,
    /// State machines: in the manifest's order, else by path.
    pub workflows: Vec<Workflow>,
    /// Functions: in the manifest's order, else by name.
    pub functions: Vec<Function>,
    /// What is wrong with the project itself.
    pub problems: Vec<Problem>,
}

/// A state machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Workflow {
    /// Identity in the project: the logical id in the template, else the definition's path.
    pub id: String,
    /// Its name on the service.
    pub name: String,
    /// Where its definition stands.
    pub document: DocumentId,
    /// Express instead of Standard.
    pub express: bool,
    /// What `${…}` in the definition stands for, resolved for a local run.
    pub substitutions: BTreeMap<String, String>,
    /// CloudFormation's functions in a definition inside the template: a call as it is written, to the text that it
    /// comes to, which may have `${…}` in it. `!GetAtt Pay.Arn` to `${Pay.Arn}`.
    pub calls: BTreeMap<String, String>,
}

impl Workflow {
    /// Its type, as the language's rules ask for it.
    #[must_use]
    pub fn machine_type(&self) -> MachineType {
        if self.express {
            MachineType::Express
        } else {
            MachineType::Standard
        }
    }
}

/// A function.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// The logical id in the template, else the name.
    pub id: String,
    /// Its name on the service.
    pub name: String,
    /// Such as `python3.13`.
    pub runtime: String,
    /// Such as `app.handler`.
    pub handler: String,
    /// The folder of its code, relative to the root, without `./` and a slash at the end.
    pub code: String,
    /// Environment variables, resolved for a local run.
    pub environment: BTreeMap<String, String>,
    /// In seconds.
    pub timeout: u32,
    /// In MB.
    pub memory: u32,
    /// Why it can't run as declared.
    pub problem: Option<String>,
}

/// Something wrong with the project itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the root.
    pub path: String,
    /// Where in it, in bytes; none = the file as a whole.
    pub offset: Option<usize>,
    /// It stops something from running.
    pub is_error: bool,
    /// Where, what, and what to do.
    pub message: String,
}

/// Which account and region a local run pretends to be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Twelve digits.
    pub account: String,
    /// Such as `us-east-1`.
    pub region: String,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        }
    }
}

impl Place {
    /// The ARN of a function.
    #[must_use]
    pub fn function_arn(&self, name: &str) -> String {
        format!("arn:aws:lambda:{}:{}:function:{name}", self.region, self.account)
    }

    /// The ARN of a state machine.
    #[must_use]
    pub fn state_machine_arn(&self, name: &str) -> String {
        format!(
            "arn:aws:states:{}:{}:stateMachine:{name}",
            self.region, self.account
        )
    }

    /// The ARN of an activity.
    #[must_use]
    pub fn activity_arn(&self, name: &str) -> String {
        format!("arn:aws:states:{}:{}:activity:{name}", self.region, self.account)
    }

    /// The ARN of the role that a state machine without one is said to have.
    #[must_use]
    pub fn role_arn(&self, machine: &str) -> String {
        format!("arn:aws:iam::{}:role/{machine}-local", self.account)
    }

    /// The ARN of an execution.
    #[must_use]
    pub fn execution_arn(&self, machine: &str, execution: &str) -> String {
        format!(
            "arn:aws:states:{}:{}:execution:{machine}:{execution}",
            self.region, self.account
        )
    }

    /// The ARN of an execution of an Express state machine.
    #[must_use]
    pub fn express_arn(&self, machine: &str, execution: &str, run: &str) -> String {
        format!(
            "arn:aws:states:{}:{}:express:{machine}:{execution}:{run}",
            self.region, self.account
        )
    }
}

/// Names under which a template is looked for, best first.
pub const MANIFESTS: [&str; 6] = [
    "template.yaml",
    "template.yml",
    "template.json",
    "sam.yaml",
    "sam.yml",
    "cloudformation.yaml",
];

/// Reads a project. Never fails: what can't be read is a [`Problem`].
#[must_use]
pub fn read(files: &Files, place: &Place) -> Project {
    let manifest = MANIFESTS.iter().find(|name| files.contains_key(**name));
    let mut project = match manifest {
        Some(name) => template::read(name, files, place),
        None => Project::default(),
    };
    if project.workflows.is_empty() {
        folder::add_workflows(files, &mut project);
    }
    if project.functions.is_empty() {
        folder::add_functions(files, &mut project);
    }
    project
}

/// Whether a path names a definition.
#[must_use]
pub fn is_definition(path: &str) -> bool {
    [".asl.json", ".asl.yaml", ".asl.yml", ".asl"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

/// The workflow of a single definition file, by its name alone.
#[must_use]
pub fn workflow_of(path: &str) -> Workflow {
    folder::workflow(path)
}
