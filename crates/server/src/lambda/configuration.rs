//! A function's configuration as the API shows it, and what requests may say about it.

use std::collections::BTreeMap;

use runtime::functions::FunctionSpec;
use runtime::registry::Uploaded;
use serde_json::{Map, Value, json};

use super::fault::LambdaFault;
use crate::members::{Member, Rule, constraint, optional, range, refuse};
use crate::states::Context;

/// Members that CreateFunction and UpdateFunctionConfiguration share.
pub(super) const SHARED: &[Member] = &[
    optional("Description", Rule::Text(0, 256)),
    optional("Handler", Rule::Text(0, 128)),
    optional("Environment", Rule::Object),
];

/// Members that mean nothing on this machine: they are kept and shown.
const SETTINGS: &[&str] = &[
    "Architectures",
    "DeadLetterConfig",
    "EphemeralStorage",
    "LoggingConfig",
    "TracingConfig",
    "VpcConfig",
];

/// What a function is said to be doing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// It was made just now.
    Created,
    /// It was changed just now.
    Updated,
    /// It is there.
    Settled,
}

/// Takes over what a request says.
pub(super) fn apply(members: &Map<String, Value>, function: &mut Uploaded) -> Result<(), LambdaFault> {
    let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
    check_numbers(members)?;
    if let Some(runtime) = text("Runtime") {
        check_runtime(&runtime)?;
        function.runtime = runtime;
    }
    function.handler = text("Handler").unwrap_or_else(|| function.handler.clone());
    function.role = text("Role").unwrap_or_else(|| function.role.clone());
    function.description = text("Description").unwrap_or_else(|| function.description.clone());
    let number = |name: &str| {
        members
            .get(name)
            .and_then(Value::as_u64)
            .and_then(|n| u32::try_from(n).ok())
    };
    function.timeout = number("Timeout").unwrap_or(function.timeout);
    function.memory = number("MemorySize").unwrap_or(function.memory);
    if let Some(environment) = members.get("Environment").filter(|given| !given.is_null()) {
        function.environment = Some(variables(environment)?);
    }
    for name in SETTINGS {
        if let Some(setting) = members.get(*name).filter(|setting| !setting.is_null()) {
            function.settings.insert((*name).to_owned(), setting.clone());
        }
    }
    Ok(())
}

fn check_numbers(members: &Map<String, Value>) -> Result<(), LambdaFault> {
    let (least, most) = (aws::lambda::MEMORY_MB.start(), aws::lambda::MEMORY_MB.end());
    let mut broken = Vec::new();
    for (name, place, least, most) in [
        ("MemorySize", "memorySize", i64::from(*least), i64::from(*most)),
        (
            "Timeout",
            "timeout",
            1,
            i64::from(aws::lambda::MAX_TIMEOUT_SECONDS),
        ),
    ] {
        let Some(number) = members.get(name).and_then(Value::as_i64) else {
            continue;
        };
        if let Some(rule) = range(number, least, most) {
            broken.push(constraint(&format!("'{number}'"), place, &rule));
        }
    }
    Ok(refuse(&broken)?)
}

fn check_runtime(runtime: &str) -> Result<(), LambdaFault> {
    if aws::lambda::runtime(runtime).is_some() {
        return Ok(());
    }
    let known: Vec<_> = aws::lambda::RUNTIMES
        .iter()
        .map(|known| known.identifier)
        .collect();
    Err(LambdaFault::invalid_value(format!(
        "Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [{}] or be a valid ARN",
        known.join(", ")
    )))
}

fn variables(environment: &Value) -> Result<BTreeMap<String, String>, LambdaFault> {
    let given = environment.get("Variables").and_then(Value::as_object);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let variables: BTreeMap<_, _> = given
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect();
    let reserved: Vec<_> = variables
        .keys()
        .filter(|name| aws::lambda::RESERVED_VARIABLES.contains(&name.as_str()))
        .cloned()
        .collect();
    if reserved.is_empty() {
        return Ok(variables);
    }
    Err(LambdaFault::invalid_value(format!(
        "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: {}",
        reserved.join(", ")
    )))
}

/// `Configuration` of an uploaded function.
pub(super) fn shown(context: &Context, function: &Uploaded, phase: Phase) -> Value {
    let mut shown = json!({
        "FunctionName": function.name,
        "FunctionArn": function.arn,
        "Runtime": function.runtime,
        "Role": function.role,
        "Handler": function.handler,
        "CodeSize": function.code_size,
        "Description": function.description,
        "Timeout": function.timeout,
        "MemorySize": function.memory,
        "LastModified": moment(function.modified),
        "CodeSha256": sha256(&function.code),
        "Version": aws::lambda::LATEST,
        "TracingConfig": {"Mode": "PassThrough"},
        "RevisionId": function.revision,
        "PackageType": "Zip",
        "Architectures": ["x86_64"],
        "EphemeralStorage": {"Size": 512},
        "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
        "RuntimeVersionConfig": {
            "RuntimeVersionArn": format!("arn:aws:lambda:{}::runtime:stepwell", context.place.region),
        },
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": format!("/aws/lambda/{}", function.name)},
    });
    if let Some(members) = shown.as_object_mut() {
        if let Some(variables) = &function.environment {
            members.insert("Environment".into(), json!({"Variables": variables}));
        }
        for (name, setting) in &function.settings {
            let shown = members.entry(name.clone()).or_insert(Value::Null);
            match (shown, setting) {
                (Value::Object(shown), Value::Object(setting)) => shown.extend(setting.clone()),
                (shown, setting) => *shown = setting.clone(),
            }
        }
        members.extend(said_of(phase));
    }
    shown
}

fn said_of(phase: Phase) -> Map<String, Value> {
    let said = match phase {
        Phase::Created => json!({
            "State": "Pending",
            "StateReason": "The function is being created.",
            "StateReasonCode": "Creating",
        }),
        Phase::Updated => json!({
            "State": "Active",
            "LastUpdateStatus": "InProgress",
            "LastUpdateStatusReason": "The function is being created.",
            "LastUpdateStatusReasonCode": "Creating",
        }),
        Phase::Settled => json!({"State": "Active", "LastUpdateStatus": "Successful"}),
    };
    match said {
        Value::Object(said) => said,
        _ => Map::new(),
    }
}

/// `Configuration` of a function that the project declares, which has no package.
pub(super) fn shown_of_project(context: &Context, spec: &FunctionSpec) -> Value {
    let function = Uploaded {
        arn: spec.arn(),
        name: spec.name.clone(),
        runtime: spec.runtime.clone(),
        handler: spec.handler.clone(),
        role: context.place.role_arn(&spec.name),
        description: String::new(),
        environment: Some(spec.environment.clone()),
        timeout: u32::try_from(spec.timeout.as_secs()).unwrap_or(u32::MAX),
        memory: spec.memory_mb,
        code: runtime::digest(&spec.code.to_string_lossy()),
        code_size: 0,
        created: 0,
        modified: 0,
        revision: String::new(),
        settings: Map::new(),
        tags: BTreeMap::new(),
    };
    shown(context, &function, Phase::Settled)
}

/// A digest as the API shows it: Base64 instead of hexadecimal.
fn sha256(hexadecimal: &str) -> String {
    use base64::Engine;
    let digits: Vec<_> = hexadecimal.bytes().collect();
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).unwrap_or_default();
        u8::from_str_radix(pair, 16).unwrap_or_default()
    };
    let bytes: Vec<u8> = digits.chunks(2).map(byte).collect();
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// A moment as Lambda writes it: `2026-03-01T12:00:00.000+0000`.
fn moment(milliseconds: i64) -> String {
    let text = engine::Timestamp(milliseconds).to_string();
    text.replace('Z', "+0000")
}
