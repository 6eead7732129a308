//! CreateFunction, from a zip in the request.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use runtime::registry::Uploaded;
use serde_json::{Map, Value};

use super::configuration::{self, Phase};
use super::fault::LambdaFault;
use super::{Answer, package};
use crate::members::{Member, Request, Rule, required};
use crate::states::Context;

const MEMBERS: &[Member] = &[
    required("FunctionName", Rule::Text(1, 140)),
    required("Role", Rule::Text(1, 2048)),
    required("Code", Rule::Object),
];

/// Characters of a name.
const NAME: usize = 64;

pub(super) async fn perform(context: &Context, members: Map<String, Value>) -> Answer {
    Request::check(members.clone(), MEMBERS)?;
    Request::check(members.clone(), configuration::SHARED)?;
    let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
    let name = name(context, &text("FunctionName").unwrap_or_default())?;
    let (Some(runtime), Some(handler)) = (text("Runtime"), text("Handler")) else {
        return Err(LambdaFault::invalid_value(
            "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
        ));
    };
    if context
        .runtime
        .registry()
        .declared_functions()
        .iter()
        .any(|spec| spec.name == name)
    {
        return Err(LambdaFault::declared_by_project(&name));
    }
    let arn = context.place.function_arn(&name);
    if context.runtime.registry().uploaded_function(&arn)?.is_some() {
        return Err(LambdaFault::exists(&name));
    }
    let now = context.runtime.time();
    let mut function = Uploaded {
        arn,
        name,
        runtime,
        handler,
        role: String::new(),
        description: String::new(),
        environment: None,
        timeout: aws::lambda::DEFAULT_TIMEOUT_SECONDS,
        memory: aws::lambda::DEFAULT_MEMORY_MB,
        code: String::new(),
        code_size: 0,
        created: now,
        modified: now,
        revision: runtime::clock::random_uuid(),
        settings: Map::new(),
        tags: tags(&members),
    };
    configuration::apply(&members, &mut function)?;
    let code = members
        .get("Code")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let package = package::take(context, &code).await?;
    (function.code, function.code_size) = (package.digest, package.bytes);
    if !context.runtime.registry().upload(function.clone()).await? {
        return Err(LambdaFault::exists(&function.name));
    }
    context.runtime.functions_changed()?;
    Ok((
        StatusCode::CREATED,
        configuration::shown(context, &function, Phase::Created),
    ))
}

/// A new function's name, also from an ARN.
fn name(context: &Context, text: &str) -> Result<String, LambdaFault> {
    let target = super::target::Target::read(context, text)?;
    if target.name.len() > NAME {
        return Err(LambdaFault::validation(format!(
            "1 validation error detected: Value '{text}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to {NAME}"
        )));
    }
    Ok(target.name)
}

fn tags(members: &Map<String, Value>) -> BTreeMap<String, String> {
    let given = members.get("Tags").and_then(Value::as_object);
    given
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}
