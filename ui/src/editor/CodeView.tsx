// The code view: CodeMirror over the open document, local-first.
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import type { OpenDocument } from "../session/document";
import { useDocument, useSession } from "../session/hooks";
import "./CodeView.css";
import { follow } from "./follow";
import { editorState } from "./setup";

export function CodeView() {
  const document = useDocument();
  return document ? <Editor key={document.path} document={document} /> : null;
}

function Editor({ document }: { document: OpenDocument }) {
  const session = useSession();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const view = new EditorView({ state: editorState(document, session), parent: host.current });
    const unfollow = follow(view, document, session);
    return () => {
      unfollow();
      view.destroy();
    };
  }, [document, session]);
  return <div ref={host} className="sw-code" />;
}
