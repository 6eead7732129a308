// What the code view is made of. CodeMirror's own history is off: the core has the one undo stack.
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { codeLook } from "../design/code/theme";
import type { OpenDocument } from "../session/document";
import type { Session } from "../session/session";
import { breakpointGutter, stateAt } from "./breakpoints";
import { completeNames } from "./completion";
import { marks } from "./marks";
import { problemGutter } from "./problems";
import { selectionFollower } from "./selection";
import { documentSync } from "./sync";

export function editorState(document: OpenDocument, session: Session): EditorState {
  const toggle = (state: string) => void session.breakpoints.toggle(state);
  return EditorState.create({
    doc: document.text.get(),
    extensions: [
      // Only "\n" parts lines, as in the core: offsets stay the same where a file has "\r\n".
      EditorState.lineSeparator.of("\n"),
      EditorState.allowMultipleSelections.of(true),
      EditorState.readOnly.of(document.status.get().readOnly),
      document.format === "yaml" ? yaml() : json(),
      indentUnit.of("  "),
      problemGutter,
      breakpointGutter(toggle),
      lineNumbers(),
      foldGutter({ markerDOM: foldMark }),
      editing(document, session),
      keymap.of(keys(document, session)),
      marks,
      codeLook,
      documentSync(document),
      selectionFollower(document, session.selection),
      EditorView.contentAttributes.of({ "aria-label": "Definition" }),
    ],
  });
}

function editing(document: OpenDocument, session: Session): Extension {
  const form = async (state: string) => {
    await document.flush();
    const found = session.transport.call("document.state", { document: document.path, state });
    return found.then(({ form }) => form).catch(() => null);
  };
  const names = { states: () => document.analysis.get().states, form };
  return [
    drawSelection(),
    dropCursor(),
    rectangularSelection(),
    highlightActiveLineGutter(),
    highlightSelectionMatches({ minSelectionLength: 3 }),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [completeNames(names, document.format)], icons: false }),
    search({ top: true }),
  ];
}

function keys(document: OpenDocument, session: Session) {
  const done = (act: () => unknown) => () => {
    void act();
    return true;
  };
  const toggleAt = (view: EditorView) => {
    const at = view.state.selection.main.head;
    const state = stateAt(document.analysis.get().states, at);
    if (state) void session.breakpoints.toggle(state.key);
    return true;
  };
  const { documents } = session;
  return [
    {
      key: "Mod-z",
      run: done(() => documents.undo()),
      shift: done(() => documents.redo()),
      preventDefault: true,
    },
    { key: "Mod-y", run: done(() => documents.redo()), preventDefault: true },
    { key: "F9", run: toggleAt, preventDefault: true },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...searchKeymap,
    ...foldKeymap,
    // Ctrl+Enter runs the workflow; it must not open a line besides.
    ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
    indentWithTab,
  ];
}

function foldMark(open: boolean): HTMLElement {
  const mark = window.document.createElement("span");
  mark.className = open ? "sw-fold sw-fold-open" : "sw-fold";
  mark.title = open ? "Fold" : "Unfold";
  return mark;
}
