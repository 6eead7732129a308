//! The package in a request: decoded, digested, unpacked.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::fault::LambdaFault;
use crate::states::Context;

/// A package that lies in its folder.
#[derive(Debug, Clone)]
pub(super) struct Package {
    /// SHA-256, in hexadecimal.
    pub(super) digest: String,
    pub(super) bytes: usize,
}

/// Takes the package of a request's member that holds `ZipFile`.
pub(super) async fn take(context: &Context, code: &Map<String, Value>) -> Result<Package, LambdaFault> {
    let Some(text) = code.get("ZipFile").and_then(Value::as_str) else {
        let only_zip = "Only packages in the request (ZipFile) can be taken on this machine";
        return Err(LambdaFault::invalid_value(only_zip));
    };
    let Ok(bytes) = STANDARD.decode(text) else {
        return Err(LambdaFault::invalid_content("ZipFile is not Base64"));
    };
    let digest = runtime::digest_of(&bytes);
    let folder = context.runtime.registry().code_folder(&digest);
    let package = Package {
        digest,
        bytes: bytes.len(),
    };
    if !folder.is_dir() {
        let unpacking = tokio::task::spawn_blocking(move || runtime::functions::unpack(&bytes, &folder));
        // A panic while unpacking is as good as a bad package.
        let unpacked = unpacking.await;
        unpacked.map_err(|_| {
            LambdaFault::invalid_value(
                "Could not unzip uploaded file. Please check your file, then try to upload again.",
            )
        })??;
    }
    Ok(package)
}
