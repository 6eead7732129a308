//! Secrets that open a door: 256 random bits, compared in constant time, never shown in logs.

use crate::clock;
use std::fmt;
use subtle::ConstantTimeEq;

/// A secret of 256 bits, as 64 hexadecimal digits.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one, which nobody can guess.
    pub fn generate() -> Self {
        Self(clock::hex(&clock::random::<32>()))
    }

    /// Whether `candidate` is this secret. How long it takes says nothing about where they differ.
    pub fn matches(&self, candidate: &str) -> bool {
        self.0.as_bytes().ct_eq(candidate.as_bytes()).into()
    }

    /// The digits, to hand to whoever may come in.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_secret_matches() {
        let token = Token::generate();
        let secret = token.reveal().to_owned();
        assert_eq!(secret.len(), 64);
        assert!(token.matches(&secret));
        for wrong in [
            "",
            &secret[..63],
            &format!("{secret}0"),
            &secret.to_uppercase().replace('0', "1"),
            "🦀",
        ] {
            assert!(!token.matches(wrong), "{wrong}");
        }
        assert!(!Token::generate().matches(&secret), "each one is new");
        assert!(!format!("{token:?}").contains(&secret[..4]));
    }
}
