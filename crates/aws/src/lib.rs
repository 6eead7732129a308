//! Facts of the AWS platform as data.
