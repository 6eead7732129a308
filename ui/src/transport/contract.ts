// Generated from crates/studio/src/contract.rs. Do not edit: STEPWELL_BLESS=1 cargo test -p stepwell-studio

/**
 * A service integration that can be put into a workflow.
 */
export type ActionView = { 
/**
 * Names it in [`Edit::InsertState`], such as `states:startExecution.sync:2`.
 */
id: string, 
/**
 * What it does, in words.
 */
title: string, 
/**
 * The service that does it.
 */
service: string, 
/**
 * An icon's name, as in [`StateView::icon`].
 */
icon: string, };

/**
 * One of several fields that exclude each other.
 */
export type AlternativeForm = { 
/**
 * Its name in the definition.
 */
name: string, 
/**
 * In words: `a number of seconds`.
 */
title: string, 
/**
 * What it begins with, as JSON text.
 */
start: string, };

/**
 * What the page needs to know before anything is open.
 */
export type AppInfo = { 
/**
 * Stepwell's version.
 */
version: string, 
/**
 * Folders opened before, newest first.
 */
recent: Array<RecentProject>, 
/**
 * Folders to start with: the bundled examples, where they are found.
 */
examples: Array<RecentProject>, 
/**
 * The user's home folder, where browsing starts.
 */
home: string, 
/**
 * What a new Task can call, apart from the project's functions: what runs on this machine.
 */
actions: Array<ActionView>, };

/**
 * An attempt of a visit's work.
 */
export type AttemptView = { 
/**
 * From 1.
 */
attempt: number, 
/**
 * The error's name, if it failed and another attempt was made.
 */
error: string | null, };

/**
 * A branch of a Parallel state.
 */
export type BranchForm = { 
/**
 * The key of its first state.
 */
start: string | null, 
/**
 * How many states it has.
 */
states: number, };

/**
 * When a breakpoint stops.
 */
export type BreakOn = "enter" | "exit" | "error" | "uncaught";

/**
 * A place where a debugged run stops.
 */
export type Breakpoint = { 
/**
 * The state's key; none = any state (for `error`).
 */
state: string | null, 
/**
 * When.
 */
on: BreakOn, 
/**
 * Kept, but not stopped at, when false.
 */
enabled: boolean, };

/**
 * All breakpoints of a workflow.
 */
export type Breakpoints = { 
/**
 * The breakpoints.
 */
breakpoints: Array<Breakpoint>, };

/**
 * Asks what is in a folder, to choose one where no native dialog is at hand.
 */
export type Browse = { 
/**
 * The folder; empty = home.
 */
path: string, };

/**
 * The user's answer to "may these packages be installed?". Answered when it is done.
 */
export type BuildFunctions = { 
/**
 * Yes: install them now. No: run without them; it is not asked again while the project is open.
 */
allow: boolean, };

/**
 * Packages that functions need and nobody has installed.
 */
export type BuildView = { 
/**
 * The functions.
 */
functions: Array<string>, 
/**
 * The file that asks for the packages, relative to the root.
 */
manifest: string, 
/**
 * The packages, as that file names them.
 */
packages: Array<string>, 
/**
 * The command that would be run; it may use the network.
 */
command: string, };

/**
 * Why a call was refused: where, what, and what to do.
 */
export type CallError = { 
/**
 * A stable code, as in `document.stale`; never match the text.
 */
code: string, 
/**
 * One sentence for the user.
 */
message: string, 
/**
 * What to do about it, if more can be said.
 */
hint?: string, };

/**
 * Why something failed, to be read.
 */
export type CauseView = { 
/**
 * As it is; laid out in lines where it is a JSON object or list, as a failed function's is.
 */
text: string, 
/**
 * Whether it is such JSON.
 */
json: boolean, };

/**
 * One replaced range. Offsets are UTF-16 code units, as in JavaScript.
 */
export type Change = { 
/**
 * Start, in the text before the change.
 */
from: number, 
/**
 * End (exclusive), in the text before the change.
 */
to: number, 
/**
 * What stands there afterwards.
 */
insert: string, };

/**
 * Typing. One in flight for each view; the core rebases over what came since.
 */
export type ChangeDocument = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * The version that the changes were made against.
 */
baseVersion: number, 
/**
 * Sorted, not overlapping, all in the text at `baseVersion`.
 */
changes: Array<Change>, 
/**
 * Who types: comes back as `origin`.
 */
view: string, };

/**
 * What became of typing.
 */
export type Changed = { 
/**
 * The version after the changes.
 */
version: number, };

/**
 * A state that is not what it was.
 */
export type ChangedState = { 
/**
 * Which, counted from 0 in the order of the text.
 */
at: number, 
/**
 * What it is now.
 */
state: StateView, };

/**
 * Asks whether a text is JSON: inputs and edited data are checked as they are typed.
 */
export type CheckJson = { 
/**
 * The text.
 */
text: string, };

/**
 * A condition of a rule. Pointers lead from the state to the object that holds it.
 */
export type ConditionForm = { "kind": "test", 
/**
 * Where it stands.
 */
pointer: string, 
/**
 * The path that is looked at.
 */
variable: string, 
/**
 * The number of its operator in [`FieldControl::Rules`].
 */
operator: number, 
/**
 * It is compared with what stands at a path.
 */
byPath: boolean, 
/**
 * What it is compared with, as JSON text.
 */
operand: string, } | { "kind": "group", 
/**
 * Where it stands.
 */
pointer: string, 
/**
 * All have to hold, else one.
 */
all: boolean, 
/**
 * What is joined.
 */
parts: Array<ConditionForm>, } | { "kind": "not", 
/**
 * Where it stands.
 */
pointer: string, 
/**
 * The other.
 */
part: ConditionForm, } | { "kind": "expression", 
/**
 * Where its text stands.
 */
pointer: string, 
/**
 * As it stands in the file.
 */
text: string, } | { "kind": "other", 
/**
 * Where it stands.
 */
pointer: string, 
/**
 * Its JSON text.
 */
text: string, };

/**
 * A copy that was written.
 */
export type Copied = { 
/**
 * The absolute path of the file.
 */
path: string, };

/**
 * Writes the text of a document, saved or not, into another file. The document stays as it is.
 */
export type CopyDocument = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * The file to write; relative to the project's root, `~/` = the home folder.
 */
path: string, 
/**
 * Whether it may take the place of a file that is there.
 */
overwrite: boolean, };

/**
 * Iterations or branches by status.
 */
export type Counts = { 
/**
 * All.
 */
total: number, 
/**
 * In progress.
 */
running: number, 
/**
 * Done.
 */
succeeded: number, 
/**
 * Failed.
 */
failed: number, 
/**
 * Ended by something around them: another one's error, a stop.
 */
aborted: number, };

/**
 * The open project, if one is.
 */
export type CurrentProject = { 
/**
 * None: show the welcome page.
 */
project: ProjectView | null, };

/**
 * Changes of data.
 */
export type DataEdit = { "kind": "stage", 
/**
 * TestState's name, as in [`super::StageView::stage`].
 */
stage: string, 
/**
 * JSON text.
 */
value: string, } | { "kind": "variable", 
/**
 * Without the dollar sign.
 */
name: string, 
/**
 * JSON text; none removes it.
 */
value: string | null, } | { "kind": "mockResult", 
/**
 * JSON text.
 */
value: string, } | { "kind": "throw", 
/**
 * Error name.
 */
error: string, 
/**
 * Cause.
 */
cause: string, } | { "kind": "skipDelay", };

/**
 * Something wrong in a document.
 */
export type DiagnosticView = { 
/**
 * Such as `SW0003`.
 */
code: string, 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * What is wrong, in words.
 */
message: string, 
/**
 * Start (UTF-16).
 */
from: number, 
/**
 * End.
 */
to: number, 
/**
 * Line, counted from 1.
 */
line: number, 
/**
 * Column, counted from 1.
 */
column: number, 
/**
 * The state concerned.
 */
state: string | null, 
/**
 * The field concerned, as a JSON pointer inside the state.
 */
field: string | null, 
/**
 * What the fix would do, if there is one.
 */
fix: string | null, };

/**
 * The drawing of a definition. Coordinates are CSS pixels at zoom 1.
 */
export type DiagramView = { 
/**
 * Of the whole drawing.
 */
width: number, 
/**
 * Of the whole drawing.
 */
height: number, 
/**
 * Cards, rooms and pills; a room comes before what lies in it.
 */
nodes: Array<NodeView>, 
/**
 * Transitions.
 */
edges: Array<EdgeView>, };

/**
 * The file on disk and the open text both changed the same lines.
 */
export type DiskConflict = { 
/**
 * The text on disk.
 */
disk: string, 
/**
 * Lines (counted from 1) of the open text that are concerned.
 */
lines: Array<number>, };

/**
 * What the core understands of a document at a version, as it differs from what was said before on this stream.
 */
export type DocumentAnalysed = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * The version analysed.
 */
version: number, 
/**
 * `JSONPath` or `JSONata`.
 */
queryLanguage: string, 
/**
 * Every state that could be read, or what became of them.
 */
states: StatesNews, 
/**
 * The drawing; absent when it is the same as before.
 */
diagram: DiagramView | null, 
/**
 * What is wrong, by position.
 */
diagnostics: Array<DiagnosticView>, };

/**
 * What the core understands of a document at a version, whole.
 */
export type DocumentAnalysis = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * The version analysed.
 */
version: number, 
/**
 * `JSONPath` or `JSONata`.
 */
queryLanguage: string, 
/**
 * Every state that could be read, in the order of the text.
 */
states: Array<StateView>, 
/**
 * The drawing.
 */
diagram: DiagramView, 
/**
 * What is wrong, by position.
 */
diagnostics: Array<DiagnosticView>, };

/**
 * A change of the text, for every view. A view that has changes of its own in flight rebases them.
 */
export type DocumentChanged = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * The version before; a view that is not there yet waits for what comes in between.
 */
baseVersion: number, 
/**
 * The version after.
 */
version: number, 
/**
 * As applied, in the text at `baseVersion`.
 */
changes: Array<Change>, 
/**
 * The view that typed it, or `edit`, `undo`, `redo`, `disk`.
 */
origin: string, 
/**
 * The state to select after a gesture.
 */
select: string | null, };

/**
 * Names a document.
 */
export type DocumentRef = { 
/**
 * Path relative to the project's root.
 */
document: string, };

/**
 * Everything about a document but its text.
 */
export type DocumentStatus = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * Differs from the file.
 */
dirty: boolean, 
/**
 * What undo would take back, such as `Rename Charge card`.
 */
undo: string | null, 
/**
 * What redo would bring back.
 */
redo: string | null, 
/**
 * The file changed on disk in a way that can't be merged: ask the user.
 */
conflict: DiskConflict | null, 
/**
 * The file is gone from disk; saving makes it again.
 */
missing: boolean, 
/**
 * Text of an earlier session that was never saved has been brought back.
 */
recovered: boolean, 
/**
 * Put together from pieces of a template (`Fn::Join`): it can be read and run, not edited.
 */
readOnly: boolean, 
/**
 * Why what is not saved can't be kept where a crash would not take it, if so.
 */
unprotected: string | null, };

/**
 * A document as it stands.
 */
export type DocumentView = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * Counts every change of the text from any side.
 */
version: number, 
/**
 * The whole text.
 */
text: string, 
/**
 * `json` or `yaml`.
 */
format: string, 
/**
 * Dirty, undo and so on.
 */
status: DocumentStatus, 
/**
 * What the core understands of it.
 */
analysis: DocumentAnalysis, };

/**
 * The answer to a request that has nothing to say but that it was done.
 */
export type Done = Record<symbol, never>;

/**
 * A label on a transition.
 */
export type EdgeLabel = { 
/**
 * At most 28 characters.
 */
text: string, 
/**
 * Centre.
 */
x: number, 
/**
 * Centre.
 */
y: number, 
/**
 * Room kept for it.
 */
width: number, 
/**
 * Room kept for it.
 */
height: number, };

/**
 * A transition.
 */
export type EdgeView = { 
/**
 * Stable as long as its two ends are.
 */
id: string, 
/**
 * The state it leaves; empty = the start pill.
 */
from: string, 
/**
 * The state it leads to.
 */
to: string, 
/**
 * `start`, `next`, `rule`, `default`, `catch`.
 */
kind: string, 
/**
 * Its number among the transitions of `from`; none for `start`.
 */
transition: number | null, 
/**
 * x, y, x, y, …; straight pieces, corners to be rounded by 8 px.
 */
points: Array<number>, 
/**
 * What stands on it.
 */
label: EdgeLabel | null, };

/**
 * Gestures.
 */
export type Edit = { "kind": "renameState", 
/**
 * The state's key.
 */
state: string, 
/**
 * Its new name.
 */
to: string, } | { "kind": "setField", 
/**
 * The state's key; none = the state machine itself.
 */
state: string | null, 
/**
 * JSON pointer inside the state, such as `/TimeoutSeconds`.
 */
pointer: string, 
/**
 * JSON text; none removes the field.
 */
value: string | null, } | { "kind": "insertState", 
/**
 * Where.
 */
place: Place, 
/**
 * `Task`, `Pass`, `Choice`, …
 */
stateType: string, 
/**
 * A name, which gets a number where it is taken; none = one is made up.
 */
name: string | null, 
/**
 * For a Task: the function of the project that it calls, by its name.
 */
function: string | null, 
/**
 * For a Task that calls none of those: what it calls, by [`ActionView::id`].
 */
action: string | null, } | { "kind": "deleteState", 
/**
 * The state's key.
 */
state: string, } | { "kind": "duplicateState", 
/**
 * The state's key.
 */
state: string, } | { "kind": "pasteState", 
/**
 * Where. Behind a state that ends the flow it stands alone.
 */
place: Place, 
/**
 * JSON: `{"name": {"Type": …}}`, or the body alone.
 */
text: string, } | { "kind": "wrapState", 
/**
 * The state's key.
 */
state: string, 
/**
 * `Parallel` or `Map`.
 */
inType: string, } | { "kind": "changeType", 
/**
 * The state's key.
 */
state: string, 
/**
 * `Task`, `Pass`, …
 */
to: string, } | { "kind": "connect", 
/**
 * The key of the state to lead from.
 */
from: string, 
/**
 * The key of the state to lead to.
 */
to: string, } | { "kind": "reconnect", 
/**
 * The key of the state it leaves.
 */
from: string, 
/**
 * Its number among that state's transitions ([`EdgeView::transition`]).
 */
transition: number, 
/**
 * The key of a state of the same scope; none takes the transition away.
 */
to: string | null, } | { "kind": "setStart", 
/**
 * The state's key.
 */
state: string, } | { "kind": "exchangeField", 
/**
 * The state's key.
 */
state: string, 
/**
 * The name of the field that goes.
 */
from: string, 
/**
 * The name of the one that comes.
 */
to: string, 
/**
 * Its value as JSON text.
 */
value: string, } | { "kind": "addEntry", 
/**
 * The state's key.
 */
state: string, 
/**
 * `Choices`, `Retry`, `Catch` or `Branches`.
 */
field: string, } | { "kind": "removeEntry", 
/**
 * The state's key.
 */
state: string, 
/**
 * `Choices`, `Retry`, `Catch` or `Branches`.
 */
field: string, 
/**
 * Counted from 0.
 */
index: number, } | { "kind": "moveEntry", 
/**
 * The state's key.
 */
state: string, 
/**
 * `Choices`, `Retry`, `Catch` or `Branches`.
 */
field: string, 
/**
 * Where it is, counted from 0.
 */
from: number, 
/**
 * Where it shall be.
 */
to: number, } | { "kind": "changeRule", 
/**
 * The state's key.
 */
state: string, 
/**
 * The pointer of the rule, or of a condition in it ([`ConditionForm`]).
 */
pointer: string, 
/**
 * What becomes of it.
 */
change: RuleChange, };

/**
 * Changes data where the debugger stands. In the past this makes a fork.
 */
export type EditData = { 
/**
 * The run.
 */
execution: string, 
/**
 * The frame.
 */
frame: number, 
/**
 * What to change.
 */
edit: DataEdit, };

/**
 * A gesture: computed by the core against its current text, one step of undo.
 */
export type EditDocument = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * What to do.
 */
edit: Edit, };

/**
 * What became of a gesture.
 */
export type Edited = { 
/**
 * The version after it.
 */
version: number, 
/**
 * The state to select afterwards.
 */
select: string | null, 
/**
 * The status afterwards (undo, dirty).
 */
status: DocumentStatus, };

/**
 * One thing in a folder.
 */
export type Entry = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its absolute path.
 */
path: string, 
/**
 * A folder, or a file that can be opened.
 */
folder: boolean, 
/**
 * Looks like a project: has a template or a definition in it.
 */
project: boolean, };

/**
 * Evaluates expressions over the data of a visit, at the moment shown. Changes nothing.
 */
export type Evaluate = { 
/**
 * Which data: `$` is the value at the stage where the visit stands, or at the last one reached.
 */
of: GetStateData, 
/**
 * Paths (`$.total`, `$$.State.RetryCount`, `$name`) or calls of intrinsic functions; at most 64.
 */
expressions: Array<string>, };

/**
 * What came of expressions, in their order.
 */
export type Evaluated = { 
/**
 * One for each.
 */
results: Array<Evaluation>, };

/**
 * What came of an expression.
 */
export type Evaluation = { 
/**
 * Its value as indented JSON text; of a long one the first 64 KiB.
 */
value: string | null, 
/**
 * Why it has none.
 */
problem: string | null, };

/**
 * One event, whole.
 */
export type EventDetail = { 
/**
 * Indented JSON text, as AWS spells it.
 */
text: string, };

/**
 * A file that can be an execution's input.
 */
export type EventFile = { 
/**
 * File name without extension, such as `in-stock`.
 */
name: string, 
/**
 * Relative to the root.
 */
path: string, 
/**
 * The file's text (at most 256 KiB; larger ones are not listed).
 */
text: string, };

/**
 * A history event, short.
 */
export type EventRow = { 
/**
 * From 1.
 */
id: number, 
/**
 * Of the chain of causes.
 */
previous: number, 
/**
 * In ms since the start of the run.
 */
at: number, 
/**
 * As AWS spells it.
 */
eventType: string, 
/**
 * The state concerned.
 */
state: string | null, 
/**
 * The frame concerned.
 */
frame: number, };

/**
 * History events, short.
 */
export type Events = { 
/**
 * All there are.
 */
total: number, 
/**
 * Those asked for.
 */
rows: Array<EventRow>, };

/**
 * Exports a workflow.
 */
export type ExportWorkflow = { 
/**
 * The workflow.
 */
workflow: string, 
/**
 * `asl-json` or `svg`.
 */
format: string, 
/**
 * Leave `${…}` as they are.
 */
keepSubstitutions: boolean, 
/**
 * Write to this file; none = only answer with the text.
 */
path: string | null, 
/**
 * Replace the file if it exists.
 */
overwrite: boolean, 
/**
 * `light` or `dark`, for SVG.
 */
theme: string | null, };

/**
 * What was exported.
 */
export type Exported = { 
/**
 * The text.
 */
text: string, 
/**
 * Where it was written (absolute).
 */
path: string | null, 
/**
 * A name to offer in a dialog.
 */
suggestedName: string, 
/**
 * `${…}` without a known value, left as they are.
 */
unresolved: Array<string>, };

/**
 * How a field is edited.
 */
export type FieldControl = { "kind": "text", } | { "kind": "number", } | { "kind": "path", } | { "kind": "toggle", } | { "kind": "select", 
/**
 * The choices.
 */
options: Array<string>, } | { "kind": "state", 
/**
 * The states to choose from.
 */
options: Array<string>, } | { "kind": "json", } | { "kind": "rules", 
/**
 * In the order in which they are tried.
 */
rules: Array<RuleForm>, 
/**
 * Every way to test something.
 */
operators: Array<OperatorForm>, 
/**
 * The states to which a rule can lead.
 */
options: Array<string>, } | { "kind": "handlers", 
/**
 * In the order in which they are tried.
 */
handlers: Array<HandlerForm>, 
/**
 * Error names to choose from: the service's, and those of this definition.
 */
errors: Array<string>, } | { "kind": "resource", 
/**
 * In words, such as `Lambda · invoke`.
 */
title: string, 
/**
 * The function that it calls, if it calls one.
 */
function: FunctionUse | null, 
/**
 * The project's functions.
 */
functions: Array<FunctionOption>, 
/**
 * How it can be called.
 */
patterns: Array<PatternForm>, 
/**
 * The number of the pattern in use.
 */
pattern: number | null, } | { "kind": "branches", 
/**
 * In the order of the text.
 */
branches: Array<BranchForm>, };

/**
 * A field of a state.
 */
export type FieldForm = { 
/**
 * Its name in the definition.
 */
name: string, 
/**
 * What its label says.
 */
title: string, 
/**
 * Its pointer inside the state.
 */
pointer: string, 
/**
 * How to edit it.
 */
control: FieldControl, 
/**
 * Its value as JSON text; none = absent.
 */
value: string | null, 
/**
 * What holds when it is absent, in a few words.
 */
absent: string | null, 
/**
 * It is in the form also while it is absent.
 */
usual: boolean, 
/**
 * One of the group headings `Behaviour`, `Data`, `Errors`, `Notes`.
 */
group: string, 
/**
 * Fields that exclude each other, this one among them, where there are several: one can take another's place.
 */
alternatives: Array<AlternativeForm>, };

/**
 * Applies a diagnostic's fix.
 */
export type FixDocument = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * The version of the analysis that showed it.
 */
version: number, 
/**
 * The diagnostic's number in that analysis.
 */
diagnostic: number, };

/**
 * Goes on from the moment shown as a new run; the parent stays as it is.
 */
export type Fork = { 
/**
 * The run.
 */
execution: string, 
/**
 * Use recorded task results while the path agrees, instead of calling again.
 */
reuseResults: boolean, 
/**
 * Go on at once; else the fork stands where it was made.
 */
go: boolean, };

/**
 * The run to look at after an edit or a fork: the same one, or the fork.
 */
export type Forked = { 
/**
 * The run.
 */
run: RunView, 
/**
 * Whether it is a new one.
 */
forked: boolean, };

/**
 * What a run knows of a visit's data.
 */
export type FoundData = { 
/**
 * None: the run has not reached the state, at the moment shown.
 */
data: StateData | null, };

/**
 * What a definition says of a state.
 */
export type FoundForm = { 
/**
 * None: the text as it is now has no such state.
 */
form: StateForm | null, };

/**
 * The states of one frame and what runs inside it.
 */
export type FrameStates = { 
/**
 * The states.
 */
states: Array<StateRun>, };

/**
 * A frame: one running scope of an execution.
 */
export type FrameView = { 
/**
 * Its number.
 */
frame: number, 
/**
 * How deep: 0 for the execution itself.
 */
depth: number, 
/**
 * `branch 0 of Fulfil`, `iteration 2 of Reserve each line`; empty for the execution itself.
 */
scope: string, 
/**
 * The state's key: the one it is in, or is about to enter.
 */
state: string | null, 
/**
 * In words: `before entering`, `calls its function`, `2 of 4 done`.
 */
place: string, 
/**
 * How its state stands.
 */
status: StateStatus, 
/**
 * A debugger holds it.
 */
held: boolean, 
/**
 * The debugger stands here.
 */
front: boolean, };

/**
 * A function that a Task could call.
 */
export type FunctionOption = { 
/**
 * Its name.
 */
name: string, 
/**
 * As declared, such as `python3.13`.
 */
runtime: string, 
/**
 * How this definition names it: `${PriceOrderFunctionArn}` where the template says so, else the name.
 */
reference: string, };

/**
 * A function named by a Task.
 */
export type FunctionUse = { 
/**
 * The pointer, inside the state, of the text that names it.
 */
pointer: string, 
/**
 * Its name in the project; none = it is none of the project's, or computed.
 */
name: string | null, 
/**
 * As it stands in the file.
 */
reference: string, };

/**
 * A function of the project.
 */
export type FunctionView = { 
/**
 * The function's name.
 */
name: string, 
/**
 * As declared, such as `python3.13`.
 */
runtime: string, 
/**
 * As declared.
 */
handler: string, 
/**
 * Its code's folder, relative to the root.
 */
code: string, 
/**
 * Why it can't run as declared, if so (no such folder; another version of the runtime is used).
 */
problem: string | null, };

/**
 * Asks for one event.
 */
export type GetEvent = { 
/**
 * The run.
 */
execution: string, 
/**
 * From 1.
 */
event: number, };

/**
 * Asks for the states as one frame sees them (an iteration, a branch).
 */
export type GetFrameStates = { 
/**
 * The run.
 */
execution: string, 
/**
 * The frame.
 */
frame: number, };

/**
 * Asks for the iterations of a Map state.
 */
export type GetIterations = { 
/**
 * The run.
 */
execution: string, 
/**
 * The Map state's key.
 */
state: string, 
/**
 * Those of its last visit in this frame; none = of its last visit anywhere.
 */
frame: number | null, 
/**
 * First to list, from 0.
 */
from: number, 
/**
 * At most so many.
 */
limit: number, };

/**
 * Asks for a range of something that grows: timeline, events, log.
 */
export type GetRange = { 
/**
 * The run.
 */
execution: string, 
/**
 * First to list, from 0.
 */
from: number, 
/**
 * At most so many (the core gives at most 1,000).
 */
limit: number, };

/**
 * Asks for a setting of the window.
 */
export type GetSetting = { 
/**
 * The setting's name.
 */
key: string, };

/**
 * Asks for the form of a state.
 */
export type GetState = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * The state's key.
 */
state: string, };

/**
 * Asks for the data of a state at each stage.
 */
export type GetStateData = { 
/**
 * The run.
 */
execution: string, 
/**
 * The state's key.
 */
state: string, 
/**
 * In this frame (an iteration); none = wherever it was visited last.
 */
frame: number | null, 
/**
 * Which visit, from 0; none = the last.
 */
visit: number | null, 
/**
 * As it stood when this attempt (from 1) had failed; none = the last attempt.
 */
attempt: number | null, };

/**
 * Asks for a piece of a large value.
 */
export type GetValue = { 
/**
 * The run.
 */
execution: string, 
/**
 * From a [`ValueView`].
 */
handle: string, };

/**
 * A retrier or catcher.
 */
export type HandlerForm = { 
/**
 * Its pointer inside the state.
 */
pointer: string, 
/**
 * In words: `up to 3 more times, first after 1 s`.
 */
sentence: string, 
/**
 * The errors that it is for.
 */
errors: Array<string>, 
/**
 * Its other fields; their pointers, too, lead from the state.
 */
fields: Array<FieldForm>, 
/**
 * Its JSON text.
 */
text: string, };

/**
 * An iteration around a state.
 */
export type InIteration = { 
/**
 * The Map state's key.
 */
state: string, 
/**
 * Which iteration, from 0.
 */
index: number, 
/**
 * How many there are.
 */
total: number, 
/**
 * The frame of the Map state: iterations are those of its visit there.
 */
frame: number, };

/**
 * An iteration of a Map state.
 */
export type Iteration = { 
/**
 * From 0.
 */
index: number, 
/**
 * Its frame.
 */
frame: number, 
/**
 * How it stands.
 */
status: StateStatus, 
/**
 * In ms.
 */
duration: number | null, };

/**
 * Iterations of a Map state's last visit.
 */
export type Iterations = { 
/**
 * All there are.
 */
total: number, 
/**
 * Those asked for.
 */
iterations: Array<Iteration>, };

/**
 * Whether a text is JSON.
 */
export type JsonChecked = { 
/**
 * What is wrong; none = it is JSON.
 */
problem: string | null, 
/**
 * Where (UTF-16 offset).
 */
offset: number | null, 
/**
 * Size in bytes as the service counts it.
 */
bytes: number, };

/**
 * Which side of a conflict to keep.
 */
export type Keep = "mine" | "disk";

/**
 * Lists runs, newest first.
 */
export type ListRuns = { 
/**
 * Only this workflow's.
 */
workflow: string | null, 
/**
 * At most so many.
 */
limit: number, };

/**
 * What is in a folder.
 */
export type Listing = { 
/**
 * Absolute path of the folder listed.
 */
path: string, 
/**
 * Absolute path of the folder above.
 */
parent: string | null, 
/**
 * Folders and definition files, folders first, hidden ones left out.
 */
entries: Array<Entry>, };

/**
 * Lines that functions printed.
 */
export type Log = { 
/**
 * All there are.
 */
total: number, 
/**
 * Those asked for.
 */
lines: Array<LogLine>, };

/**
 * A line that a function (or Stepwell, about a function) printed.
 */
export type LogLine = { 
/**
 * In ms since the start of the run.
 */
at: number, 
/**
 * The function.
 */
function: string, 
/**
 * The state that called it, if known.
 */
state: string | null, 
/**
 * `stdout`, `stderr` or `platform` (START, END, REPORT, warnings).
 */
stream: string, 
/**
 * The line.
 */
text: string, };

/**
 * Neighbouring states that moved by the same.
 */
export type Moved = { 
/**
 * The first of them, counted from 0 in the order of the text.
 */
first: number, 
/**
 * How many.
 */
count: number, 
/**
 * What is added to each one's [`StateView::from`].
 */
from: number, 
/**
 * To its [`StateView::to`].
 */
to: number, 
/**
 * To its [`StateView::line`].
 */
line: number, };

/**
 * A card, room or pill.
 */
export type NodeView = { 
/**
 * The state's key; for the start pill of the state machine: empty.
 */
key: string, 
/**
 * `start`, `card`, `stack` (Map), `room` (Parallel or Map with its inside), `pill` (Succeed, Fail).
 */
shape: string, 
/**
 * Left edge, absolute.
 */
x: number, 
/**
 * Top edge, absolute.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, 
/**
 * The room it lies in.
 */
parent: string | null, };

/**
 * A request without parameters.
 */
export type Nothing = Record<symbol, never>;

/**
 * Asks for a document's text; its analysis follows in the answer.
 */
export type OpenDocument = { 
/**
 * Path relative to the project's root.
 */
document: string, };

/**
 * Asks to open a folder or a definition file.
 */
export type OpenProject = { 
/**
 * Absolute path, or relative to where Stepwell was started; `~/` is the home folder.
 */
path: string, };

/**
 * A way to test something.
 */
export type OperatorForm = { 
/**
 * Over which heading it stands: `Number`, `Text`, `Time`, `True or false`, `Kind`.
 */
group: string, 
/**
 * In words: `is at least`.
 */
words: string, 
/**
 * The language's name of it with a value; none = only with a path.
 */
literal: string | null, 
/**
 * The language's name of it with a path; none = only with a value.
 */
byPath: string | null, 
/**
 * The value that goes without saying, as JSON text: `is present` compares with `true`.
 */
fixed: string | null, 
/**
 * What is typed: `number`, `text`, `timestamp` or `none`.
 */
operand: string, };

/**
 * A way to call a service.
 */
export type PatternForm = { 
/**
 * In words: `go on as soon as it answers`.
 */
title: string, 
/**
 * The `Resource` that says so.
 */
resource: string, };

/**
 * Where a debugger stands.
 */
export type Paused = { 
/**
 * The frame that stands in front.
 */
frame: number, 
/**
 * Its state.
 */
state: string | null, 
/**
 * In words: `before entering`, `before attempt 2 of 4`, `after the result`.
 */
place: string, 
/**
 * `breakpoint`, `step`, `pause`, `error`, `entry`.
 */
reason: string, 
/**
 * Which branch or iteration, in words: `branch 0 of Fulfil`; none in the root.
 */
scope: string | null, 
/**
 * Stands at the end of the record: forward commands really run. Else they walk the record.
 */
live: boolean, 
/**
 * There is something to step back to.
 */
canStepBack: boolean, };

/**
 * Where a state can be inserted.
 */
export type Place = { "kind": "onTransition", 
/**
 * The state it leaves.
 */
from: string, 
/**
 * Its number among that state's transitions ([`EdgeView::transition`]).
 */
transition: number, } | { "kind": "beforeStart", 
/**
 * JSON pointer of the scope; empty = the state machine.
 */
scope: string, } | { "kind": "after", 
/**
 * The state's key.
 */
state: string, };

/**
 * Something wrong with the project itself.
 */
export type ProjectProblem = { 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * The file, relative to the root.
 */
path: string, 
/**
 * Counted from 1.
 */
line: number | null, 
/**
 * One sentence.
 */
message: string, };

/**
 * An open project.
 */
export type ProjectView = { 
/**
 * The folder's own name.
 */
name: string, 
/**
 * Its absolute path.
 */
root: string, 
/**
 * The template that is the manifest, relative to the root.
 */
manifest: string | null, 
/**
 * Whether the user allowed code in this folder to run.
 */
trusted: boolean, 
/**
 * Why Stepwell can keep nothing in this folder, if so: neither runs nor text that is not saved.
 */
unwritable: string | null, 
/**
 * State machines, in the manifest's order, else by path.
 */
workflows: Array<WorkflowView>, 
/**
 * Functions, in the manifest's order.
 */
functions: Array<FunctionView>, 
/**
 * Event files: inputs to run with.
 */
events: Array<EventFile>, 
/**
 * What is wrong with the project itself (a template that can't be read, a missing definition).
 */
problems: Array<ProjectProblem>, };

/**
 * A folder that was open before.
 */
export type RecentProject = { 
/**
 * The folder's own name.
 */
name: string, 
/**
 * Its absolute path.
 */
path: string, 
/**
 * Whether it is still there.
 */
exists: boolean, };

/**
 * The user's answer to a conflict with the file on disk.
 */
export type ResolveConflict = { 
/**
 * Path relative to the project's root.
 */
document: string, 
/**
 * `mine` keeps the open text (saving will overwrite), `disk` takes the file's; both can be undone.
 */
keep: Keep, };

/**
 * What becomes of a condition.
 */
export type RuleChange = { "kind": "test", 
/**
 * The path to look at.
 */
variable: string, 
/**
 * [`OperatorForm::literal`] or [`OperatorForm::by_path`].
 */
operator: string, 
/**
 * What it is compared with, as JSON text.
 */
operand: string, } | { "kind": "addCondition", 
/**
 * A group of one.
 */
group: boolean, } | { "kind": "joinBy", 
/**
 * All.
 */
all: boolean, } | { "kind": "negate", } | { "kind": "remove", };

/**
 * A rule of a Choice.
 */
export type RuleForm = { 
/**
 * Its pointer inside the state.
 */
pointer: string, 
/**
 * In words and signs: `$.stock ≥ $.qty`.
 */
sentence: string, 
/**
 * What is tested.
 */
condition: ConditionForm, 
/**
 * Where it leads.
 */
next: string | null, 
/**
 * Its JSON text.
 */
text: string, };

/**
 * What changed in a run since the last such event.
 */
export type RunDelta = { 
/**
 * The run.
 */
execution: string, 
/**
 * How it stands.
 */
status: RunStatus, 
/**
 * The execution's clock.
 */
now: number, 
/**
 * States that changed: their latest.
 */
states: Array<StateRun>, 
/**
 * Transitions whose count changed.
 */
taken: Array<Taken>, 
/**
 * History events so far.
 */
events: number, 
/**
 * State transitions so far.
 */
transitions: number, 
/**
 * Where the debugger stands, if it does.
 */
paused: Paused | null, 
/**
 * It ended, or jumped to another moment: ask `run.get` for the whole.
 */
refresh: boolean, };

/**
 * Names a run.
 */
export type RunRef = { 
/**
 * The run's id (the execution's name).
 */
execution: string, };

/**
 * How a run stands.
 */
export type RunStatus = "running" | "paused" | "elsewhere" | "interrupted" | "succeeded" | "failed" | "timedOut" | "aborted";

/**
 * A run in the list.
 */
export type RunSummary = { 
/**
 * Identity.
 */
execution: string, 
/**
 * The workflow.
 */
workflow: string, 
/**
 * How it stands.
 */
status: RunStatus, 
/**
 * When it was made, by the wall clock: milliseconds since the Unix epoch.
 */
created: number, 
/**
 * When it started, by its own clock; a fork started when its parent did. Milliseconds since the Unix epoch.
 */
started: number, 
/**
 * When it ended, by its own clock. Milliseconds since the Unix epoch.
 */
ended: number | null, 
/**
 * The run it was forked from.
 */
parent: string | null, };

/**
 * A run as a whole.
 */
export type RunView = { 
/**
 * Identity.
 */
execution: string, 
/**
 * ARN, as on the service.
 */
arn: string, 
/**
 * The workflow.
 */
workflow: string, 
/**
 * Its document, relative to the root.
 */
document: string, 
/**
 * The definition that runs differs from the open text.
 */
stale: boolean, 
/**
 * How it stands.
 */
status: RunStatus, 
/**
 * Started by Debug.
 */
debug: boolean, 
/**
 * Waits pass at once.
 */
virtualTime: boolean, 
/**
 * Milliseconds since the Unix epoch.
 */
started: number, 
/**
 * Milliseconds since the Unix epoch.
 */
ended: number | null, 
/**
 * The execution's own clock now, milliseconds since the Unix epoch; it stands while the run is paused.
 */
now: number, 
/**
 * What it was started with.
 */
input: ValueView, 
/**
 * What it answered.
 */
output: ValueView | null, 
/**
 * Error name.
 */
error: string | null, 
/**
 * Cause.
 */
cause: CauseView | null, 
/**
 * States that were reached.
 */
states: Array<StateRun>, 
/**
 * Transitions that were taken.
 */
taken: Array<Taken>, 
/**
 * History events so far.
 */
events: number, 
/**
 * State transitions so far.
 */
transitions: number, 
/**
 * Where the debugger stands, if it does.
 */
paused: Paused | null, 
/**
 * The moment shown is in the past.
 */
past: boolean, 
/**
 * The run it was forked from.
 */
parent: string | null, };

/**
 * Runs, newest first.
 */
export type Runs = { 
/**
 * The runs.
 */
runs: Array<RunSummary>, };

/**
 * Saves a document.
 */
export type SaveDocument = { 
/**
 * Path relative to the project's root.
 */
document: string, };

/**
 * Shows another moment of a run: the timeline's handle. Invokes nothing.
 */
export type Seek = { 
/**
 * The run.
 */
execution: string, 
/**
 * Just before this event; none = the newest moment.
 */
event: number | null, };

/**
 * Replaces the breakpoints of a workflow (or asks for them).
 */
export type SetBreakpoints = { 
/**
 * The workflow.
 */
workflow: string, 
/**
 * All of them; none = only answer with those that are set.
 */
breakpoints: Array<Breakpoint> | null, };

/**
 * A setting of the window, such as the sizes of its panels; kept in the user's configuration.
 */
export type Setting = { 
/**
 * The setting's name.
 */
key: string, 
/**
 * JSON text; none = not set.
 */
value: string | null, };

/**
 * How bad a thing is.
 */
export type Severity = "error" | "warning" | "info";

/**
 * The call stack at the moment shown.
 */
export type Stack = { 
/**
 * All frames there are.
 */
total: number, 
/**
 * Outermost first, each before those that run inside it; at most 500, but always those on the way to the front.
 */
frames: Array<FrameView>, };

/**
 * One stage of the data of a state.
 */
export type StageView = { 
/**
 * TestState's name: `input`, `afterInputPath`, `afterParameters`, `result`, `afterResultSelector`, `afterResultPath`, `output`.
 */
stage: string, 
/**
 * To show: `Input`, `InputPath`, `Parameters`, `Task result`, …
 */
title: string, 
/**
 * A few words at the right: what the definition says (`$.payment`), or a size.
 */
note: string, 
/**
 * What is there, if it happened.
 */
value: ValueView | null, 
/**
 * `passed`, `here`, `ahead`, `unused` (the definition says nothing here; the value is that of the stage before).
 */
progress: string, 
/**
 * Can be edited now (the debugger stands where this decides what happens next).
 */
editable: boolean, 
/**
 * Was edited.
 */
edited: boolean, };

/**
 * Starts a run. The open text is run, saved or not.
 */
export type StartRun = { 
/**
 * The workflow.
 */
workflow: string, 
/**
 * JSON text.
 */
input: string, 
/**
 * Stop at breakpoints.
 */
debug: boolean, 
/**
 * Stand before the first state (debug only).
 */
stopOnEntry: boolean, 
/**
 * Waits and retry delays pass at once.
 */
virtualTime: boolean, };

/**
 * What became of a wish to run.
 */
export type Started = { "kind": "running", 
/**
 * The run.
 */
run: RunView, } | { "kind": "needsTrust", 
/**
 * What would run: functions with their folders and runtimes.
 */
willRun: Array<string>, } | { "kind": "needsBuild", 
/**
 * What would be installed.
 */
builds: Array<BuildView>, };

/**
 * The data of one visit of a state, as it flows.
 */
export type StateData = { 
/**
 * The state's key.
 */
state: string, 
/**
 * The frame of this visit.
 */
frame: number, 
/**
 * This visit, from 0.
 */
visit: number, 
/**
 * All visits (in the frame, if one was named).
 */
visits: number, 
/**
 * The attempt shown, from 1; 0 before the first.
 */
attempt: number, 
/**
 * All attempts so far, where there is more than one.
 */
attempts: Array<AttemptView>, 
/**
 * In words: `Paused before attempt 2 of 4 · branch 0 of Fulfil`.
 */
place: string, 
/**
 * How the visit stands.
 */
status: StateStatus, 
/**
 * From Input to Output.
 */
stages: Array<StageView>, 
/**
 * Error name.
 */
error: string | null, 
/**
 * Cause.
 */
cause: CauseView | null, 
/**
 * The last lines that its function printed in this visit.
 */
log: Array<LogLine>, 
/**
 * Variables in scope.
 */
variables: Array<VariableView>, 
/**
 * The context object.
 */
context: ValueView | null, 
/**
 * The Map states around it, outermost first, and which iteration of each this visit lies in.
 */
iterations: Array<InIteration>, };

/**
 * The form of a state: what it has, and what it could have.
 */
export type StateForm = { 
/**
 * The state's key.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * `Task`, …
 */
stateType: string | null, 
/**
 * Type and query language in a sentence: `Choice · JSONPath · decides by the first rule that matches`.
 */
sentence: string, 
/**
 * The document's version.
 */
version: number, 
/**
 * Fields, in the order in which they are used; those the state lacks have no value.
 */
fields: Array<FieldForm>, 
/**
 * The state's own text, as in the file.
 */
text: string, 
/**
 * The state alone as JSON text, `{"name": {…}}`: what the clipboard gets. None where it is too damaged.
 */
json: string | null, };

/**
 * How a state stands, over all its visits (or, from `run.states`, within one iteration or branch).
 */
export type StateRun = { 
/**
 * The state's key.
 */
key: string, 
/**
 * The latest.
 */
status: StateStatus, 
/**
 * How often it was entered.
 */
visits: number, 
/**
 * When it was entered last (ms since the epoch, execution's clock).
 */
entered: number, 
/**
 * How long the last visit took, in ms.
 */
duration: number | null, 
/**
 * Until when it waits or when it is tried again (ms since the epoch, execution's clock).
 */
until: number | null, 
/**
 * Attempt in progress or last made, from 1.
 */
attempt: number, 
/**
 * Error name, when it failed, is retried or was caught.
 */
error: string | null, 
/**
 * Iterations of a Map or branches of a Parallel.
 */
counts: Counts | null, };

/**
 * How a state stands in a run.
 */
export type StateStatus = "idle" | "running" | "waiting" | "retrying" | "paused" | "succeeded" | "caught" | "failed" | "aborted";

/**
 * A state of a definition.
 */
export type StateView = { 
/**
 * Identity: the name, or the JSON pointer of a later state with the same name.
 */
key: string, 
/**
 * The name.
 */
name: string, 
/**
 * `Task`, `Pass`, …; none if it can't be read.
 */
stateType: string | null, 
/**
 * What it does, in a few words: `Lambda · price-order`, `3 rules`.
 */
summary: string, 
/**
 * An icon's name for what it does: `function`, `choice`, `parallel`, `map`, `pass`, `wait`, `succeed`, `fail`, `activity`, `service`, `unknown`.
 */
icon: string, 
/**
 * JSON pointer.
 */
pointer: string, 
/**
 * Whole member in the text (UTF-16).
 */
from: number, 
/**
 * End of the member.
 */
to: number, 
/**
 * Line of the name, counted from 1, for the gutter.
 */
line: number, 
/**
 * The worst diagnostic on it.
 */
severity: Severity | null, 
/**
 * States it leads to, in the order of the drawing (arrow keys follow them).
 */
next: Array<string>, };

/**
 * The states of an analysis. A key in a long text moves hundreds of states and changes one, or none.
 */
export type StatesNews = { "kind": "whole", 
/**
 * The states.
 */
states: Array<StateView>, } | { "kind": "differ", 
/**
 * The version of the analysis that they differ from. Who has another one asks for the whole.
 */
base: number, 
/**
 * Those that stand elsewhere in the text and are otherwise the same.
 */
moved: Array<Moved>, 
/**
 * Those that are otherwise different.
 */
changed: Array<ChangedState>, };

/**
 * Moves a debugged run.
 */
export type Step = { 
/**
 * The run.
 */
execution: string, 
/**
 * How.
 */
step: StepKind, };

/**
 * The moves, as in the Debug Adapter Protocol.
 */
export type StepKind = "continue" | "pause" | "over" | "into" | "out" | "back" | "reverseContinue";

/**
 * Stops a run.
 */
export type StopRun = { 
/**
 * The run.
 */
execution: string, };

/**
 * What the core says of its own accord. Delivered in batches, at most one each 16 ms.
 */
export type StudioEvent = { "event": "project", 
/**
 * The project as it is now.
 */
project: ProjectView | null, } | { "event": "documentChanged" } & DocumentChanged | { "event": "documentAnalysed" } & DocumentAnalysed | { "event": "documentStatus" } & DocumentStatus | { "event": "runChanged" } & RunDelta | { "event": "runLog", 
/**
 * The run.
 */
execution: string, 
/**
 * The lines, in order.
 */
lines: Array<LogLine>, } | { "event": "runsChanged", } | { "event": "buildProgress", 
/**
 * The file that asks for the packages, relative to the root.
 */
manifest: string, 
/**
 * One line.
 */
line: string, } | { "event": "breakpointsChanged", 
/**
 * The workflow.
 */
workflow: string, 
/**
 * All of them.
 */
breakpoints: Array<Breakpoint>, } | { "event": "notice", 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * One sentence.
 */
message: string, };

/**
 * A transition that was taken.
 */
export type Taken = { 
/**
 * The state it left; empty = the start.
 */
from: string, 
/**
 * Its number among the state's transitions, as in the drawing's edges; none from the start.
 */
transition: number | null, 
/**
 * Where it led.
 */
to: string, 
/**
 * How often.
 */
count: number, };

/**
 * Visits of states as rows and bars.
 */
export type Timeline = { 
/**
 * All rows there are.
 */
total: number, 
/**
 * Those asked for.
 */
rows: Array<TimelineRow>, 
/**
 * Length of the run so far, in ms.
 */
length: number, };

/**
 * One visit (or attempt) of a state.
 */
export type TimelineRow = { 
/**
 * From 0.
 */
row: number, 
/**
 * The state's key; none for the execution's own rows.
 */
state: string | null, 
/**
 * The visit's number.
 */
visit: number, 
/**
 * Which attempt of the visit's work, from 1.
 */
attempt: number, 
/**
 * The frame.
 */
frame: number, 
/**
 * What to show as its name.
 */
title: string, 
/**
 * What happened, in words: `entered → exited`, `rule 1: $.stock ≥ $.qty`, `Payment.Timeout, to be tried again`.
 */
text: string, 
/**
 * How it stands.
 */
status: StateStatus, 
/**
 * Start, in ms since the start of the run.
 */
at: number, 
/**
 * In ms; none while it lasts.
 */
duration: number | null, 
/**
 * How deep in rooms, for indentation.
 */
depth: number, 
/**
 * The event that began it: where `debug.seek` can go.
 */
event: number, 
/**
 * Until when it waits, or when it is tried again: milliseconds since the Unix epoch, by the execution's clock.
 */
until: number | null, };

/**
 * The user's answer to "may code in this folder run?".
 */
export type TrustProject = { 
/**
 * Yes or no; kept in the user's configuration.
 */
trusted: boolean, };

/**
 * A value's whole text.
 */
export type ValueText = { 
/**
 * Indented JSON text.
 */
text: string, };

/**
 * A value at hand: text where small, else the beginning of it and a handle.
 */
export type ValueView = { 
/**
 * Indented JSON text, at most 64 KiB of it.
 */
text: string, 
/**
 * Size of the whole in bytes, compact, as the service counts it.
 */
bytes: number, 
/**
 * Present when `text` is cut: ask `run.value` for the rest.
 */
handle: string | null, };

/**
 * A variable in scope.
 */
export type VariableView = { 
/**
 * Without the dollar sign.
 */
name: string, 
/**
 * Its value.
 */
value: ValueView, };

/**
 * A state machine of the project.
 */
export type WorkflowView = { 
/**
 * Identity: the logical id in the template, else the file's path.
 */
id: string, 
/**
 * The name to show.
 */
name: string, 
/**
 * The document that holds the definition, relative to the root.
 */
document: string, 
/**
 * `standard` or `express`.
 */
kind: string, 
/**
 * Its file is gone; what was not saved of it is all there is.
 */
missing: boolean, };

/** Every method of the core: what it is asked and what it answers. */
export interface Methods {
	"app.info": { params: Nothing; result: AppInfo };
	"project.open": { params: OpenProject; result: ProjectView };
	"project.current": { params: Nothing; result: CurrentProject };
	"project.close": { params: Nothing; result: Done };
	"project.trust": { params: TrustProject; result: ProjectView };
	"files.browse": { params: Browse; result: Listing };
	"settings.get": { params: GetSetting; result: Setting };
	"settings.set": { params: Setting; result: Done };
	"document.open": { params: OpenDocument; result: DocumentView };
	"document.change": { params: ChangeDocument; result: Changed };
	"document.edit": { params: EditDocument; result: Edited };
	"document.fix": { params: FixDocument; result: Edited };
	"document.undo": { params: DocumentRef; result: Edited };
	"document.redo": { params: DocumentRef; result: Edited };
	"document.save": { params: SaveDocument; result: DocumentStatus };
	"document.copy": { params: CopyDocument; result: Copied };
	"document.discard": { params: DocumentRef; result: Done };
	"document.resolve": { params: ResolveConflict; result: DocumentStatus };
	"document.state": { params: GetState; result: FoundForm };
	"workflow.export": { params: ExportWorkflow; result: Exported };
	"json.check": { params: CheckJson; result: JsonChecked };
	"functions.build": { params: BuildFunctions; result: Done };
	"functions.cancelBuild": { params: Nothing; result: Done };
	"run.start": { params: StartRun; result: Started };
	"run.stop": { params: StopRun; result: Done };
	"run.resume": { params: RunRef; result: RunView };
	"run.remove": { params: RunRef; result: Done };
	"run.list": { params: ListRuns; result: Runs };
	"run.get": { params: RunRef; result: RunView };
	"run.states": { params: GetFrameStates; result: FrameStates };
	"run.iterations": { params: GetIterations; result: Iterations };
	"run.data": { params: GetStateData; result: FoundData };
	"run.value": { params: GetValue; result: ValueText };
	"run.timeline": { params: GetRange; result: Timeline };
	"run.events": { params: GetRange; result: Events };
	"run.event": { params: GetEvent; result: EventDetail };
	"run.log": { params: GetRange; result: Log };
	"debug.breakpoints": { params: SetBreakpoints; result: Breakpoints };
	"debug.step": { params: Step; result: RunView };
	"debug.seek": { params: Seek; result: RunView };
	"debug.stack": { params: RunRef; result: Stack };
	"debug.evaluate": { params: Evaluate; result: Evaluated };
	"debug.edit": { params: EditData; result: Forked };
	"debug.fork": { params: Fork; result: Forked };
}
