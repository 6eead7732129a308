//! Each seed, and changes of it that are the same in every run: a small search that needs no fuzzer. Bytes that a long search
//! found go into `seeds/`, so that they are tried for ever.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use stepwell_fuzz::{TARGETS, Target};

/// Pieces that are put in: what definitions, expressions and requests are made of.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u0000",
    "\n",
    "\t",
    " ",
    "- ",
    "? ",
    "&a ",
    "*a",
    "|\n ",
    "%}",
    "{% ",
    "$",
    "$$",
    "..",
    "[*]",
    "[-1:]",
    "(",
    ")",
    "function($x){$x}",
    "null",
    "-0.0",
    "1e999",
    "9223372036854775808",
    "\u{feff}",
    "\u{1a}",
    "é",
    "\"StartAt\"",
    "\"States\"",
    "\"Type\"",
    "\"Next\"",
    "\"End\":true",
    "\"Branches\"",
    "\"ItemProcessor\"",
    "\"QueryLanguage\":\"JSONata\"",
    "${",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit.max(1)
    }

    /// Something taken out, put in, doubled or turned around.
    fn change(&mut self, bytes: &mut Vec<u8>) {
        let from = self.below(bytes.len() + 1);
        let to = (from + self.below(24)).min(bytes.len());
        match self.below(5) {
            0 => drop(bytes.drain(from..to)),
            1 => {
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(from..from, word.bytes());
            }
            2 => {
                let piece = bytes[from..to].to_vec();
                let at = self.below(bytes.len() + 1);
                bytes.splice(at..at, piece);
            }
            3 => bytes[from..to].reverse(),
            _ => {
                if let Some(byte) = bytes.get_mut(from) {
                    *byte ^= 1 << self.below(8);
                }
            }
        }
    }
}

fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target.name);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// Tries every seed as it is, and `changed` times changed.
fn search(name: &str, changed: u64) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    for (number, seed) in seeds(target).iter().enumerate() {
        (target.run)(seed);
        for round in 0..changed {
            let mut chance = Chance((number as u64 + 1) * 1_000_003 + round * 2_654_435_761);
            let mut bytes = seed.clone();
            for _ in 0..=chance.below(6) {
                chance.change(&mut bytes);
            }
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            let tried = std::panic::catch_unwind(|| (target.run)(&bytes));
            assert!(tried.is_ok(), "{name} does not stand {shown:?}");
        }
    }
}

#[test]
fn json() {
    search("json", 200);
}

#[test]
fn yaml() {
    search("yaml", 200);
}

#[test]
fn expressions() {
    search("expression", 200);
}

#[test]
fn the_endpoint() {
    search("endpoint", 30);
}
