//! ListFunctions: the project's functions, then uploaded ones by age.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Answer;
use super::configuration::{Phase, shown, shown_of_project};
use super::fault::LambdaFault;
use crate::members::{Member, Request, Rule, optional};
use crate::page::Page;
use crate::states::{Context, object};

const MEMBERS: &[Member] = &[
    optional("functionVersion", Rule::OneOf(&["ALL"])),
    optional("maxResults", Rule::Integer(1, 10_000)),
];

/// Functions on a page.
const PAGE: i64 = 50;

pub(super) fn perform(context: &Context, query: &[(String, String)]) -> Answer {
    let given = |name: &str| {
        query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let wanted = given("MaxItems")
        .and_then(|text| text.parse().ok())
        .unwrap_or(PAGE);
    let members = json!({
        "functionVersion": given("FunctionVersion"),
        "maxResults": wanted,
        "nextToken": given("Marker"),
    });
    let members = members.as_object().cloned().unwrap_or_default();
    let page = Request::check(members, MEMBERS)?;
    let page = Page::of(&page, "ListFunctions");
    let page = page.map_err(|_| LambdaFault::invalid_value("Invalid Marker"))?;
    let registry = context.runtime.registry();
    let declared = registry.declared_functions();
    let uploaded = registry.uploaded()?;
    let uploaded = uploaded
        .iter()
        .filter(|function| declared.iter().all(|spec| spec.name != function.name));
    let all = declared
        .iter()
        .map(|spec| shown_of_project(context, spec))
        .chain(uploaded.map(|function| shown(context, function, Phase::Settled)));
    let (functions, next) = page.cut(all.collect());
    let body = object(vec![
        ("Functions", Value::Array(functions)),
        ("NextMarker", json!(next)),
    ]);
    Ok((StatusCode::OK, body))
}
