//! The texts of errors by code, as the reference implementation has them; the service hands them on. The evaluator's own texts
//! agree in their codes only.

/// Why `$eval` is refused.
pub(super) const EVAL: &str = "T1006: Attempted to invoke a non-function: $eval is not supported";
/// Why `??` is refused: JSONata 2.0.6 sees a condition without an operand.
pub(super) const COALESCE: &str = "S0211: The symbol \"?\" cannot be used as a unary operator";
/// Why `?:` is refused.
pub(super) const DEFAULT: &str = "S0211: The symbol \":\" cannot be used as a unary operator";
/// A regular expression has no end.
pub(super) const UNCLOSED_REGEX: &str = "S0302: No terminating / in regular expression";

/// The limit of work was reached. The code is ours.
pub(super) const EXHAUSTED: &str = "U1001: The expression takes too many steps or makes too large a value";

/// The evaluator itself failed. The code is ours.
pub(super) const BROKEN: &str = "U1002: The expression cannot be evaluated";

/// Texts by code. `{}` is what the evaluator's text says behind its last colon, as JSON.
const TEXTS: &[(&str, &str)] = &[
    ("D1001", "Number out of range: {}"),
    ("D1002", "Cannot negate a non-numeric value"),
    ("D1004", "Regular expression matches zero length string"),
    (
        "D1011",
        "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive.",
    ),
    ("D2014", "{}"),
    ("D2015", "The size of a sequence must not exceed 1000000"),
    ("D3001", "Attempting to invoke string function on Infinity or NaN"),
    (
        "D3010",
        "Second argument of replace function cannot be an empty string",
    ),
    (
        "D3011",
        "Fourth argument of replace function must evaluate to a positive number",
    ),
    (
        "D3012",
        "Attempted to replace a matched string with a non-string value",
    ),
    (
        "D3040",
        "Third argument of match function must evaluate to a positive number",
    ),
    (
        "D3050",
        "The second argument of reduce function must be a function with at least two arguments",
    ),
    (
        "D3060",
        "The sqrt function cannot be applied to a negative number: {}",
    ),
    (
        "D3070",
        "The single argument form of the sort function can only be applied to an array of strings or an array of numbers.  Use the second argument to specify a comparison function",
    ),
    (
        "D3080",
        "The picture string must only contain a maximum of two sub-pictures",
    ),
    (
        "D3081",
        "The sub-picture must not contain more than one instance of the 'decimal-separator' character",
    ),
    (
        "D3082",
        "The sub-picture must not contain more than one instance of the 'percent' character",
    ),
    (
        "D3083",
        "The sub-picture must not contain more than one instance of the 'per-mille' character",
    ),
    (
        "D3084",
        "The sub-picture must not contain both a 'percent' and a 'per-mille' character",
    ),
    (
        "D3085",
        "The mantissa part of a sub-picture must contain at least one character that is either an 'optional digit character' or a member of the 'decimal digit family'",
    ),
    (
        "D3086",
        "The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character",
    ),
    (
        "D3087",
        "The sub-picture must not contain a 'grouping-separator' character that appears adjacent to a 'decimal-separator' character",
    ),
    (
        "D3088",
        "The sub-picture must not contain a 'grouping-separator' at the end of the integer part",
    ),
    (
        "D3089",
        "The sub-picture must not contain two adjacent instances of the 'grouping-separator' character",
    ),
    (
        "D3090",
        "The integer part of the sub-picture must not contain a member of the 'decimal digit family' that is followed by an instance of the 'optional digit character'",
    ),
    (
        "D3091",
        "The fractional part of the sub-picture must not contain an instance of the 'optional digit character' that is followed by a member of the 'decimal digit family'",
    ),
    (
        "D3092",
        "A sub-picture that contains a 'percent' or 'per-mille' character must not contain a character treated as an 'exponent-separator'",
    ),
    (
        "D3093",
        "The exponent part of the sub-picture must comprise only of one or more characters that are members of the 'decimal digit family'",
    ),
    (
        "D3131",
        "In a decimal digit pattern, all digits must be from the same decimal group",
    ),
    (
        "D3132",
        "Unknown component specifier {} in date/time picture string",
    ),
    (
        "D3133",
        "The 'name' modifier can only be applied to months and days in the date/time picture string, not {}",
    ),
    (
        "D3134",
        "The timezone integer format specifier cannot have more than four digits",
    ),
    (
        "D3135",
        "No matching closing bracket ']' in date/time picture string",
    ),
    (
        "D3136",
        "The date/time picture string is missing specifiers required to parse the timestamp",
    ),
    (
        "D3138",
        "The $single() function expected exactly 1 matching result.  Instead it matched more.",
    ),
    (
        "D3139",
        "The $single() function expected exactly 1 matching result.  Instead it matched 0.",
    ),
    ("T1006", "Attempted to invoke a non-function"),
    ("T1008", "Attempted to partially apply a non-function"),
    (
        "T2003",
        "The left side of the range operator (..) must evaluate to an integer",
    ),
    (
        "T2004",
        "The right side of the range operator (..) must evaluate to an integer",
    ),
    (
        "T2006",
        "The right side of the function application operator ~> must be a function",
    ),
    (
        "T2008",
        "The expressions within an order-by clause must evaluate to numeric or string values",
    ),
    (
        "T2011",
        "The insert/update clause of the transform expression must evaluate to an object",
    ),
    (
        "T2012",
        "The delete clause of the transform expression must evaluate to a string or array of strings",
    ),
    ("U1001", "{}"),
];

/// The text for a syntax error of the evaluator's parser.
pub(super) fn syntax(message: &str) -> String {
    match coded(message) {
        Some((code, rest)) => format!("{code}: {rest}"),
        None if message.contains("comment") => "S0106: Comment has no closing tag".to_owned(),
        None => match message.split_once("Invalid number: ") {
            Some((_, token)) => format!("S0102: Number out of range: {token}"),
            None => format!("S0201: Syntax error: {message}"),
        },
    }
}

/// A symbol that the evaluator's parser expects, as it is written, in quotes.
pub(super) fn symbol(name: &str) -> String {
    let written = match name {
        "RightParen" => ")",
        "RightBracket" => "]",
        "LeftBrace" => "{",
        "RightBrace" => "}",
        "LeftParen" => "(",
        "Colon" => ":",
        "Pipe" => "|",
        other => other,
    };
    format!("\"{written}\"")
}

/// A token in quotes, cut where it is long.
pub(super) fn token(written: &str) -> String {
    let shown = match written.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written.to_owned(),
    };
    serde_json::Value::from(shown).to_string()
}

/// The text for an error of an evaluation.
pub(super) fn evaluation(message: &str) -> String {
    let Some((code, rest)) = coded(message) else {
        return message.to_owned();
    };
    let text = TEXTS.iter().find(|(known, _)| *known == code);
    match (code, text) {
        ("D3030", _) => format!("{code}: Unable to cast value to a number: {}", quoted(rest)),
        (_, Some((_, "{}"))) | (_, None) => format!("{code}: {rest}"),
        (_, Some((_, text))) => {
            let value = rest.rsplit_once(": ").map_or(rest, |(_, value)| value);
            format!("{code}: {}", text.replace("{}", value))
        }
    }
}

/// The code in a message, and what stands behind it.
fn coded(message: &str) -> Option<(&str, &str)> {
    let start = message.char_indices().find_map(|(at, _)| {
        let code = message.get(at..at + 6)?.as_bytes();
        let fits =
            code[0].is_ascii_uppercase() && code[1..5].iter().all(u8::is_ascii_digit) && code[5] == b':';
        fits.then_some(at)
    })?;
    let (code, rest) = message[start..].split_once(':')?;
    Some((code, rest.trim_start()))
}

/// What stands between single quotes, in double ones.
fn quoted(message: &str) -> String {
    let inside = message
        .split_once('\'')
        .and_then(|(_, rest)| rest.rsplit_once('\''));
    inside.map_or_else(|| message.to_owned(), |(inside, _)| format!("\"{inside}\""))
}
