//! Actions without HTTP, for programs that hold the runtime themselves: the same checks, answers and refusals.

use project::Place;
use runtime::Runtime;
use runtime::integrations::sdk::Refused;
use serde_json::{Map, Value};

use crate::states::{self, Context};

/// Performs an action of Step Functions with its members as the API spells them.
///
/// # Errors
/// What the service would refuse, by its code and in its words.
pub async fn perform(
    runtime: &Runtime,
    place: &Place,
    action: &str,
    members: Map<String, Value>,
) -> Result<Value, Refused> {
    let context = Context::new(runtime.clone(), place.clone());
    Ok(states::perform(&context, action, members).await?)
}
