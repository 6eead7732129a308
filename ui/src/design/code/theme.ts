// How text in CodeMirror looks: the tokens' colours, so that one theme serves light and dark.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const FLOAT = {
  border: "1px solid var(--edge)",
  borderRadius: "var(--radius-m)",
  background: "var(--surface)",
  boxShadow: "var(--shadow-2)",
};

const LOOK = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--font-code)",
    fontVariantLigatures: "none",
    lineHeight: "20px",
    overflow: "auto",
  },
  ".cm-content": { padding: "8px 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 16px 0 6px" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 22%, transparent)",
  },
  ".cm-gutters": {
    border: "0",
    background: "var(--surface)",
    color: "var(--ink-3)",
    fontVariantNumeric: "tabular-nums",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "30px", padding: "0 4px 0 0" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--accent-soft)", outline: "0" },
  ".cm-searchMatch": { background: "var(--paused-soft)", borderRadius: "2px" },
  ".cm-searchMatch-selected": { outline: "1.5px solid var(--paused-line)" },
  ".cm-selectionMatch": { background: "color-mix(in srgb, var(--accent) 12%, transparent)" },
  ".cm-foldPlaceholder": {
    margin: "0 4px",
    padding: "0 6px",
    border: "1px solid var(--edge)",
    borderRadius: "4px",
    background: "var(--surface-3)",
    color: "var(--ink-2)",
  },
  ".cm-foldGutter .cm-gutterElement": { width: "16px", cursor: "pointer" },
  ".cm-tooltip": { ...FLOAT, zIndex: "40", fontFamily: "var(--font-ui)", overflow: "hidden" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-code)", fontSize: "12px", maxHeight: "220px" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 10px !important", lineHeight: "20px !important" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--accent-soft) !important",
    color: "var(--ink) !important",
  },
  ".cm-completionMatchedText": { textDecoration: "none", color: "var(--accent)", fontWeight: "600" },
  ".cm-completionDetail": { color: "var(--ink-3)", fontStyle: "normal", fontFamily: "var(--font-ui)" },
  ".cm-lintRange-error": wave("--failed"),
  ".cm-lintRange-warning": wave("--caught"),
  ".cm-lintRange-info": wave("--accent"),
  ".cm-panels": { background: "var(--surface-2)", color: "var(--ink)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--edge)" },
  ".cm-panel.cm-search": {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "6px",
    padding: "8px 32px 8px 12px",
    fontFamily: "var(--font-ui)",
  },
  ".cm-panel.cm-search br": { display: "block", flexBasis: "100%", height: "0", content: "''" },
  ".cm-panel.cm-search label": { display: "flex", alignItems: "center", gap: "4px", fontSize: "12px" },
  ".cm-panel.cm-search input[type=checkbox]": { accentColor: "var(--accent)", margin: "0" },
  ".cm-panel.cm-search [name=close]": {
    top: "8px",
    right: "8px",
    width: "24px",
    height: "24px",
    fontSize: "16px",
  },
  ".cm-textfield": {
    height: "26px",
    minWidth: "160px",
    margin: "0",
    padding: "0 8px",
    border: "1px solid var(--edge-strong)",
    borderRadius: "6px",
    background: "var(--surface)",
    fontFamily: "var(--font-code)",
    fontSize: "12px",
  },
  ".cm-button": {
    height: "26px",
    margin: "0",
    padding: "0 9px",
    border: "1px solid var(--edge-strong)",
    borderRadius: "6px",
    background: "var(--surface)",
    fontSize: "12px",
    fontWeight: "500",
    textTransform: "capitalize",
  },
});

/** A wavy underline, by the text's own decoration: pictures inlined in styles are not needed. */
function wave(colour: string) {
  return {
    backgroundImage: "none",
    textDecoration: `underline wavy var(${colour}) 1px`,
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  };
}

const string = { color: "var(--syntax-string)" };
const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--syntax-field)" },
  { tag: [tags.string, tags.content, tags.attributeValue], ...string },
  { tag: tags.number, color: "var(--syntax-number)" },
  { tag: [tags.bool, tags.null, tags.keyword, tags.typeName, tags.labelName], color: "var(--syntax-word)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--ink-3)", fontStyle: "italic" },
  {
    tag: [tags.separator, tags.punctuation, tags.bracket, tags.brace, tags.squareBracket],
    color: "var(--syntax-mark)",
  },
]);

export const codeLook: Extension = [LOOK, syntaxHighlighting(COLOURS)];
