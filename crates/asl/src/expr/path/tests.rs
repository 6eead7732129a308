//! Paths against what Jayway JsonPath answered, and tables of our own.

use super::*;
use crate::expr::TestHost;

fn parse(text: &str) -> Value {
    Value::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Evaluates a path as `InputPath` does: the JSON of the value, or the error's text after `!`.
fn evaluate(path: &str, input: &Value) -> String {
    let path = match Path::parse(path) {
        Ok(path) => path,
        Err(error) => return format!("?{}: {}", error.offset, error.message),
    };
    let host = TestHost::new(
        r#"{"Execution":{"Id":"e1"},"list":[1,2]}"#,
        r#"{"x":{"y":[7,8]},"größe":3}"#,
    );
    match path.evaluate(input, &host) {
        Ok(value) => value.to_json(),
        Err(error) => format!("!{}", error.cause),
    }
}

fn check(path: &str, input: &str, expected: &str) {
    assert_eq!(evaluate(path, &parse(input)), expected, "{path} on {input}");
}

/// Where the service differs from Jayway, and what it does instead.
enum Difference {
    /// Functions lead nowhere.
    Function,
    /// A path must begin with `$`.
    NoRoot,
    /// `$a` is a variable.
    Variable,
}

fn difference(path: &Path) -> Option<Difference> {
    match path.root() {
        Root::Variable(_) => Some(Difference::Variable),
        _ => path.function().map(|_| Difference::Function),
    }
}

#[test]
fn agrees_with_jayway() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/conformance/jsonpath/jayway.json"
    );
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: {file} is not there");
        return;
    };
    let recorded = parse(&text);
    let cases = recorded.get("cases").and_then(Value::as_array).unwrap();
    let (mut agree, mut different) = (0, 0);
    for case in cases.iter() {
        let text = case.get("path").and_then(Value::as_str).unwrap();
        let document = recorded
            .get("documents")
            .unwrap()
            .get(case.get("document").unwrap().as_str().unwrap())
            .unwrap();
        let recorded_error = case.get("error").and_then(Value::as_str);
        let path = Path::parse(text);
        let named = match &path {
            Ok(path) => difference(path),
            Err(_) => (!text.trim().starts_with('$')).then_some(Difference::NoRoot),
        };
        match (named, path) {
            (Some(Difference::NoRoot), _) => {
                let rooted = evaluate(&format!("$.{text}"), document);
                assert_eq!(rooted, case.get("value").unwrap().to_json(), "$.{text}");
                different += 1;
            }
            (Some(Difference::Function), path) => {
                assert_eq!(
                    path.unwrap().find(document, &TestHost::bare()),
                    Ok(None),
                    "{text}"
                );
                different += 1;
            }
            (Some(Difference::Variable), _) => different += 1,
            (None, Err(_)) => {
                assert!(
                    recorded_error.is_some_and(|error| error.starts_with("InvalidPath")),
                    "{text} must be a path"
                );
                agree += 1;
            }
            (None, Ok(path)) => {
                assert_eq!(
                    Some(path.is_definite()),
                    case.get("definite").and_then(Value::as_bool),
                    "{text} is definite"
                );
                let expected = match recorded_error.map(|error| error.split_once(": ").unwrap().1) {
                    Some(error) => format!("!Invalid path '{text}' : {error}"),
                    None => case.get("value").unwrap().to_json(),
                };
                assert_eq!(evaluate(text, document), expected, "{text} on {document}");
                agree += 1;
            }
        }
    }
    println!(
        "{} paths: {agree} agree, {different} differ as the service does",
        cases.len()
    );
    assert_eq!((agree, different), (127, 16));
}

#[test]
fn roots() {
    for (path, expected) in [
        ("$", r#"{"a":1}"#),
        ("$$.Execution.Id", r#""e1""#),
        ("$$.list[-1]", "2"),
        ("$$", r#"{"Execution":{"Id":"e1"},"list":[1,2]}"#),
        ("$x", r#"{"y":[7,8]}"#),
        ("$x.y[1]", "8"),
        ("$x.y[*]", "[7,8]"),
        ("$größe", "3"),
        (
            "$nope.y",
            "!Invalid path '$nope.y' : No results for path: $nope['y']",
        ),
        (
            "$$.no.no",
            "!Invalid path '$$.no.no' : Missing property in path $$['no']",
        ),
        ("$.a ", "1"),
    ] {
        check(path, r#"{"a":1}"#, expected);
    }
}

#[test]
fn forms_of_real_workflows() {
    let input = r#"{"Labels":[{"Name":"Receipt","n":1},{"Name":"Cat","n":2}],"Snapshots":[{"State":"ok"}],"abc":{"def ghi":5}}"#;
    for (path, expected) in [
        ("$.Labels[?(@.Name==Receipt)].n", "[1]"),
        ("$.abc.['def ghi']", "5"),
        ("$.Snapshots.[0].State", r#""ok""#),
        (
            "$.Labels.[*].['Name', 'n']",
            r#"[{"Name":"Receipt","n":1},{"Name":"Cat","n":2}]"#,
        ),
        ("$.Labels.[?(@.n < 2)].Name", r#"["Receipt"]"#),
        ("$.Labels[?(@.n>1&&@.Name=='Cat')].n", "[2]"),
        (
            "$.Labels[(0)]",
            "?9: unexpected '(': expected a quoted name, a number, '*' or '?('",
        ),
    ] {
        check(path, input, expected);
    }
}

#[test]
fn filters() {
    let input =
        r#"{"i":[{"a":1,"t":"x1","l":[1,2]},{"a":2.0,"t":"Y","l":[]},{"t":"","b":null},{"a":"2"}],"two":2}"#;
    for (filter, expected) in [
        ("@.a == 2", "[1,3]"),
        ("@.a === 2", "[1]"),
        ("@.a !== 2", "[0,2,3]"),
        ("@.a != 2", "[0,2]"),
        ("@.a >= 1", "[0,1]"),
        ("@.t >= 'Y'", "[0,1]"),
        ("2 == @.a", "[1,3]"),
        ("@.a == $.two", "[1,3]"),
        ("@.b == null", "[2]"),
        ("@.b", "[2]"),
        ("!@.b", "[0,1,3]"),
        ("!(@.a == 1 || @.b)", "[1,3]"),
        ("(@.a == 1)", "[0]"),
        ("@.t =~ /x\\d/", "[0]"),
        ("@.t =~ /y/i", "[1]"),
        ("@.t =~ /x/", "[]"),
        ("@.a in [1, '2']", "[0,1,3]"),
        ("@.a NIN [1]", "[1,2,3]"),
        ("@.l anyof [2,3]", "[0]"),
        ("@.l subsetof [1,2,3]", "[0,1]"),
        ("@.l noneof [2]", "[1]"),
        ("@.l all [1]", "[0]"),
        ("@.l contains 2", "[0]"),
        ("@.t contains '1'", "[0]"),
        ("@.l size 2", "[0]"),
        ("@.l empty true", "[1]"),
        ("@.t type 'string'", "[0,1,2]"),
        ("@['a'] == 1", "[0]"),
        ("@.l[0] == 1", "[0]"),
        ("@.l[?(@ == 2)] size 1", "[0]"),
        ("@.a == {'k':[1,true,null]}", "[]"),
        ("@.a.length() == 1", "[]"),
        ("@.a > ", "?12: unexpected end: expected a value or a path"),
        ("@.a ~ 1", "?10: '~' is not an operator of filters"),
        (
            "1",
            "?6: a value alone is not a condition: compare it with something",
        ),
        (
            "@.t =~ /(/",
            "?13: the pattern cannot be used: found open group without closing ')'",
        ),
        ("@.a == 'x", "?3: the filter is not closed: expected ')]'"),
        (
            "@.a == 1 x",
            "?15: unexpected 'x': expected '&&', '||' or the end of the filter",
        ),
    ] {
        // `index` numbers the items, so that a row stays short.
        let mut numbered = parse(input);
        if let Value::Object(object) = &mut numbered {
            let items = object
                .get("i")
                .and_then(Value::as_array)
                .unwrap()
                .iter()
                .enumerate();
            let items = items.map(|(index, item)| {
                let mut item = item.as_object().unwrap().clone();
                item.insert("index".into(), index.into());
                item.into()
            });
            let items = Value::array(items);
            std::sync::Arc::make_mut(object).insert("i".into(), items);
        }
        assert_eq!(
            evaluate(&format!("$.i[?({filter})].index"), &numbered),
            expected,
            "{filter}"
        );
    }
}

#[test]
fn slices_and_scans() {
    let input = r#"{"n":[0,1,2,3,4],"d":{"n":[{"k":[5]},{"k":6}]}}"#;
    for (path, expected) in [
        ("$.n[-3:-1]", "[2,3]"),
        ("$.n[:-3]", "[0,1]"),
        ("$.n[2:99]", "[2,3,4]"),
        ("$.n[-99:2]", "[0,1,2,3,4,0,1]"),
        ("$.n[3:1]", "[]"),
        ("$.n[4,-1,9]", "[4,4]"),
        ("$..k", "[[5],6]"),
        ("$..n[0]", r#"[0,{"k":[5]}]"#),
        ("$..n[0].k", "[[5]]"),
        ("$..['k','z']", "[]"),
        ("$..['k']", "[[5],6]"),
        ("$.d..[?(@.k)]", r#"[{"k":[5]},{"k":6}]"#),
        ("$.n[0:1:2:3]", "[0]"),
        (
            "$.n.x",
            "!Invalid path '$.n.x' : Expected to find an object with property ['x'] in path $['n'] but found \
                   'net.minidev.json.JSONArray'. This is not a json object according to the JsonProvider: \
                   'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
        ),
        (
            "$.n[0][?(@.x)]",
            "!Invalid path '$.n[0][?(@.x)]' : Filter: [?] can not be applied to primitives. Current context is: 0",
        ),
    ] {
        check(path, input, expected);
    }
}

#[test]
fn faults_say_where() {
    for (path, expected) in [
        (
            "",
            "?0: a path begins with $ (the input), $$ (the context object) or $name (a variable)",
        ),
        (
            "a",
            "?0: a path begins with $ (the input), $$ (the context object) or $name (a variable)",
        ),
        ("$ .a", "?1: unexpected ' ': expected '.' or '['"),
        ("$.a..", "?4: a path must not end with '.' or '..'"),
        ("$...a", "?3: unexpected '.': expected a name, '*' or '['"),
        ("$.a b", "?3: a name with spaces must be written as ['my name']"),
        ("$['a", "?2: the quoted text is not closed"),
        ("$['a'  x]", "?7: the bracket is not closed: expected ']'"),
        ("$['a',]", "?6: unexpected ']': expected another quoted name"),
        ("$['\\u12']", "?3: expected four hexadecimal digits after \\u"),
        ("$[1-2]", "?2: '1-2' is not an index"),
        (
            "$[99999999999999999999]",
            "?2: '99999999999999999999' is not an index",
        ),
        (
            "$[::1]",
            "?2: the slice '::1' names neither its start nor its end",
        ),
        (
            "$.a[?@.b]",
            "?5: unexpected '@': expected '(': a filter is written [?(…)]",
        ),
        ("$.a.length(", "?10: the parenthesis is not closed"),
    ] {
        check(path, "{}", expected);
    }
}

#[test]
fn templates_take_an_indefinite_path_leniently() {
    let input = parse("{}");
    let host = TestHost::bare();
    let at = |path: &str| {
        Path::parse(path)
            .unwrap()
            .evaluate_for("v.$", &input, &host)
            .map(|value| value.to_json())
    };
    for path in [
        "$.items[*]",
        "$.item.items[1:5].itemValue",
        "$[*]",
        "$.items[?(@.x)]",
    ] {
        assert_eq!(at(path), Ok("[]".into()), "{path}");
    }
    for path in ["$[1:5]", "$[1:]", "$[:1]", "$.x", "$.x.y"] {
        let cause = format!(
            "The JSONPath '{path}' specified for the field 'v.$' could not be found in the input '{{}}'"
        );
        assert_eq!(
            at(path),
            Err(EvalError {
                error: "States.Runtime",
                cause,
                location: None,
            }),
            "{path}"
        );
    }
}

/// Each of these must end in a refusal or a result of bounded size, whatever it is.
#[test]
fn hostile_paths_end() {
    let deep = parse(&("[".repeat(900) + &"]".repeat(900)));
    let wide = parse(&format!("[{}]", vec!["[1,2,3,4,5,6,7,8,9,10]"; 2_000].join(",")));
    let text = Value::array([Value::string("a".repeat(100_000))]);
    let nested_filter = "[?(@".repeat(200) + &")]".repeat(200);
    let steps_gone = "needs more than 2000000 steps";
    for (path, input, expected) in [
        (format!("${}", "..*".repeat(6)), &deep, steps_gone),
        (format!("${}", "..*".repeat(200)), &deep, steps_gone),
        ("$[?(@ in $[*][*])]".to_owned(), &wide, steps_gone),
        ("$[?($..[?($..[?(@)])])]".to_owned(), &wide, steps_gone),
        (format!("${nested_filter}"), &deep, "nested more than 32 deep"),
        (
            format!("$[?({}@)]", "!(".repeat(5_000)),
            &deep,
            "the filter is not closed",
        ),
        (
            format!("$[?({}@{})]", "(".repeat(5_000), ")".repeat(5_000)),
            &deep,
            "nested more than 32 deep",
        ),
        (
            format!("$[?(@ == {}{})]", "[".repeat(5_000), "]".repeat(5_000)),
            &deep,
            "nested more than 32 deep",
        ),
        (
            format!("$[?({}@)]", "!".repeat(5_000)),
            &deep,
            "nested more than 32 deep",
        ),
        (format!("${}", ".a".repeat(5_000)), &deep, "more than 1000 steps"),
        ("$[?(@ =~ /(a*)*(a*)*b/)]".to_owned(), &text, "[]"),
        (
            "$[?(@ =~ /a{1000}{1000}{1000}/)]".to_owned(),
            &text,
            "the pattern cannot be used",
        ),
        (
            format!("$[{}]", vec!["0"; 900].join(",")),
            &Value::array([Value::string("x".repeat(200_000))]),
            "more than 16777216 bytes",
        ),
    ] {
        let shown: String = path.chars().take(60).collect();
        let result: String = evaluate(&path, input);
        let result = if result.len() > 100_000 {
            format!("{} bytes", result.len())
        } else {
            result
        };
        assert!(result.contains(expected), "{shown}: {result}");
    }
}

proptest::proptest! {
    #[test]
    fn no_path_panics(path in "[$@.\\[\\]()?*'\",:0-9ab =!<>~&|/\\\\ü-]{0,24}", rooted in proptest::bool::ANY) {
        let path = if rooted { format!("$.a[{path}]") } else { format!("${path}") };
        evaluate(&path, &parse(r#"{"a":[{"a":1,"b":[1,"x"]},2,"ab",null],"b":{"a":{}}}"#));
    }
}
