//! TagResource, UntagResource, ListTagsForResource: tags of state machines and activities.

use runtime::registry::Tag;
use serde_json::{Value, json};

use super::{Answer, Context};
use crate::fault::Fault;
use crate::members::{Member, Request, Rule, constraint, length, refuse, required};
use crate::names;

const RESOURCE: Member = required("resourceArn", Rule::Text(1, 256));
pub(super) const TAG: &[Member] = &[RESOURCE, required("tags", Rule::List(0, usize::MAX))];
pub(super) const UNTAG: &[Member] = &[RESOURCE, required("tagKeys", Rule::List(0, usize::MAX))];
pub(super) const LIST: &[Member] = &[RESOURCE];

/// Characters of a key and of a value.
const KEY: (usize, usize) = (1, 128);
const VALUE: (usize, usize) = (0, 256);

/// The tags that a request brings.
pub(super) fn of(request: &Request) -> Result<Vec<Tag>, Fault> {
    let given = request.get("tags").and_then(Value::as_array);
    let text = |tag: &Value, name: &str| {
        tag.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let tags: Vec<_> = given
        .into_iter()
        .flatten()
        .map(|tag| Tag {
            key: text(tag, "key"),
            value: text(tag, "value"),
        })
        .collect();
    let mut broken = Vec::new();
    for (number, tag) in (1..).zip(&tags) {
        for (name, text, (least, most)) in [("key", &tag.key, KEY), ("value", &tag.value, VALUE)] {
            if let Some(rule) = length(text.chars().count(), least, most) {
                broken.push(constraint(
                    &format!("'{text}'"),
                    &format!("tags.{number}.member.{name}"),
                    &rule,
                ));
            }
        }
    }
    refuse(&broken)?;
    Ok(tags)
}

/// Puts tags on a resource.
pub(super) async fn put(context: &Context, arn: &str, tags: Vec<Tag>) -> Result<(), Fault> {
    if tags.is_empty() {
        return Ok(());
    }
    let put = context.runtime.registry().tag(arn, tags).await?;
    put.map_err(|_| {
        Fault::new(
            "TooManyTags",
            format!(
                "Too Many Tags: '{arn}' may have at most {} tags",
                aws::quotas::TAGS
            ),
        )
    })
}

pub(super) async fn tag(context: &Context, request: &Request) -> Answer {
    let arn = resource(context, request)?;
    put(context, arn, of(request)?).await?;
    Ok(json!({}))
}

pub(super) async fn untag(context: &Context, request: &Request) -> Answer {
    let arn = resource(context, request)?;
    let keys = request.get("tagKeys").and_then(Value::as_array);
    let keys = keys.into_iter().flatten().filter_map(Value::as_str);
    let keys = keys.map(str::to_owned).collect();
    context.runtime.registry().untag(arn, keys).await?;
    Ok(json!({}))
}

pub(super) fn list(context: &Context, request: &Request) -> Answer {
    let arn = resource(context, request)?;
    Ok(json!({"tags": context.runtime.registry().tags(arn)?}))
}

/// A machine or an activity that can have tags: a version can't.
fn resource<'a>(context: &Context, request: &'a Request) -> Result<&'a str, Fault> {
    let arn = names::arn(request.needed("resourceArn"), &["stateMachine", "activity"])?;
    let registry = context.runtime.registry();
    let there = registry.machine(arn)?.is_some() || registry.activity(arn)?.is_some();
    if there {
        Ok(arn)
    } else {
        Err(Fault::no_resource(arn))
    }
}
