// The code view: CodeMirror over the open document, local-first.

export function CodeView() {
  return null;
}
