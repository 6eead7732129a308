//! CreateActivity, DescribeActivity, ListActivities, DeleteActivity. Making one that is there and deleting one that is
//! not are no faults.

use runtime::registry::Activity;
use serde_json::json;

use super::{Answer, Context, date, object, tags};
use crate::fault::Fault;
use crate::members::{Member, Request, Rule, optional, required};
use crate::names;
use crate::page::Page;

pub(super) const CREATE: &[Member] = &[
    required("name", Rule::Text(1, 80)),
    optional("tags", Rule::List(0, 50)),
    optional("encryptionConfiguration", Rule::Object),
];

pub(super) async fn create(context: &Context, request: &Request) -> Answer {
    let name = names::name(request.needed("name"))?;
    let activity = Activity {
        arn: context.place.activity_arn(name),
        name: name.to_owned(),
        created: context.runtime.time(),
    };
    let wanted = tags::of(request)?;
    let activity = context.runtime.registry().make_activity(activity).await?;
    tags::put(context, &activity.arn, wanted).await?;
    Ok(json!({"activityArn": activity.arn, "creationDate": date(activity.created)}))
}

/// The activity that a request is about.
pub(super) fn find(context: &Context, request: &Request) -> Result<Activity, Fault> {
    let arn = names::arn(request.needed("activityArn"), &["activity"])?;
    let found = context.runtime.registry().activity(arn)?;
    found.ok_or_else(|| Fault::no_activity(arn))
}

pub(super) fn describe(context: &Context, request: &Request) -> Answer {
    let activity = find(context, request)?;
    Ok(json!({
        "activityArn": activity.arn,
        "name": activity.name,
        "creationDate": date(activity.created),
        "encryptionConfiguration": {"type": "AWS_OWNED_KEY"},
    }))
}

pub(super) fn list(context: &Context, request: &Request) -> Answer {
    let page = Page::of(request, "ListActivities")?;
    let (activities, next) = page.cut(context.runtime.registry().activities()?);
    let activities: Vec<_> = activities
        .iter()
        .map(|activity| {
            json!({
                "activityArn": activity.arn,
                "name": activity.name,
                "creationDate": date(activity.created),
            })
        })
        .collect();
    Ok(object(vec![
        ("activities", json!(activities)),
        ("nextToken", json!(next)),
    ]))
}

pub(super) async fn delete(context: &Context, request: &Request) -> Answer {
    let arn = names::arn(request.needed("activityArn"), &["activity"])?;
    context.runtime.registry().delete_activity(arn).await?;
    Ok(json!({}))
}
