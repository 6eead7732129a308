//! CloudFormation's functions, resolved as far as a local run needs: what depends on the service becomes a value of
//! the right shape. (AWS CloudFormation user guide, "Intrinsic function reference".)
//!
//! | function | resolved to |
//! |---|---|
//! | `Ref` to a parameter | its `Default` |
//! | `Ref` to a function, state machine | its name, its ARN |
//! | `Ref` to anything else | its logical id, in lower case |
//! | `Fn::GetAtt X.Arn` | an ARN in the local account |
//! | `Fn::Sub`, `Fn::Join`, `Fn::Select`, `Fn::Split`, `Fn::FindInMap` | as documented |
//! | `Fn::If` | its first alternative, unless the condition is known to be false |

use std::collections::BTreeMap;

use asl::text::{Kind, Node};

use crate::Place;
use crate::substitution::call;

/// How deep functions may stand inside one another.
const DEPTH: u32 = 32;

pub(super) struct Resolver<'t> {
    root: Node<'t>,
    place: Place,
}

impl<'t> Resolver<'t> {
    pub(super) fn new(root: Node<'t>, place: &Place) -> Self {
        Self {
            root,
            place: place.clone(),
        }
    }

    /// What a node comes to as text; none for what is not text, or can't be known.
    pub(super) fn text(&self, node: Node<'t>) -> Option<String> {
        self.resolve(node, 0)
    }

    /// What a call comes to, where it can with `${Name}` for what it refers to, so that a definition can be exported
    /// with its placeholders.
    pub(super) fn with_placeholders(&self, node: Node<'t>) -> Option<String> {
        let (function, argument) = call(node)?;
        let value = self.text(node)?;
        let placeholder = |path: String| format!("${{{path}}}");
        match function.as_str() {
            "Ref" => Some(placeholder(argument.text().into_owned())),
            "GetAtt" if argument.kind() == Kind::Array => {
                Some(placeholder(self.items(argument, 0)?.join(".")))
            }
            "GetAtt" => Some(placeholder(argument.text().into_owned())),
            "Sub" if argument.kind() == Kind::String && !argument.text().contains("${!") => {
                Some(argument.text().into_owned())
            }
            _ => Some(value),
        }
    }

    fn resolve(&self, node: Node<'t>, depth: u32) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        if let Some((function, argument)) = call(node) {
            return self.apply(&function, argument, depth + 1);
        }
        match node.kind() {
            Kind::String | Kind::Number | Kind::Bool => Some(node.text().into_owned()),
            _ => None,
        }
    }

    fn apply(&self, function: &str, argument: Node<'t>, depth: u32) -> Option<String> {
        let item = |number: usize| argument.items().nth(number);
        let all = |list: Node<'t>| -> Option<Vec<String>> { self.list(list, depth) };
        match function {
            "Ref" => self.reference(&argument.text()),
            "GetAtt" => {
                let path = match argument.kind() {
                    Kind::Array => self.items(argument, depth)?.join("."),
                    _ => argument.text().into_owned(),
                };
                self.reference(&path)
            }
            "Sub" => {
                let (text, values) = match argument.kind() {
                    Kind::Array => (item(0)?.text(), item(1)),
                    _ => (argument.text(), None),
                };
                Some(self.sub(&text, values, depth))
            }
            "Join" => Some(all(item(1)?)?.join(&self.resolve(item(0)?, depth)?)),
            "Select" => {
                let number: usize = self.resolve(item(0)?, depth)?.parse().ok()?;
                all(item(1)?)?.into_iter().nth(number)
            }
            "FindInMap" => {
                let keys = self.items(argument, depth)?;
                let [map, first, second] = keys.get(..3)? else {
                    return None;
                };
                self.text(self.root.get("Mappings")?.get(map)?.get(first)?.get(second)?)
            }
            "If" => self
                .resolve(item(1)?, depth)
                .or_else(|| self.resolve(item(2)?, depth)),
            "ImportValue" => Some(format!("${{{}}}", argument.text())),
            _ => None,
        }
    }

    fn list(&self, node: Node<'t>, depth: u32) -> Option<Vec<String>> {
        if let Some((function, argument)) = call(node) {
            if function != "Split" || depth > DEPTH {
                return None;
            }
            let separator = self.resolve(argument.items().next()?, depth + 1)?;
            let text = self.resolve(argument.items().nth(1)?, depth + 1)?;
            return Some(text.split(separator.as_str()).map(str::to_owned).collect());
        }
        self.items(node, depth)
    }

    /// The items of a list that is not a call itself: a function's arguments.
    fn items(&self, node: Node<'t>, depth: u32) -> Option<Vec<String>> {
        node.items().map(|item| self.resolve(item, depth + 1)).collect()
    }

    fn sub(&self, text: &str, values: Option<Node<'t>>, depth: u32) -> String {
        let mut known = BTreeMap::new();
        for name in placeholders(text) {
            let own = values
                .and_then(|map| map.get(&name))
                .and_then(|node| self.resolve(node, depth));
            if let Some(value) = own.or_else(|| self.reference(&name)) {
                known.insert(name, value);
            }
        }
        let literal = "\u{0}{";
        let text =
            crate::substitution::substitute(&text.replace("${!", literal), asl::text::Format::Yaml, &known)
                .text;
        text.replace(literal, "${")
    }

    /// What `Ref Name`, `GetAtt Name.Attribute` or `${Name}` comes to.
    pub(super) fn reference(&self, path: &str) -> Option<String> {
        let pseudo = match path {
            "AWS::Region" => Some(self.place.region.clone()),
            "AWS::AccountId" => Some(self.place.account.clone()),
            "AWS::Partition" => Some("aws".into()),
            "AWS::StackName" => Some("local".into()),
            "AWS::URLSuffix" => Some("amazonaws.com".into()),
            "AWS::NoValue" => return None,
            _ => None,
        };
        if pseudo.is_some() {
            return pseudo;
        }
        if let Some(parameter) = self.root.get("Parameters").and_then(|node| node.get(path)) {
            return parameter.get("Default").map(|node| node.text().into_owned());
        }
        let (name, attribute) = path
            .split_once('.')
            .map_or((path, None), |(name, rest)| (name, Some(rest)));
        let resource = self.root.get("Resources")?.get(name)?;
        Some(self.resource(name, resource, attribute))
    }

    fn resource(&self, id: &str, resource: Node<'t>, attribute: Option<&str>) -> String {
        let kind = resource
            .get("Type")
            .map(|node| node.text().into_owned())
            .unwrap_or_default();
        let own = |property: &str| {
            let node = resource.get("Properties")?.get(property)?;
            (node.kind() == Kind::String && call(node).is_none()).then(|| node.text().into_owned())
        };
        let Place { region, account } = &self.place;
        let arn = |service: &str, rest: String| format!("arn:aws:{service}:{region}:{account}:{rest}");
        match (kind.as_str(), attribute) {
            ("AWS::Serverless::Function" | "AWS::Lambda::Function", attribute) => {
                let name = own("FunctionName").unwrap_or_else(|| id.into());
                if attribute == Some("Arn") {
                    self.place.function_arn(&name)
                } else {
                    name
                }
            }
            ("AWS::Serverless::StateMachine" | "AWS::StepFunctions::StateMachine", attribute) => {
                let name = own("Name")
                    .or_else(|| own("StateMachineName"))
                    .unwrap_or_else(|| id.into());
                if attribute == Some("Name") {
                    name
                } else {
                    self.place.state_machine_arn(&name)
                }
            }
            ("AWS::DynamoDB::Table" | "AWS::Serverless::SimpleTable", attribute) => {
                let name = own("TableName").unwrap_or_else(|| id.into());
                if attribute == Some("Arn") {
                    arn("dynamodb", format!("table/{name}"))
                } else {
                    name
                }
            }
            ("AWS::SQS::Queue", Some("Arn")) => arn("sqs", own("QueueName").unwrap_or_else(|| id.into())),
            ("AWS::SQS::Queue", None) => {
                format!(
                    "https://sqs.{region}.amazonaws.com/{account}/{}",
                    own("QueueName").unwrap_or_else(|| id.into())
                )
            }
            ("AWS::SNS::Topic", None | Some("TopicArn")) => {
                arn("sns", own("TopicName").unwrap_or_else(|| id.into()))
            }
            ("AWS::S3::Bucket", attribute) => {
                let name = own("BucketName").unwrap_or_else(|| id.to_lowercase());
                if attribute == Some("Arn") {
                    format!("arn:aws:s3:::{name}")
                } else {
                    name
                }
            }
            ("AWS::Events::EventBus", attribute) => {
                let name = own("Name").unwrap_or_else(|| id.into());
                if attribute == Some("Arn") {
                    arn("events", format!("event-bus/{name}"))
                } else {
                    name
                }
            }
            ("AWS::IAM::Role", Some("Arn")) => format!("arn:aws:iam::{account}:role/{id}"),
            (_, Some("Arn")) => arn("local", id.into()),
            (_, Some(attribute)) => format!("{id}.{attribute}"),
            (_, None) => id.to_lowercase(),
        }
    }
}

/// The names in `${…}`, each once.
pub(super) fn placeholders(text: &str) -> Vec<String> {
    let none = BTreeMap::new();
    let found = crate::substitution::substitute(&text.replace("${!", ""), asl::text::Format::Yaml, &none);
    found.unresolved.into_iter().collect()
}
