//! AWS Lambda: runtimes, defaults and limits, as the developer guide and recordings of the service give them.
//!
//! | language | identifiers | run by |
//! |---|---|---|
//! | Python | `python3.6` … `python3.14` | an interpreter and a bootstrap |
//! | Node.js | `nodejs12.x` … `nodejs24.x` | an interpreter and a bootstrap |
//! | Custom | `provided`, `provided.al2`, `provided.al2023` | the package's own `bootstrap` |
//! | Java, .NET, Ruby, Go | `java21`, `dotnet8`, `ruby3.4`, `go1.x` … | the service only |

/// Most bytes of a synchronous invocation's payload, in either direction (6 MB and a little).
pub const MAX_PAYLOAD_BYTES: usize = 6_291_556;
/// Most bytes of an asynchronous invocation's payload.
pub const MAX_ASYNC_PAYLOAD_BYTES: usize = 1_048_576;
/// Longest time a function may be given, in seconds.
pub const MAX_TIMEOUT_SECONDS: u32 = 900;
/// What a function gets that names no `Timeout`, in seconds.
pub const DEFAULT_TIMEOUT_SECONDS: u32 = 3;
/// Least and most memory, in MB (the default quota; an account may have more).
pub const MEMORY_MB: std::ops::RangeInclusive<u32> = 128..=10_240;
/// What a function gets that names no `MemorySize`, in MB.
pub const DEFAULT_MEMORY_MB: u32 = 128;
/// How long the initialisation of an environment may take beside the function's own timeout, in seconds.
pub const INIT_SECONDS: u32 = 10;
/// How much of the log `LogType: Tail` answers with, in bytes.
pub const LOG_TAIL_BYTES: usize = 4096;
/// The version that runs when none was published.
pub const LATEST: &str = "$LATEST";

/// Most bytes of a package that is uploaded with the request.
pub const MAX_PACKAGE_BYTES: usize = 52_428_800;
/// Most bytes of a package's content.
pub const MAX_UNPACKED_BYTES: u64 = 262_144_000;
/// Most files of a package; ours, the service states none.
pub const MAX_PACKAGE_FILES: usize = 100_000;
/// How often an asynchronous invocation that fails is tried again, and after how many seconds.
pub const RETRY_SECONDS: [u64; 2] = [60, 120];

/// Variables which the service sets and a template may not.
/// Source: developer guide, "Defined runtime environment variables", the reserved ones.
pub const RESERVED_VARIABLES: &[&str] = &[
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
];

/// What a function is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// CPython.
    Python,
    /// Node.js.
    Node,
    /// Java.
    Java,
    /// .NET.
    DotNet,
    /// Ruby.
    Ruby,
    /// Go on the retired `go1.x`; today's Go functions are `provided`.
    Go,
    /// The package brings an executable called `bootstrap`.
    Custom,
}

/// A language's version: `3.13` is `{3, 13}`, Node's `20.x` is `{20, 0}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Before the dot.
    pub major: u16,
    /// After it; 0 where the identifier has none.
    pub minor: u16,
}

/// A runtime that a function can declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runtime {
    /// As the template writes it: `python3.13`.
    pub identifier: &'static str,
    /// What it runs.
    pub language: Language,
    /// Which version of it; `{0, 0}` for custom runtimes.
    pub version: Version,
}

const fn runtime_of(identifier: &'static str, language: Language, major: u16, minor: u16) -> Runtime {
    Runtime {
        identifier,
        language,
        version: Version { major, minor },
    }
}

/// Every runtime identifier that the service knows or knew, newest first in each language.
#[rustfmt::skip]
pub const RUNTIMES: &[Runtime] = &[
    runtime_of("python3.14", Language::Python, 3, 14),
    runtime_of("python3.13", Language::Python, 3, 13),
    runtime_of("python3.12", Language::Python, 3, 12),
    runtime_of("python3.11", Language::Python, 3, 11),
    runtime_of("python3.10", Language::Python, 3, 10),
    runtime_of("python3.9", Language::Python, 3, 9),
    runtime_of("python3.8", Language::Python, 3, 8),
    runtime_of("python3.7", Language::Python, 3, 7),
    runtime_of("python3.6", Language::Python, 3, 6),
    runtime_of("nodejs24.x", Language::Node, 24, 0),
    runtime_of("nodejs22.x", Language::Node, 22, 0),
    runtime_of("nodejs20.x", Language::Node, 20, 0),
    runtime_of("nodejs18.x", Language::Node, 18, 0),
    runtime_of("nodejs16.x", Language::Node, 16, 0),
    runtime_of("nodejs14.x", Language::Node, 14, 0),
    runtime_of("nodejs12.x", Language::Node, 12, 0),
    runtime_of("provided.al2023", Language::Custom, 0, 0),
    runtime_of("provided.al2", Language::Custom, 0, 0),
    runtime_of("provided", Language::Custom, 0, 0),
    runtime_of("java25", Language::Java, 25, 0),
    runtime_of("java21", Language::Java, 21, 0),
    runtime_of("java17", Language::Java, 17, 0),
    runtime_of("java11", Language::Java, 11, 0),
    runtime_of("java8.al2", Language::Java, 8, 0),
    runtime_of("java8", Language::Java, 8, 0),
    runtime_of("dotnet10", Language::DotNet, 10, 0),
    runtime_of("dotnet8", Language::DotNet, 8, 0),
    runtime_of("dotnet6", Language::DotNet, 6, 0),
    runtime_of("ruby3.4", Language::Ruby, 3, 4),
    runtime_of("ruby3.3", Language::Ruby, 3, 3),
    runtime_of("ruby3.2", Language::Ruby, 3, 2),
    runtime_of("ruby2.7", Language::Ruby, 2, 7),
    runtime_of("go1.x", Language::Go, 1, 0),
];

/// The runtime with this identifier, exactly as the service spells it.
pub fn runtime(identifier: &str) -> Option<&'static Runtime> {
    RUNTIMES.iter().find(|known| known.identifier == identifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(identifier: &str, expected: Option<(Language, u16, u16)>) {
        let found = runtime(identifier).map(|r| (r.language, r.version.major, r.version.minor));
        assert_eq!(found, expected, "{identifier}");
    }

    #[test]
    fn identifiers() {
        check("python3.13", Some((Language::Python, 3, 13)));
        check("nodejs20.x", Some((Language::Node, 20, 0)));
        check("provided.al2023", Some((Language::Custom, 0, 0)));
        check("python3", None);
        check("Python3.13", None);
        check("", None);
    }

    #[test]
    fn every_identifier_is_listed_once() {
        for (at, known) in RUNTIMES.iter().enumerate() {
            assert!(
                RUNTIMES[..at]
                    .iter()
                    .all(|other| other.identifier != known.identifier),
                "{known:?}"
            );
        }
    }
}
