//! libFuzzer on the target that `STEPWELL_FUZZ_TARGET` names. Built and run by `cargo xtask fuzz`.
#![no_main]

use std::sync::OnceLock;

use stepwell_fuzz::{TARGETS, Target};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    static CHOSEN: OnceLock<Target> = OnceLock::new();
    let target = CHOSEN.get_or_init(|| {
        let name = std::env::var("STEPWELL_FUZZ_TARGET").unwrap_or_default();
        let named = TARGETS.iter().find(|target| target.name == name);
        *named.unwrap_or_else(|| panic!("there is no target {name:?}"))
    });
    (target.run)(bytes);
});
