//! What a Task calls: a function of the project, another service, and in which pattern.

use asl::substitution;
use asl::text::Kind;
use aws::arn::{self, Arn};
use aws::integrations::{self, Pattern};

use super::Context;
use crate::contract::*;

pub(super) fn control(context: &Context<'_>) -> FieldControl {
    let resource = context.get("Resource");
    if resource.is_some_and(|resource| resource.kind() != Kind::String) {
        return FieldControl::Json {};
    }
    let text = resource
        .map(|resource| resource.text().into_owned())
        .unwrap_or_default();
    let (patterns, pattern) = patterns(&text);
    FieldControl::Resource {
        title: title(context),
        function: function(context, &text),
        functions: context.functions.to_vec(),
        patterns,
        pattern,
    }
}

fn title(context: &Context<'_>) -> String {
    let summary = &context.state.summary;
    match summary.split_once(" · ") {
        Some(("Lambda", _)) => "Lambda function".to_owned(),
        _ => summary.clone(),
    }
}

/// The text that names a function: `FunctionName` of the optimised integration, or the resource itself.
fn function(context: &Context<'_>, resource: &str) -> Option<FunctionUse> {
    if resource.starts_with("arn:aws:states:::lambda:invoke") {
        let (field, arguments) = ["Parameters", "Arguments"]
            .into_iter()
            .find_map(|field| Some((field, context.get(field)?)))?;
        let name = arguments
            .get("FunctionName")
            .filter(|name| name.kind() == Kind::String)?;
        return Some(used(context, format!("/{field}/FunctionName"), &name.text()));
    }
    let is_function = Arn::parse(resource).is_some_and(|arn| arn.function().is_some())
        || substitution::whole_name(resource).is_some() && context.state.summary.starts_with("Lambda");
    is_function.then(|| used(context, "/Resource".to_owned(), resource))
}

fn used(context: &Context<'_>, pointer: String, reference: &str) -> FunctionUse {
    let by_reference = context
        .functions
        .iter()
        .find(|function| function.reference == reference);
    let own_name = arn::function_name(reference);
    let by_name = || {
        context
            .functions
            .iter()
            .find(|function| function.name == own_name)
    };
    FunctionUse {
        pointer,
        name: by_reference
            .or_else(by_name)
            .map(|function| function.name.clone()),
        reference: reference.to_owned(),
    }
}

/// The patterns in which the service of a resource can be called, and which one this is.
fn patterns(resource: &str) -> (Vec<PatternForm>, Option<u32>) {
    let Some(action) = resource.strip_prefix("arn:aws:states:::") else {
        return (Vec::new(), None);
    };
    let suffixes = [".sync:2", ".sync", ".waitForTaskToken"];
    let base = suffixes
        .into_iter()
        .find_map(|suffix| action.strip_suffix(suffix))
        .unwrap_or(action);
    let known = integrations::patterns(base);
    let forms: Vec<PatternForm> = known
        .iter()
        .map(|pattern| PatternForm {
            title: in_words(*pattern).to_owned(),
            resource: format!("arn:aws:states:::{base}{}", pattern.suffix()),
        })
        .collect();
    let current = forms.iter().position(|form| form.resource == resource);
    (forms, current.and_then(|at| u32::try_from(at).ok()))
}

fn in_words(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::RequestResponse => "Go on with its answer",
        Pattern::Sync | Pattern::Sync2 => "Wait until the job is done",
        Pattern::WaitForTaskToken => "Wait for a task token",
    }
}

/// The functions that a definition could call, by what stands for them in it.
pub(crate) fn function_options(
    functions: &[::project::Function],
    substitutions: &std::collections::BTreeMap<String, String>,
) -> Vec<FunctionOption> {
    let reference = |name: &str| {
        let named = substitutions
            .iter()
            .find(|(_, value)| arn::function_name(value) == name);
        named.map_or_else(
            || name.to_owned(),
            |(placeholder, _)| format!("${{{placeholder}}}"),
        )
    };
    functions
        .iter()
        .map(|function| FunctionOption {
            name: function.name.clone(),
            runtime: function.runtime.clone(),
            reference: reference(&function.name),
        })
        .collect()
}
