//! Facts of the AWS platform as data.

pub mod arn;
pub mod errors;
pub mod integrations;
pub mod lambda;
pub mod models;
pub mod names;
pub mod quotas;
pub mod services;
