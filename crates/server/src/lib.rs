//! The AWS-compatible endpoint over one runtime: what `stepwell serve` listens with.
//!
//! | file | what it knows |
//! |---|---|
//! | `listener.rs` | the doors, the routes, health and readiness |
//! | `deployment.rs` | what is served: a project, a record, a runtime |
//! | `protocol.rs` | AWS JSON 1.0: targets, bodies, answers |
//! | `fault.rs` | errors: codes, texts, shapes |
//! | `members.rs`, `names.rs`, `page.rs` | what requests may hold; names and ARNs; pages and their tokens |
//! | `states.rs`, `states/` | the actions of Step Functions, one file each |
//! | `sdk.rs`, `direct.rs` | the same actions asked for by Task states, and without HTTP |
//! | `definition.rs` | definitions in requests |
//! | `lambda.rs`, `lambda/` | the actions of Lambda |
//! | `json_fault.rs` | how the service words bad JSON |
//!
//! Nothing is decided here that does not come from HTTP: what an action does is the runtime's business.

mod definition;
mod deployment;
mod direct;
mod fault;
mod json_fault;
mod lambda;
mod listener;
mod members;
mod names;
mod page;
mod protocol;
mod sdk;
mod states;

pub use deployment::{Deployment, DeploymentError, Served};
pub use direct::perform;
pub use listener::{Endpoint, EndpointError};
pub use runtime::integrations::sdk::Refused;
