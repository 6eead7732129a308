//! Every field of every object of the language: one table, read by diagnostics, compilation and completion.
//!
//! Language `P` means JSONPath states only, `A` JSONata states only, `·` both; `E` says that a JSONata state may
//! have an expression there. A field marked `!` is required.
//!
//! | fields | in | language | value |
//! |---|---|---|---|
//! | `Comment` | Machine Branch Processor Pass Task Choice Wait Succeed Fail Parallel Map Rule Test Retrier Catcher | · | Text |
//! | `Version` | Machine | · | Word([1]) |
//! | `QueryLanguage` | Machine | · | Word([JSONPath, JSONata]) |
//! | `QueryLanguage` | Pass Task Choice Wait Succeed Fail Parallel Map | · | Word([JSONPath, JSONata]) |
//! | `TimeoutSeconds` | Machine | · | Integer(0, 99999999) |
//! | `ProcessorConfig` | Processor | · | Object(ProcessorConfig) |
//! | `Mode` | ProcessorConfig | · | Word([INLINE, DISTRIBUTED]) |
//! | `ExecutionType` | ProcessorConfig | · | Word([STANDARD, EXPRESS]) |
//! | `StartAt`! | Machine Branch Processor | · | StateName |
//! | `States`! | Machine Branch Processor | · | States |
//! | `Type`! | Pass Task Choice Wait Succeed Fail Parallel Map | · | Word([Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map]) |
//! | `Next` | Pass Task Wait Parallel Map | · | StateName |
//! | `End` | Pass Task Wait Parallel Map | · | Flag |
//! | `InputPath` `OutputPath` | Pass Task Choice Wait Succeed Parallel Map | P | PathOrNull |
//! | `Parameters` | Pass Task Parallel Map | P | Payload |
//! | `ResultSelector` | Task Parallel Map | P | Payload |
//! | `ResultPath` | Pass Task Parallel Map Catcher | P | ReferencePath |
//! | `Arguments` | Task Parallel | A | Payload |
//! | `Output` | Pass Task Choice Wait Succeed Parallel Map Rule Catcher | A | Payload |
//! | `Assign` | Pass Task Choice Wait Parallel Map Rule Catcher | · E | PayloadObject |
//! | `Retry` | Task Parallel Map | · | OptionalList(Retrier) |
//! | `Catch` | Task Parallel Map | · | OptionalList(Catcher) |
//! | `ErrorEquals`! | Retrier Catcher | · | ErrorNames |
//! | `IntervalSeconds` | Retrier | · | Integer(0, 99999999) |
//! | `MaxAttempts` | Retrier | · | Integer(0, 99999999) |
//! | `BackoffRate` | Retrier | · | Number(1, ∞) |
//! | `MaxDelaySeconds` | Retrier | · | Integer(1, 31622400) |
//! | `JitterStrategy` | Retrier | · | Word([NONE, FULL]) |
//! | `Next`! | Rule Catcher | · | StateName |
//! | `Result` | Pass | P | Any |
//! | `Resource`! | Task | · | Text |
//! | `TimeoutSeconds` `HeartbeatSeconds` | Task | · E | Integer(1, 99999999) |
//! | `TimeoutSecondsPath` `HeartbeatSecondsPath` | Task | P | Path |
//! | `Credentials` | Task | · | Object(Credentials) |
//! | `RoleArn` | Credentials | · E | Text |
//! | `RoleArn.$` | Credentials | P | PathOrCall |
//! | `Choices`! | Choice | · | List(Rule) |
//! | `Default` | Choice | · | StateName |
//! | `Condition`! | Rule | A | Flag |
//! | `And` `Or` | Rule Test | P | List(Test) |
//! | `Not` | Rule Test | P | Object(Test) |
//! | `Variable` | Rule Test | P | Path |
//! | `StringEquals` `StringLessThan` `StringGreaterThan` `StringLessThanEquals` `StringGreaterThanEquals` `StringMatches` | Rule Test | P | Text |
//! | `NumericEquals` `NumericLessThan` `NumericGreaterThan` `NumericLessThanEquals` `NumericGreaterThanEquals` | Rule Test | P | Number(-∞, ∞) |
//! | `TimestampEquals` `TimestampLessThan` `TimestampGreaterThan` `TimestampLessThanEquals` `TimestampGreaterThanEquals` | Rule Test | P | Timestamp |
//! | `BooleanEquals` `IsNull` `IsPresent` `IsNumeric` `IsString` `IsBoolean` `IsTimestamp` | Rule Test | P | Flag |
//! | `StringEqualsPath` `StringLessThanPath` `StringGreaterThanPath` `StringLessThanEqualsPath` `StringGreaterThanEqualsPath` `NumericEqualsPath` `NumericLessThanPath` `NumericGreaterThanPath` `NumericLessThanEqualsPath` `NumericGreaterThanEqualsPath` `TimestampEqualsPath` `TimestampLessThanPath` `TimestampGreaterThanPath` `TimestampLessThanEqualsPath` `TimestampGreaterThanEqualsPath` `BooleanEqualsPath` | Rule Test | P | Path |
//! | `Seconds` | Wait | · E | Integer(0, 99999999) |
//! | `Timestamp` | Wait | · E | Timestamp |
//! | `SecondsPath` `TimestampPath` | Wait | P | Path |
//! | `Error` `Cause` | Fail | · E | Text |
//! | `ErrorPath` `CausePath` | Fail | P | PathOrCall |
//! | `Branches`! | Parallel | · | List(Branch) |
//! | `ItemProcessor` `Iterator` | Map | · | Object(Processor) |
//! | `ItemsPath` | Map | P | PathOrNull |
//! | `Items` | Map | A | Payload |
//! | `ItemSelector` | Map | · E | Payload |
//! | `MaxConcurrency` | Map | · E | Integer(0, ∞) |
//! | `ToleratedFailurePercentage` | Map | · E | Number(0, 100) |
//! | `ToleratedFailureCount` | Map | · E | Integer(0, ∞) |
//! | `MaxConcurrencyPath` `ToleratedFailurePercentagePath` `ToleratedFailureCountPath` | Map | P | Path |
//! | `Label` | Map | · | ShortText(40) |
//! | `ItemReader` | Map | · | Object(ItemReader) |
//! | `ItemBatcher` | Map | · | Object(ItemBatcher) |
//! | `ResultWriter` | Map | · | Object(ResultWriter) |
//! | `Resource`! | ItemReader | · | Text |
//! | `Resource` | ResultWriter | · | Text |
//! | `Parameters` | ItemReader ResultWriter | P | Payload |
//! | `Arguments` | ItemReader ResultWriter | A | Payload |
//! | `ReaderConfig` | ItemReader | · | Object(ReaderConfig) |
//! | `InputType` | ReaderConfig | · | Word([CSV, JSON, JSONL, PARQUET, MANIFEST]) |
//! | `Transformation` | ReaderConfig | · | Word([NONE, LOAD_AND_FLATTEN]) |
//! | `ManifestType` | ReaderConfig | · | Text |
//! | `CSVHeaderLocation` | ReaderConfig | · | Word([FIRST_ROW, GIVEN]) |
//! | `CSVHeaders` | ReaderConfig | · | Texts |
//! | `CSVDelimiter` | ReaderConfig | · | Word([COMMA, PIPE, SEMICOLON, SPACE, TAB]) |
//! | `ItemsPointer` | ReaderConfig | · | Text |
//! | `MaxItems` | ReaderConfig | · E | Integer(0, ∞) |
//! | `MaxItemsPath` | ReaderConfig | P | Path |
//! | `MaxItemsPerBatch` | ItemBatcher | · E | Integer(1, ∞) |
//! | `MaxInputBytesPerBatch` | ItemBatcher | · E | Integer(1, 262144) |
//! | `MaxItemsPerBatchPath` `MaxInputBytesPerBatchPath` | ItemBatcher | P | Path |
//! | `BatchInput` | ItemBatcher | · E | Payload |
//! | `WriterConfig` | ResultWriter | · | Object(WriterConfig) |
//! | `Transformation` | WriterConfig | · | Word([NONE, COMPACT, FLATTEN]) |
//! | `OutputType` | WriterConfig | · | Word([JSON, JSONL]) |

mod table;

pub use table::TABLE;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::words::{QueryLanguage, StateType};

/// What an object of the definition is; a field is allowed in some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Owner {
    /// The whole definition.
    Machine,
    /// A branch of a Parallel state.
    Branch,
    /// `ItemProcessor` or `Iterator` of a Map state.
    Processor,
    /// A Pass state.
    Pass,
    /// A Task state.
    Task,
    /// A Choice state.
    Choice,
    /// A Wait state.
    Wait,
    /// A Succeed state.
    Succeed,
    /// A Fail state.
    Fail,
    /// A Parallel state.
    Parallel,
    /// A Map state.
    Map,
    /// An entry of `Choices`.
    Rule,
    /// A condition within `And`, `Or` or `Not`.
    Test,
    /// An entry of `Retry`.
    Retrier,
    /// An entry of `Catch`.
    Catcher,
    /// `Credentials`.
    Credentials,
    /// `ProcessorConfig`.
    ProcessorConfig,
    /// `ItemReader`.
    ItemReader,
    /// `ReaderConfig`.
    ReaderConfig,
    /// `ItemBatcher`.
    ItemBatcher,
    /// `ResultWriter`.
    ResultWriter,
    /// `WriterConfig`.
    WriterConfig,
}

impl Owner {
    /// What a state of this type is.
    pub fn of(state_type: StateType) -> Owner {
        match state_type {
            StateType::Pass => Owner::Pass,
            StateType::Task => Owner::Task,
            StateType::Choice => Owner::Choice,
            StateType::Wait => Owner::Wait,
            StateType::Succeed => Owner::Succeed,
            StateType::Fail => Owner::Fail,
            StateType::Parallel => Owner::Parallel,
            StateType::Map => Owner::Map,
        }
    }

    /// How messages speak of it: "a Task state", "a choice rule".
    pub fn phrase(self) -> &'static str {
        match self {
            Owner::Machine => "the state machine",
            Owner::Branch => "a branch",
            Owner::Processor => "an item processor",
            Owner::Pass => "a Pass state",
            Owner::Task => "a Task state",
            Owner::Choice => "a Choice state",
            Owner::Wait => "a Wait state",
            Owner::Succeed => "a Succeed state",
            Owner::Fail => "a Fail state",
            Owner::Parallel => "a Parallel state",
            Owner::Map => "a Map state",
            Owner::Rule => "a choice rule",
            Owner::Test => "a nested choice rule",
            Owner::Retrier => "a retrier",
            Owner::Catcher => "a catcher",
            Owner::Credentials => "Credentials",
            Owner::ProcessorConfig => "ProcessorConfig",
            Owner::ItemReader => "ItemReader",
            Owner::ReaderConfig => "ReaderConfig",
            Owner::ItemBatcher => "ItemBatcher",
            Owner::ResultWriter => "ResultWriter",
            Owner::WriterConfig => "WriterConfig",
        }
    }
}

/// What may stand behind a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueType {
    /// Any text.
    Text,
    /// A text of at most so many characters.
    ShortText(usize),
    /// `true` or `false`.
    Flag,
    /// A whole number within these bounds.
    Integer(u64, u64),
    /// A number within these bounds.
    Number(f64, f64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A moment as RFC 3339 writes it, with `T` and a zone.
    Timestamp,
    /// The name of a state in the same scope.
    StateName,
    /// A JSONPath.
    Path,
    /// A JSONPath, or null.
    PathOrNull,
    /// A JSONPath that names one place, or null.
    ReferencePath,
    /// A JSONPath or an intrinsic function.
    PathOrCall,
    /// A value with expressions in it: a payload template, or texts in `{% … %}`.
    Payload,
    /// An object with expressions in it.
    PayloadObject,
    /// Any JSON.
    Any,
    /// A list of error names, not empty.
    ErrorNames,
    /// A list of texts.
    Texts,
    /// The states of a scope.
    States,
    /// An object of this kind.
    Object(Owner),
    /// A list of objects of this kind, not empty.
    List(Owner),
    /// A list of objects of this kind that may be empty.
    OptionalList(Owner),
}

/// A row of the table: fields that are alike.
#[derive(Debug)]
pub struct Field {
    /// Their names.
    pub names: &'static [&'static str],
    /// Where they may stand.
    pub owners: &'static [Owner],
    /// The only query language that has them; none where both do.
    pub language: Option<QueryLanguage>,
    /// Whether a JSONata state may have an expression in place of the value.
    pub expression: bool,
    /// Whether their absence is an error.
    pub required: bool,
    /// What they hold.
    pub value: ValueType,
}

impl Field {
    /// Whether a state of this language has the field.
    pub fn speaks(&self, language: QueryLanguage) -> bool {
        self.language.is_none_or(|only| only == language)
    }
}

type Index = HashMap<(Owner, &'static str), Vec<&'static Field>, foldhash::fast::RandomState>;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    for field in TABLE {
        for owner in field.owners {
            for name in field.names {
                index.entry((*owner, *name)).or_default().push(field);
            }
        }
    }
    index
});

/// The field of this name in such an object, in a state of this language; else the same field in the other language
/// (then [`Field::speaks`] is false); none where the object has no such field at all.
pub fn find(owner: Owner, name: &str, language: QueryLanguage) -> Option<&'static Field> {
    // The key's lifetime is that of the table's names; the map is covariant in it, so a shorter one may be asked for.
    let index: &HashMap<(Owner, &str), Vec<&'static Field>, _> = &INDEX;
    let rows = index.get(&(owner, name))?;
    rows.iter()
        .find(|row| row.speaks(language))
        .or(rows.first())
        .copied()
}

type Required = HashMap<Owner, Vec<(&'static str, &'static Field)>, foldhash::fast::RandomState>;

static REQUIRED: LazyLock<Required> = LazyLock::new(|| {
    let mut required = Required::default();
    for field in TABLE.iter().filter(|field| field.required) {
        for owner in field.owners {
            required
                .entry(*owner)
                .or_default()
                .extend(field.names.iter().map(|name| (*name, field)));
        }
    }
    required
});

/// The fields that such an object must have in a state of this language, in the table's order.
pub fn required(owner: Owner, language: QueryLanguage) -> impl Iterator<Item = &'static str> {
    let rows = REQUIRED.get(&owner).map_or(&[][..], Vec::as_slice);
    rows.iter()
        .filter(move |(_, field)| field.speaks(language))
        .map(|(name, _)| *name)
}

/// All fields that such an object may have in a state of this language, in the table's order.
pub fn of(owner: Owner, language: QueryLanguage) -> impl Iterator<Item = (&'static str, &'static Field)> {
    TABLE
        .iter()
        .filter(move |field| field.owners.contains(&owner) && field.speaks(language))
        .flat_map(|field| field.names.iter().map(move |name| (*name, field)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The row as the header shows it.
    fn shown(field: &Field) -> String {
        let names: Vec<_> = field.names.iter().map(|name| format!("`{name}`")).collect();
        let owners: Vec<_> = field.owners.iter().map(|owner| format!("{owner:?}")).collect();
        let language = match (field.language, field.expression) {
            (Some(QueryLanguage::JsonPath), _) => "P",
            (Some(QueryLanguage::Jsonata), _) => "A",
            (None, true) => "· E",
            (None, false) => "·",
        };
        let required = if field.required { "!" } else { "" };
        let value = format!("{:?}", field.value).replace("18446744073709551615", "∞");
        let value = value
            .replace("1.7976931348623157e308", "∞")
            .replace("\"", "")
            .replace(".0", "");
        format!(
            "| {}{required} | {} | {language} | {value} |",
            names.join(" "),
            owners.join(" ")
        )
    }

    #[test]
    fn the_header_shows_the_table() {
        let header: Vec<_> = include_str!("fields.rs")
            .lines()
            .filter_map(|line| line.strip_prefix("//! "))
            .collect();
        let rows: Vec<_> = header
            .iter()
            .copied()
            .skip_while(|line| *line != "|---|---|---|---|")
            .skip(1)
            .collect();
        let expected: Vec<_> = TABLE.iter().map(shown).collect();
        assert_eq!(
            rows,
            expected,
            "the header should be:\n//! {}",
            expected.join("\n//! ")
        );
    }

    #[test]
    fn fields_are_found_by_object_and_language() {
        let check = |owner, name, language, expected: Option<(bool, ValueType)>| {
            let found = find(owner, name, language).map(|field| (field.speaks(language), field.value));
            assert_eq!(found, expected, "{owner:?} {name} {language}");
        };
        use QueryLanguage::{JsonPath, Jsonata};
        check(
            Owner::Task,
            "Arguments",
            Jsonata,
            Some((true, ValueType::Payload)),
        );
        check(
            Owner::Task,
            "Arguments",
            JsonPath,
            Some((false, ValueType::Payload)),
        );
        check(
            Owner::Task,
            "InputPath",
            Jsonata,
            Some((false, ValueType::PathOrNull)),
        );
        check(Owner::Succeed, "Next", JsonPath, None);
        check(Owner::Task, "Next", JsonPath, Some((true, ValueType::StateName)));
    }

    #[test]
    fn an_object_has_a_field_once() {
        for language in [QueryLanguage::JsonPath, QueryLanguage::Jsonata] {
            for rows in INDEX.values() {
                assert!(
                    rows.iter().filter(|row| row.speaks(language)).count() <= 1,
                    "{rows:?}"
                );
            }
        }
    }
}
