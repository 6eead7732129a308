//! Digests that definitions and packages are known by.

use crate::clock;

/// A definition's digest: SHA-256 of its text, in hexadecimal.
#[must_use]
pub fn digest(text: &str) -> String {
    digest_of(text.as_bytes())
}

/// SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    clock::hex(&Sha256::digest(bytes))
}
