//! The TypeScript side of the contract is generated and committed: this test says when it is out of date, and with
//! `STEPWELL_BLESS=1` writes it.

use std::path::Path;

use stepwell_studio::contract::*;
use ts_rs::{Config, TS};

macro_rules! typescript {
    ($($name:literal $handler:ident($params:ty) -> $result:ty;)*) => {
        fn generate(config: &Config) -> String {
            $( <$params>::export_all(config).unwrap(); <$result>::export_all(config).unwrap(); )*
            let mut out = String::from("\n/** Every method of the core: what it is asked and what it answers. */\nexport interface Methods {\n");
            $( out.push_str(&format!("\t\"{}\": {{ params: {}; result: {} }};\n", $name, <$params>::name(config), <$result>::name(config))); )*
            out.push_str("}\n");
            out
        }
    };
}
stepwell_studio::with_methods!(typescript);

#[test]
fn the_generated_contract_is_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::new().with_out_dir(folder.path());
    StudioEvent::export_all(&config).unwrap();
    CallError::export_all(&config).unwrap();
    let methods = generate(&config);
    let types = std::fs::read_to_string(folder.path().join("contract.ts")).unwrap();
    let body = types.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    let text = format!(
        "// Generated from crates/studio/src/contract.rs. Do not edit: STEPWELL_BLESS=1 cargo test -p stepwell-studio\n\n{body}{methods}"
    );
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/transport/contract.ts");
    if std::env::var_os("STEPWELL_BLESS").is_some() {
        std::fs::create_dir_all(committed.parent().unwrap()).unwrap();
        std::fs::write(&committed, &text).unwrap();
    }
    let current = std::fs::read_to_string(&committed).unwrap_or_default();
    assert!(
        current == text,
        "ui/src/transport/contract.ts is out of date: run STEPWELL_BLESS=1 cargo test -p stepwell-studio"
    );
}
