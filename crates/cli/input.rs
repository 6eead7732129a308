//! `--input` and its like: a file, JSON, or `-` for stdin.

use std::io::Read;
use std::path::Path;

use asl::value::Value;

use crate::failure::Failure;

/// Far more than an execution takes; what is larger is not even read.
const LARGEST: u64 = 64 << 20;

/// What StartExecution takes.
const MOST: u64 = aws::quotas::PAYLOAD_BYTES as u64;

/// The input that an argument stands for; none stands for `{}`.
pub(crate) fn read(argument: Option<&str>) -> Result<Value, Failure> {
    argument.map_or_else(|| Ok(Value::empty_object()), |argument| json("--input", argument))
}

/// The JSON that an option's argument stands for.
pub(crate) fn json(option: &str, argument: &str) -> Result<Value, Failure> {
    match argument {
        "-" => parse("stdin", &whole("stdin", std::io::stdin())?),
        text if text.trim().is_empty() => Err(Failure::with_help(
            format_args!("{option} is empty"),
            "Leave it out, or give a file, JSON or -.",
        )),
        text if text.trim_start().starts_with(['{', '[', '"']) => parse(option, text),
        name if Path::new(name).is_dir() => Err(Failure::with_help(
            format_args!("{name} is a folder"),
            "Give a file.",
        )),
        name => match std::fs::File::open(name) {
            Ok(file) => parse(name, &whole(name, file)?),
            Err(error) => Value::parse(name).map_err(|_| {
                Failure::with_help(
                    format_args!(
                        "{option} {name}: there is no such file that can be read ({error}), and it is not JSON"
                    ),
                    "Give a file, JSON in quotes such as '{\"orderId\": \"A-1\"}', or - to read stdin.",
                )
            }),
        },
    }
}

fn whole(name: &str, from: impl Read) -> Result<String, Failure> {
    let mut text = String::new();
    let read = from.take(LARGEST + 1).read_to_string(&mut text);
    let bytes = read.map_err(|error| Failure::new(format_args!("{name} can't be read as text: {error}")))?;
    if bytes as u64 > LARGEST {
        let help = "An execution takes at most 262,144 bytes of input.";
        return Err(Failure::with_help(
            format_args!("{name} is larger than {} MB", LARGEST >> 20),
            help,
        ));
    }
    Ok(text)
}

fn parse(name: &str, text: &str) -> Result<Value, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = Value::parse(text).map_err(|error| {
        Failure::with_help(
            format_args!(
                "{name}, line {}, column {}: it is not JSON: {}",
                error.line, error.column, error.message
            ),
            "Mend it there; keys and texts stand in double quotes, and nothing follows the last member.",
        )
    })?;
    let bytes = value.measure().bytes;
    if bytes > MOST {
        return Err(Failure::with_help(
            format_args!("{name}: {bytes} bytes of JSON; the service takes {MOST}"),
            "Keep the data in a file or a bucket, and pass its name.",
        ));
    }
    Ok(value)
}
