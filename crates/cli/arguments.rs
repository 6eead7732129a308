//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Run, check, draw and export AWS Step Functions workflows on your own machine.
#[derive(Debug, Parser)]
#[command(name = "stepwell", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a workflow against its real functions and show each transition.
    Run(Run),
    /// Run one state alone and show its data at each stage.
    TestState(TestState),
    /// Check definitions and templates, and show what is wrong where.
    Validate(Validate),
    /// Write a workflow as plain ASL JSON that AWS accepts, or as a drawing.
    Export(Export),
    /// Serve the studio to a browser on this machine.
    Studio(Studio),
    /// Answer the AWS CLI and SDKs as Step Functions and Lambda do.
    Serve(Serve),
    /// Print a completion script for a shell.
    #[command(
        after_help = "Example:\n  stepwell completions bash > ~/.local/share/bash-completion/completions/stepwell"
    )]
    Completions {
        /// The shell.
        shell: Shell,
    },
}

const RUN_EXAMPLES: &str = "\
Examples:
  stepwell run . --input events/order.json
  stepwell run . --workflow OrderFulfilment --input '{\"orderId\": \"A-1\"}'
  cat order.json | stepwell run flow.asl.json --input - --json
  stepwell run . --resume 20260301-120000-3f9a

Exit codes:
  0  the execution succeeded
  1  it failed, timed out or was aborted
  2  wrong use or a wrong definition; nothing was run

With --json each line is an event as AWS's GetExecutionHistory returns it; the last line is
{\"executionArn\", \"status\", \"output\"} or {\"executionArn\", \"status\", \"error\", \"cause\"}. Output is JSON text, as
DescribeExecution has it. Everything else goes to stderr.";

#[derive(Debug, Args)]
#[command(after_help = RUN_EXAMPLES)]
pub(crate) struct Run {
    /// A project folder, or a definition (*.asl.json, *.asl.yaml).
    pub(crate) path: PathBuf,
    /// Which workflow, by its name or logical id; needed where the project has several.
    #[arg(short, long, value_name = "NAME")]
    pub(crate) workflow: Option<String>,
    /// The input: a file, JSON, or - for stdin. Without it the input is {}.
    #[arg(
        short,
        long,
        value_name = "FILE|JSON|-",
        allow_hyphen_values = true,
        conflicts_with = "resume"
    )]
    pub(crate) input: Option<String>,
    /// Let waits and retry delays pass at once. Functions still take their time.
    #[arg(long, conflicts_with = "resume")]
    pub(crate) virtual_time: bool,
    /// Go on with an execution whose process was killed.
    #[arg(long, value_name = "EXECUTION")]
    pub(crate) resume: Option<String>,
    #[command(flatten)]
    pub(crate) code: Code,
    /// Show what functions print, too.
    #[arg(long, conflicts_with = "json")]
    pub(crate) logs: bool,
    /// Print events as JSON lines, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which functions are called, and whether their packages are installed.
#[derive(Debug, Args)]
pub(crate) struct Code {
    /// Take the functions from this project folder. Not needed for a file that `stepwell export` wrote.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) functions: Option<PathBuf>,
    /// Install what requirements.txt and package.json of functions ask for, without asking first. May use the network.
    #[arg(long, conflicts_with = "no_build")]
    pub(crate) build: bool,
    /// Don't ask whether to install it. Without a terminal that is so anyway.
    #[arg(long)]
    pub(crate) no_build: bool,
}

const TEST_STATE_EXAMPLES: &str = "\
Examples:
  stepwell test-state . --state 'Price order' --input events/order.json
  stepwell test-state flow.asl.json --state Charge --input '{\"total\": 5}' --mock '{\"paid\": true}'
  stepwell test-state flow.asl.json --state Charge --mock-error PaymentTimeout --retry-count 1
  stepwell test-state flow.asl.json --state Each --input '[1, 2]' --mock '[10, 20]' --json

The state is found by its name at any depth, also in branches and processors. A Wait takes no time. A Task calls its
function, or is mocked; Map and Parallel states, and Tasks that wait for a job, a token or an activity, have to be.

Exit codes:
  0  the state succeeded
  1  it failed, its error was caught, or it would be tried again
  2  wrong use or a wrong definition; nothing was run

With --json the output is what the service's TestState answers, one line; what it refuses goes to stderr.";

#[derive(Debug, Args)]
#[command(after_help = TEST_STATE_EXAMPLES)]
pub(crate) struct TestState {
    /// A project folder, or a definition (*.asl.json, *.asl.yaml).
    pub(crate) path: PathBuf,
    /// The state's name.
    #[arg(short, long, value_name = "NAME")]
    pub(crate) state: String,
    /// Which workflow, by its name or logical id; needed where the project has several.
    #[arg(short, long, value_name = "NAME")]
    pub(crate) workflow: Option<String>,
    /// The state's input: a file, JSON, or - for stdin. Without it the input is {}.
    #[arg(short, long, value_name = "FILE|JSON|-", allow_hyphen_values = true)]
    pub(crate) input: Option<String>,
    /// The context object that the state sees. Without it one is made up.
    #[arg(long, value_name = "FILE|JSON")]
    pub(crate) context: Option<String>,
    /// Variables that the state sees: an object.
    #[arg(long, value_name = "FILE|JSON")]
    pub(crate) variables: Option<String>,
    /// The result that takes the place of the state's work.
    #[arg(long, value_name = "FILE|JSON")]
    pub(crate) mock: Option<String>,
    /// The error that takes the place of the state's work.
    #[arg(long, value_name = "ERROR", conflicts_with = "mock")]
    pub(crate) mock_error: Option<String>,
    /// The cause of that error.
    #[arg(long, value_name = "TEXT", requires = "mock_error")]
    pub(crate) mock_cause: Option<String>,
    /// How closely a mocked result is compared with what the called service answers.
    #[arg(long, value_enum, value_name = "MODE", requires = "mock")]
    pub(crate) mock_validation: Option<MockValidation>,
    /// How often the state's work failed before.
    #[arg(long, value_name = "N")]
    pub(crate) retry_count: Option<u32>,
    /// How many iterations of a mocked Map failed.
    #[arg(long, value_name = "N")]
    pub(crate) failed_iterations: Option<u32>,
    /// How much is shown: INFO the outcome alone, DEBUG the data at each stage, TRACE as much as DEBUG.
    #[arg(long, value_enum, value_name = "LEVEL", ignore_case = true, default_value_t = InspectionLevel::Debug)]
    pub(crate) inspection_level: InspectionLevel,
    #[command(flatten)]
    pub(crate) code: Code,
    /// Print the service's answer, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(crate) enum InspectionLevel {
    Info,
    Debug,
    Trace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MockValidation {
    /// What is always there has to be there, and everything has to have its type.
    Strict,
    /// What is there has to have its type.
    Present,
    /// Anything goes.
    None,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stepwell validate .
  stepwell validate workflows/*.asl.json --json
  stepwell validate . --format sarif > stepwell.sarif
  stepwell validate . --fix

Exits with 0 where there is no error (warnings are none), and with 2 where there is one.")]
pub(crate) struct Validate {
    /// Project folders and definitions.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print each problem as a JSON line, for programs; the last line counts them. Short for --format json.
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// How to tell what was found.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
    /// Make the fixes that take nothing out, and write the files.
    #[arg(long)]
    pub(crate) fix: bool,
}

impl Validate {
    pub(crate) fn format(&self) -> ReportFormat {
        if self.json {
            ReportFormat::Json
        } else {
            self.format
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Lines of the file with what is wrong under them.
    Text,
    /// A JSON object a line.
    Json,
    /// SARIF 2.1.0, which code hosts and editors show beside the code.
    Sarif,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stepwell export . -o order.asl.json
  stepwell export . --workflow OrderFulfilment --format svg -o order.svg
  stepwell export flow.asl.yaml --keep-substitutions

What runs here is what is exported: a JSON definition keeps its layout, a YAML one is indented by two.")]
pub(crate) struct Export {
    /// A project folder, or a definition.
    pub(crate) path: PathBuf,
    /// Which workflow, by its name or logical id; needed where the project has several.
    #[arg(short, long, value_name = "NAME")]
    pub(crate) workflow: Option<String>,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = ExportFormat::AslJson)]
    pub(crate) format: ExportFormat,
    /// Where to write it; without this, to stdout.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
    /// Leave ${…} as it stands, for a template that fills it in.
    #[arg(long)]
    pub(crate) keep_substitutions: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Plain Amazon States Language.
    AslJson,
    /// A drawing.
    Svg,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stepwell studio .
  stepwell studio examples/order-fulfilment --port 7777

The address carries a token that is new at each start; who has it can do what you can do in the studio.
Ctrl-C ends the studio and what runs in it.")]
pub(crate) struct Studio {
    /// A project folder or a definition to open.
    pub(crate) path: Option<PathBuf>,
    /// The port on 127.0.0.1; 0 takes any free one.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stepwell serve --dir .
  AWS_ENDPOINT_URL=http://127.0.0.1:8083 aws stepfunctions list-state-machines

The first line of the output is the address. State machines and functions of the project are there from the start;
others are made over the endpoint, and stay. With --dir the record is the project's own (.stepwell), so that executions
appear in the studio; without, it is in your data folder (STEPWELL_DATA_DIR names another one).
What runs when the endpoint ends goes on when it starts again. Any credentials will do; only this machine is answered.")]
pub(crate) struct Serve {
    /// The port on 127.0.0.1; 0 takes any free one.
    #[arg(long, value_name = "N", default_value_t = 8083)]
    pub(crate) port: u16,
    /// A project folder, or a definition, to serve. Its functions run when they are called.
    #[arg(long, value_name = "PROJECT")]
    pub(crate) dir: Option<PathBuf>,
    /// The account in ARNs: twelve digits.
    #[arg(long, value_name = "ID", default_value = "123456789012", value_parser = account)]
    pub(crate) account: String,
    /// The region in ARNs.
    #[arg(long, value_name = "NAME", default_value = "us-east-1", value_parser = region)]
    pub(crate) region: String,
}

fn account(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("an account is twelve digits".into())
    }
}

fn region(text: &str) -> Result<String, String> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !text.is_empty() && text.bytes().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("a region is written like us-east-1".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
