//! Every user-visible operation as one request and one response, one event stream, one wire contract.

pub mod contract;
