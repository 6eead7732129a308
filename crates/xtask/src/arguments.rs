//! What was asked for on the command line.

/// What `cargo xtask help` prints.
pub(crate) const HELP: &str = "\
cargo xtask run [PATH]       build everything that is needed and open PATH (default: examples/order-fulfilment);
                             without a display, serve the same page to a browser
cargo xtask test [PART]...   everything that has to pass, or only: rust, conformance, ui, browser, window
cargo xtask bench [NAME]...  all benchmarks, or those of a crate or of a name; `browser` measures the page
cargo xtask fuzz [TARGET]... [--minutes N]
                             search for bytes that break a parser or the endpoint, each target for N minutes (10)
cargo xtask soak [PART]... [--minutes N] [--crashes N]
                             the endpoint under load for N minutes (10); kills and restarts (100); parts: serve, crash
cargo xtask icons            make the icon's sizes from icons/stepwell.svg
cargo xtask help             this text

What is missing on this machine is installed after asking; with CI=true without asking.";

/// A part of the tests that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Rust,
    Conformance,
    Ui,
    Browser,
    Window,
}

impl Part {
    const ALL: [(&'static str, Self); 5] = [
        ("rust", Self::Rust),
        ("conformance", Self::Conformance),
        ("ui", Self::Ui),
        ("browser", Self::Browser),
        ("window", Self::Window),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, part)| *part)
    }

    /// Every part, in the order in which they run.
    pub(crate) fn all() -> Vec<Self> {
        Self::ALL.iter().map(|(_, part)| *part).collect()
    }
}

/// A part of the tests that takes long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Soak {
    Serve,
    Crash,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Help,
    Run {
        path: Option<String>,
    },
    Test {
        parts: Vec<Part>,
    },
    Bench {
        names: Vec<String>,
    },
    Fuzz {
        targets: Vec<String>,
        minutes: u32,
    },
    Soak {
        parts: Vec<Soak>,
        minutes: u32,
        crashes: u32,
    },
    Icons,
}

/// Reads the arguments after `cargo xtask`; the error is a sentence for the user.
pub(crate) fn parse(arguments: &[String]) -> Result<Request, String> {
    let Some((task, rest)) = arguments.split_first() else {
        return Ok(Request::Help);
    };
    let request = match (task.as_str(), rest) {
        ("help" | "-h" | "--help", _) => Request::Help,
        (_, [flag]) if flag == "-h" || flag == "--help" => Request::Help,
        ("run", rest) => Request::Run {
            path: only_path(rest)?,
        },
        ("test", []) => Request::Test { parts: Part::all() },
        ("test", names) => Request::Test { parts: parts(names)? },
        ("bench", rest) => match rest.iter().find(|name| name.starts_with('-')) {
            Some(option) => return Err(format!("`bench` has no option `{option}`")),
            None => Request::Bench { names: rest.to_vec() },
        },
        ("fuzz", rest) => fuzz(rest)?,
        ("soak", rest) => soak(rest)?,
        ("icons", []) => Request::Icons,
        ("icons", _) => return Err("`icons` takes no arguments".to_owned()),
        (other, _) => return Err(format!("there is no task `{other}`")),
    };
    Ok(request)
}

fn fuzz(rest: &[String]) -> Result<Request, String> {
    let mut minutes = 10;
    let targets = names("fuzz", rest, &mut [("--minutes", &mut minutes)])?;
    Ok(Request::Fuzz { targets, minutes })
}

fn soak(rest: &[String]) -> Result<Request, String> {
    let (mut minutes, mut crashes) = (10, 100);
    let options = &mut [("--minutes", &mut minutes), ("--crashes", &mut crashes)];
    let named = names("soak", rest, options)?;
    let part = |name: &String| match name.as_str() {
        "serve" => Ok(Soak::Serve),
        "crash" => Ok(Soak::Crash),
        other => Err(format!("`soak` has no part `{other}`, but serve and crash")),
    };
    let mut parts = named.iter().map(part).collect::<Result<Vec<_>, _>>()?;
    if parts.is_empty() {
        parts = vec![Soak::Crash, Soak::Serve];
    }
    Ok(Request::Soak {
        parts,
        minutes,
        crashes,
    })
}

/// The words that are no options; options have a number.
fn names(task: &str, rest: &[String], options: &mut [(&str, &mut u32)]) -> Result<Vec<String>, String> {
    let mut words = rest.iter();
    let mut names = Vec::new();
    while let Some(word) = words.next() {
        if !word.starts_with('-') {
            names.push(word.clone());
            continue;
        }
        let option = options.iter_mut().find(|(name, _)| name == word);
        let (_, number) = option.ok_or_else(|| format!("`{task}` has no option `{word}`"))?;
        let given = words
            .next()
            .and_then(|word| word.parse().ok())
            .filter(|number| *number > 0);
        **number = given.ok_or_else(|| format!("`{word}` needs a number from 1"))?;
    }
    Ok(names)
}

fn only_path(rest: &[String]) -> Result<Option<String>, String> {
    match rest {
        [] => Ok(None),
        [path] if !path.starts_with('-') => Ok(Some(path.clone())),
        [option] => Err(format!("`run` has no option `{option}`")),
        _ => Err("`run` takes one path: a project folder or a definition".to_owned()),
    }
}

/// The named parts, each once and in the order in which they run.
fn parts(names: &[String]) -> Result<Vec<Part>, String> {
    let asked = names
        .iter()
        .map(|name| Part::named(name).ok_or_else(|| format!("there is no part `{name}` of the tests")))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Part::all()
        .into_iter()
        .filter(|part| asked.contains(part))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Result<Request, &str>) {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        assert_eq!(parse(&words), expected.map_err(str::to_owned), "{line:?}");
    }

    #[test]
    fn each_task_has_its_arguments() {
        let path = |path: &str| {
            Ok(Request::Run {
                path: Some(path.to_owned()),
            })
        };
        check("", Ok(Request::Help));
        check("help", Ok(Request::Help));
        check("test --help", Ok(Request::Help));
        check("run", Ok(Request::Run { path: None }));
        check("run some/folder", path("some/folder"));
        check("run --fast", Err("`run` has no option `--fast`"));
        check(
            "run a b",
            Err("`run` takes one path: a project folder or a definition"),
        );
        check("test", Ok(Request::Test { parts: Part::all() }));
        check(
            "test window rust rust",
            Ok(Request::Test {
                parts: vec![Part::Rust, Part::Window],
            }),
        );
        check("test ui oops", Err("there is no part `oops` of the tests"));
        check(
            "bench engine browser",
            Ok(Request::Bench {
                names: vec!["engine".into(), "browser".into()],
            }),
        );
        check("bench --quick", Err("`bench` has no option `--quick`"));
        check(
            "fuzz",
            Ok(Request::Fuzz {
                targets: vec![],
                minutes: 10,
            }),
        );
        check(
            "fuzz json --minutes 3",
            Ok(Request::Fuzz {
                targets: vec!["json".into()],
                minutes: 3,
            }),
        );
        check("fuzz --hours 3", Err("`fuzz` has no option `--hours`"));
        check("fuzz --minutes soon", Err("`--minutes` needs a number from 1"));
        check(
            "soak --crashes 5 crash",
            Ok(Request::Soak {
                parts: vec![Soak::Crash],
                minutes: 10,
                crashes: 5,
            }),
        );
        check("soak bath", Err("`soak` has no part `bath`, but serve and crash"));
        check("icons", Ok(Request::Icons));
        check("icons all", Err("`icons` takes no arguments"));
        check("dance", Err("there is no task `dance`"));
    }
}
