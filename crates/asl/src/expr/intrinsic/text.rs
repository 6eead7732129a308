//! Functions of texts.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{Outcome, Refusal, Tools, refuse, string};
use crate::value::Value;

/// Characters that the base64 and hash functions take, as on the service.
const LONGEST: usize = 10_000;

/// Puts the other arguments in the place of `{}`. In a template that is written in the call, `\{`, `\}` and `\\`
/// stand for the character; one that comes from a path is taken as it is.
pub(super) fn format(arguments: &[Value], tools: &Tools<'_>) -> Outcome {
    let template = string(arguments, 0, "the template")?;
    let mut values = arguments[1..].iter();
    let mut out = String::with_capacity(template.len());
    let mut rest: &str = template;
    while let Some(at) = rest.find(['\\', '{']) {
        let (plain, sign) = rest.split_at(at);
        out.push_str(plain);
        rest = match sign.as_bytes() {
            [b'\\', escaped @ (b'\\' | b'{' | b'}'), ..] if tools.literal_template => {
                out.push(char::from(*escaped));
                &sign[2..]
            }
            [b'{', b'}', ..] => {
                let Some(value) = values.next() else {
                    return refuse("there are more {} than arguments");
                };
                tools.budget.spend(value.measure().bytes)?;
                print(value, &mut out);
                &sign[2..]
            }
            _ => {
                out.push_str(&sign[..1]);
                &sign[1..]
            }
        };
    }
    out.push_str(rest);
    match values.next() {
        None => Ok(Value::string(out)),
        Some(_) => refuse("there are fewer {} than arguments"),
    }
}

/// As Java prints it: texts without quotes, lists as `[1, 2]`, objects as `{a=1, b=[]}`, large and small doubles as `1.0E10`.
fn print(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                print(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (index, (key, item)) in object.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                out.push_str(key);
                out.push('=');
                print(item, out);
            }
            out.push('}');
        }
        Value::Number(number) if number.is_f64() => {
            let double = number.as_f64().unwrap_or_default();
            if double == 0.0 || (1e-3..1e7).contains(&double.abs()) {
                out.push_str(&value.to_json());
                return;
            }
            // Rust's `1e10` has the digits that Java's `1.0E10` has.
            let text = format!("{double:E}");
            let (digits, exponent) = text.split_once('E').unwrap_or((&text, "0"));
            let point = if digits.contains('.') { "" } else { ".0" };
            out.extend([digits, point, "E", exponent]);
        }
        other => out.push_str(&other.to_json()),
    }
}

/// The splitter is a set of characters; empty pieces are dropped.
pub(super) fn split(arguments: &[Value], tools: &Tools<'_>) -> Outcome {
    let text = string(arguments, 0, "the first argument")?;
    let splitter = string(arguments, 1, "the splitter")?;
    tools.budget.spend(text.len() as u64)?;
    if splitter.is_empty() {
        return refuse("the splitter is empty; give at least one character");
    }
    let pieces = text
        .split(|character| splitter.contains(character))
        .filter(|piece| !piece.is_empty());
    Ok(Value::array(pieces.map(Value::string)))
}

fn short<'v>(arguments: &'v [Value], what: &str) -> Result<&'v str, Refusal> {
    let text = string(arguments, 0, what)?;
    match text.chars().nth(LONGEST) {
        None => Ok(text),
        Some(_) => refuse(format!("{what} has more than {LONGEST} characters")),
    }
}

pub(super) fn base64_encode(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    Ok(Value::string(STANDARD.encode(short(arguments, "the text")?)))
}

pub(super) fn base64_decode(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    let bytes = STANDARD.decode(short(arguments, "the text")?);
    let bytes = bytes.map_err(|error| Refusal::Arguments(format!("the text is not base64: {error}")))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Value::string(text)),
        Err(_) => refuse("what the base64 text holds is not UTF-8 text"),
    }
}

/// Any value is hashed: a text as it is, others as their JSON.
pub(super) fn hash(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    let data = match &arguments[0] {
        Value::String(_) => short(arguments, "the data")?.to_owned(),
        other => other.to_json(),
    };
    let algorithm = string(arguments, 1, "the algorithm")?;
    match digest(algorithm, data.as_bytes()) {
        Some(digest) => Ok(Value::string(digest)),
        None => refuse(format!(
            "there is no algorithm {algorithm}; use MD5, SHA-1, SHA-256, SHA-384 or SHA-512"
        )),
    }
}

/// The digest in lower-case hexadecimal; none if there is no such algorithm.
pub(in crate::expr) fn digest(algorithm: &str, data: &[u8]) -> Option<String> {
    Some(match algorithm {
        "MD5" => hexadecimal(&Md5::digest(data)),
        "SHA-1" => hexadecimal(&Sha1::digest(data)),
        "SHA-256" => hexadecimal(&Sha256::digest(data)),
        "SHA-384" => hexadecimal(&Sha384::digest(data)),
        "SHA-512" => hexadecimal(&Sha512::digest(data)),
        _ => return None,
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Version 4, from the execution's own random numbers.
pub(super) fn uuid(_: &[Value], tools: &Tools<'_>) -> Outcome {
    Ok(Value::string(uuid_of(tools.host.random(), tools.host.random())))
}

/// The version 4 UUID of these random bits.
pub(in crate::expr) fn uuid_of(high: u64, low: u64) -> String {
    let high = high & 0xffff_ffff_ffff_0fff | 0x4000;
    let low = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}
