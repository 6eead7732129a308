//! What the actions of services answer with, from the API models in `models/` (its README says where they are from).

/// Files by the ids of integrations; optimised integrations have ids of their own.
const MODELS: &[(&[&str], &str)] = &[
    (&["athena"], include_str!("../models/athena.txt")),
    (&["batch"], include_str!("../models/batch.txt")),
    (
        &["bedrockruntime", "bedrock"],
        include_str!("../models/bedrockruntime.txt"),
    ),
    (&["codebuild"], include_str!("../models/codebuild.txt")),
    (&["dynamodb"], include_str!("../models/dynamodb.txt")),
    (&["ecs"], include_str!("../models/ecs.txt")),
    (&["eks"], include_str!("../models/eks.txt")),
    (
        &["eventbridge", "events"],
        include_str!("../models/eventbridge.txt"),
    ),
    (&["glue"], include_str!("../models/glue.txt")),
    (&["kms"], include_str!("../models/kms.txt")),
    (&["lambda"], include_str!("../models/lambda.txt")),
    (&["rekognition"], include_str!("../models/rekognition.txt")),
    (&["s3"], include_str!("../models/s3.txt")),
    (&["secretsmanager"], include_str!("../models/secretsmanager.txt")),
    (&["sfn", "states"], include_str!("../models/sfn.txt")),
    (&["sns"], include_str!("../models/sns.txt")),
    (&["sqs"], include_str!("../models/sqs.txt")),
    (&["ssm"], include_str!("../models/ssm.txt")),
    (&["textract"], include_str!("../models/textract.txt")),
    (&["translate"], include_str!("../models/translate.txt")),
];

/// A service's model.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    text: &'static str,
}

/// A shape of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object with these members.
    Structure(Vec<Member>),
    /// An array of items of the shape with this name.
    List(&'static str),
    /// An object whose values have the shape with this name.
    Map(&'static str),
    /// A scalar.
    Scalar {
        /// What it is.
        kind: Scalar,
        /// Least length or value.
        least: Option<f64>,
        /// Most length or value.
        most: Option<f64>,
        /// The words that a text may be; empty for any.
        words: Vec<&'static str>,
    },
}

/// A member of a structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name, as Step Functions spells it.
    pub name: &'static str,
    /// The name of its shape.
    pub shape: &'static str,
    /// Whether it is always there.
    pub required: bool,
}

/// What a scalar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// A text.
    String,
    /// Bytes, as text.
    Blob,
    /// A moment, as text.
    Timestamp,
    /// A number.
    Number,
    /// true or false.
    Boolean,
}

impl Model {
    /// The model of a service by the id of its integration (`dynamodb`, `aws-sdk:s3`).
    pub fn of(service: &str) -> Option<Model> {
        let id = service.strip_prefix("aws-sdk:").unwrap_or(service);
        let found = MODELS.iter().find(|(ids, _)| ids.contains(&id))?;
        Some(Model { text: found.1 })
    }

    /// The name of the shape that an action answers with; the action as a `Resource` writes it (`putItem`).
    pub fn answer(self, action: &str) -> Option<&'static str> {
        let mut lines = self.text.lines().filter_map(|line| line.strip_prefix("op "));
        lines.find_map(|line| {
            let (name, shape) = line.split_once(' ')?;
            let same =
                name.get(..1)?.eq_ignore_ascii_case(action.get(..1)?) && name.get(1..)? == action.get(1..)?;
            same.then_some(shape)
        })
    }

    /// The shape with this name.
    pub fn shape(self, name: &str) -> Option<Shape> {
        let line = self
            .text
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
        let mut words = line.split(' ');
        match words.next()? {
            "{" => Some(Shape::Structure(words.filter_map(member).collect())),
            "[" => words.next().map(Shape::List),
            "%" => words.next().map(Shape::Map),
            kind => {
                let kind = scalar(kind)?;
                let mut number = || words.next().and_then(|word| word.parse().ok());
                let (least, most) = (number(), number());
                let words = words.next().map(|words| words.split('|').collect());
                Some(Shape::Scalar {
                    kind,
                    least,
                    most,
                    words: words.unwrap_or_default(),
                })
            }
        }
    }
}

fn member(word: &'static str) -> Option<Member> {
    let (name, shape) = word.split_once(':')?;
    Some(Member {
        name,
        shape: shape.trim_end_matches('!'),
        required: shape.ends_with('!'),
    })
}

fn scalar(kind: &str) -> Option<Scalar> {
    match kind {
        "string" => Some(Scalar::String),
        "blob" => Some(Scalar::Blob),
        "timestamp" => Some(Scalar::Timestamp),
        "number" => Some(Scalar::Number),
        "boolean" => Some(Scalar::Boolean),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_found() {
        let model = Model::of("states").unwrap();
        let answer = model.answer("startExecution").unwrap();
        let Some(Shape::Structure(members)) = model.shape(answer) else {
            panic!("{answer}");
        };
        let names: Vec<_> = members
            .iter()
            .map(|member| (member.name, member.required))
            .collect();
        assert_eq!(names, [("ExecutionArn", true), ("StartDate", true)]);
        assert!(matches!(
            Model::of("aws-sdk:kms").unwrap().shape("CiphertextType"),
            Some(Shape::Scalar { kind: Scalar::Blob, least: Some(least), .. }) if least == 1.0
        ));
        assert!(Model::of("aws-sdk:nowhere").is_none());
        assert!(model.answer("makeCoffee").is_none());
    }

    /// Every shape that is named is there: a file that was cut or mixed up would let wrong mocks pass.
    #[test]
    fn models_are_whole() {
        for (ids, text) in MODELS {
            let model = Model { text };
            for line in text.lines() {
                let mut words = line.split(' ');
                let (first, second) = (words.next().unwrap(), words.next().unwrap());
                let named: Vec<&str> = match (first, second) {
                    ("op", _) | (_, "[" | "%") => words.collect(),
                    (_, "{") => words.filter_map(member).map(|member| member.shape).collect(),
                    _ => Vec::new(),
                };
                for name in named {
                    assert!(model.shape(name).is_some(), "{ids:?}: {name}");
                }
            }
        }
    }
}
