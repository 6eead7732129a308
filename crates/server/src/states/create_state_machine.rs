//! CreateStateMachine. Making the same machine again is no fault; another one of its name is.

use runtime::registry::{Kind, Machine, Made};
use serde_json::{Value, json};

use super::{Answer, Context, date, object, tags};
use crate::definition;
use crate::fault::Fault;
use crate::members::{Member, Request, Rule, optional, required};
use crate::names;

pub(super) const MEMBERS: &[Member] = &[
    required("name", Rule::Text(1, 80)),
    required("definition", Rule::Text(1, 1_048_576)),
    required("roleArn", Rule::Text(1, 256)),
    optional("type", Rule::OneOf(&["STANDARD", "EXPRESS"])),
    optional("loggingConfiguration", Rule::Object),
    optional("tags", Rule::List(0, 50)),
    optional("tracingConfiguration", Rule::Object),
    optional("publish", Rule::Flag),
    optional("versionDescription", Rule::Text(0, 256)),
    optional("encryptionConfiguration", Rule::Object),
];

pub(super) async fn perform(context: &Context, request: &Request) -> Answer {
    let name = names::name(request.needed("name"))?;
    let publish = request.flag("publish");
    let description = request.text("versionDescription").map(str::to_owned);
    if description.is_some() && !publish {
        return Err(Fault::validation(
            "Version description can only be set when publish is true",
        ));
    }
    let kind = match request.text("type") {
        Some("EXPRESS") => Kind::Express,
        _ => Kind::Standard,
    };
    let definition = request.needed("definition");
    definition::accept(definition, kind)?;
    let now = context.runtime.time();
    let mut machine = Machine {
        arn: context.place.state_machine_arn(name),
        name: name.to_owned(),
        kind,
        definition: definition.to_owned(),
        role_arn: request.needed("roleArn").to_owned(),
        created: now,
        updated: now,
        revision: None,
        logging: logging(request.get("loggingConfiguration"))?,
        tracing: tracing(request.get("tracingConfiguration")),
        versions: Vec::new(),
        last_version: 0,
        aliases: Vec::new(),
        workflow: name.to_owned(),
        document: String::new(),
    };
    let wanted = tags::of(request)?;
    let version = publish.then(|| machine.publish(description, now).number);
    let made = match context.runtime.registry().make_machine(machine).await? {
        Made::Taken(there) => {
            return Err(Fault::new(
                "StateMachineAlreadyExists",
                format!("State Machine Already Exists: '{}'", there.arn),
            ));
        }
        Made::New(made) => {
            tags::put(context, &made.arn, wanted).await?;
            made
        }
        Made::Same(made) => made,
    };
    Ok(object(vec![
        ("stateMachineArn", json!(made.arn)),
        ("creationDate", date(made.created)),
        (
            "stateMachineVersionArn",
            json!(version.map(|number| made.qualified_arn(number))),
        ),
    ]))
}

/// `loggingConfiguration` with its defaults.
pub(super) fn logging(given: Option<&Value>) -> Result<Value, Fault> {
    let level = given.and_then(|given| given.get("level")).and_then(Value::as_str);
    let level = level.unwrap_or("OFF");
    let include = given.and_then(|given| given.get("includeExecutionData"));
    let include = include.and_then(Value::as_bool).unwrap_or_default();
    let destinations = given.and_then(|given| given.get("destinations"));
    let count = destinations.and_then(Value::as_array).map_or(0, Vec::len);
    let refused = |detail: &str| {
        Err(Fault::new(
            "InvalidLoggingConfiguration",
            format!("Invalid Logging Configuration: {detail}"),
        ))
    };
    if level != "OFF" && count != 1 {
        return refused("Must specify exactly one Log Destination.");
    }
    let mut logging = json!({"level": level, "includeExecutionData": include});
    if let (Some(destinations), Some(members)) = (destinations, logging.as_object_mut()) {
        members.insert("destinations".into(), destinations.clone());
    }
    Ok(logging)
}

/// Whether `tracingConfiguration` asks for X-Ray.
pub(super) fn tracing(given: Option<&Value>) -> bool {
    given
        .and_then(|given| given.get("enabled"))
        .and_then(Value::as_bool)
        .unwrap_or_default()
}
