//! AWS SAM and CloudFormation templates: their state machines and functions, resolved for a local run.
//!
//! | resource | is read as |
//! |---|---|
//! | `AWS::Serverless::StateMachine`, `AWS::StepFunctions::StateMachine` | a workflow |
//! | `AWS::Serverless::Function`, `AWS::Lambda::Function` | a function |
//!
//! Everything else is known by name only, so that `!Ref` and `!GetAtt` to it resolve to something that looks right.

mod function;
mod resolve;

use std::collections::BTreeMap;

use asl::text::{Kind, Node, Tree};

use crate::document::{DocumentId, format_of};
use crate::folder::service_name;
use crate::substitution::outermost_calls;
use crate::{Files, Function, Place, Problem, Project, Workflow};
use resolve::Resolver;

pub(crate) fn read(manifest: &str, files: &Files, place: &Place) -> Project {
    let mut project = Project {
        manifest: Some(manifest.into()),
        ..Project::default()
    };
    let Some(text) = files.get(manifest) else {
        return project;
    };
    let tree = Tree::parse(text.clone(), format_of(manifest));
    for fault in tree.faults() {
        project.problems.push(Problem {
            path: manifest.into(),
            offset: Some(fault.range.start),
            is_error: true,
            message: fault.message.clone(),
        });
    }
    let Some(root) = tree.root().filter(|root| root.kind() == Kind::Object) else {
        return project;
    };
    let template = Template {
        manifest,
        root,
        files,
        resolver: Resolver::new(root, place),
    };
    for resource in root.get("Resources").into_iter().flat_map(Node::members) {
        let Some(body) = resource.value else { continue };
        let kind = body
            .get("Type")
            .map(|node| node.text().into_owned())
            .unwrap_or_default();
        match kind.as_str() {
            "AWS::Serverless::StateMachine" | "AWS::StepFunctions::StateMachine" => {
                template.add_workflow(&resource.name, body, &mut project);
            }
            "AWS::Serverless::Function" | "AWS::Lambda::Function" => {
                let function = template.function(&resource.name, body);
                if let Some(message) = &function.problem {
                    project.problems.push(Problem {
                        is_error: false,
                        ..template.problem(body, format!("{}: {message}", resource.name))
                    });
                }
                project.functions.push(function);
            }
            _ => {}
        }
    }
    project
}

struct Template<'t> {
    manifest: &'t str,
    root: Node<'t>,
    files: &'t Files,
    resolver: Resolver<'t>,
}

impl<'t> Template<'t> {
    fn add_workflow(&self, id: &str, body: Node<'t>, project: &mut Project) {
        let properties = body.get("Properties");
        let get = |name: &str| properties.and_then(|node| node.get(name));
        let name = get("Name")
            .or_else(|| get("StateMachineName"))
            .and_then(|node| self.resolver.text(node));
        let document = match get("DefinitionUri") {
            Some(uri) => match self.definition_file(uri) {
                Ok(path) => DocumentId::file(path),
                Err(message) => return project.problems.push(self.problem(uri, message)),
            },
            None if get("Definition").is_some() || get("DefinitionString").is_some() => DocumentId {
                path: self.manifest.into(),
                resource: Some(id.into()),
            },
            None => {
                let message =
                    format!("{id} has no DefinitionUri, Definition or DefinitionString; add one of them");
                return project.problems.push(self.problem(body, message));
            }
        };
        let mut substitutions = self.substitutions(get("DefinitionSubstitutions"), get("DefinitionString"));
        let calls = match get("Definition") {
            Some(definition) => self.calls(definition, &mut substitutions, &mut project.problems),
            None => BTreeMap::new(),
        };
        let kind = get("Type").or_else(|| get("StateMachineType"));
        project.workflows.push(Workflow {
            id: id.into(),
            name: service_name(&name.unwrap_or_else(|| id.into())),
            document,
            express: kind.is_some_and(|kind| kind.text() == "EXPRESS"),
            substitutions,
            calls,
        });
    }

    /// The calls in a definition below `Definition:`, with the values of the placeholders that they come to.
    fn calls(
        &self,
        definition: Node<'t>,
        substitutions: &mut BTreeMap<String, String>,
        problems: &mut Vec<Problem>,
    ) -> BTreeMap<String, String> {
        let mut calls = BTreeMap::new();
        for node in outermost_calls(definition) {
            let source = &definition.tree().text()[node.full_range()];
            let Some(text) = self.resolver.with_placeholders(node) else {
                let message = format!(
                    "{source} can't be resolved from this template, so a local run takes it as it stands; \
                     name a resource, or a parameter with a Default"
                );
                problems.push(Problem {
                    is_error: false,
                    ..self.problem(node, message)
                });
                continue;
            };
            self.add_named(&text, substitutions);
            calls.insert(source.to_owned(), text);
        }
        calls
    }

    /// Gives the placeholders of a text the values that the template has for them.
    fn add_named(&self, text: &str, values: &mut BTreeMap<String, String>) {
        for name in resolve::placeholders(text) {
            if let Some(value) = self.resolver.reference(&name) {
                values.entry(name).or_insert(value);
            }
        }
    }

    fn definition_file(&self, uri: Node<'_>) -> Result<String, String> {
        let Some(path) = self.resolver.text(uri).filter(|_| uri.kind() == Kind::String) else {
            return Err(
                "the definition lies in a bucket; give a path in this folder to work on it here".into(),
            );
        };
        let path = clean_path(&path);
        if self.files.contains_key(&path) {
            return Ok(path);
        }
        Err(format!(
            "{path} does not exist in this folder; create it, or correct DefinitionUri"
        ))
    }

    /// What `DefinitionSubstitutions` says, and what a `!Sub` text names by itself.
    fn substitutions(&self, map: Option<Node<'t>>, string: Option<Node<'t>>) -> BTreeMap<String, String> {
        let mut values: BTreeMap<String, String> = map
            .into_iter()
            .flat_map(Node::members)
            .filter_map(|member| Some((member.name.into_owned(), self.resolver.text(member.value?)?)))
            .collect();
        if let Some(string) = string {
            self.add_named(string.source(), &mut values);
        }
        values
    }

    fn function(&self, id: &str, body: Node<'t>) -> Function {
        let properties = body.get("Properties");
        let globals = self.root.get("Globals").and_then(|node| node.get("Function"));
        let get = |name: &str| {
            properties
                .and_then(|node| node.get(name))
                .or_else(|| globals.and_then(|node| node.get(name)))
        };
        let text = |name: &str| get(name).and_then(|node| self.resolver.text(node));
        let number =
            |name: &str, absent: u32| text(name).and_then(|text| text.parse().ok()).unwrap_or(absent);
        let mut environment = BTreeMap::new();
        for source in [globals, properties].into_iter().flatten() {
            let variables = source.get("Environment").and_then(|node| node.get("Variables"));
            for member in variables.into_iter().flat_map(Node::members) {
                if let Some(value) = member.value.and_then(|node| self.resolver.text(node)) {
                    environment.insert(member.name.into_owned(), value);
                }
            }
        }
        let code = text("CodeUri").or_else(|| get("Code").is_none().then(|| ".".into()));
        let (runtime, handler) = (text("Runtime"), text("Handler"));
        let declared = function::Declared {
            code: code.as_deref(),
            runtime: runtime.as_deref(),
            handler: handler.as_deref(),
            is_image: text("PackageType").as_deref() == Some("Image"),
        };
        Function {
            id: id.into(),
            name: text("FunctionName").unwrap_or_else(|| id.into()),
            problem: declared.problem(self.files),
            runtime: runtime.unwrap_or_default(),
            handler: handler.unwrap_or_else(|| "bootstrap".into()),
            code: clean_path(code.as_deref().unwrap_or_default()),
            environment,
            timeout: number("Timeout", 3),
            memory: number("MemorySize", 128),
        }
    }

    fn problem(&self, node: Node<'_>, message: String) -> Problem {
        Problem {
            path: self.manifest.into(),
            offset: Some(node.range().start),
            is_error: true,
            message,
        }
    }
}

/// A path of a template as the project writes it: no `./`, no slash at the end, `..` resolved inside the root.
fn clean_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
