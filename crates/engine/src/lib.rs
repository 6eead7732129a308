//! The pure interpreter of state machines.
