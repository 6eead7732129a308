// The selected state as a form, in two tabs; where nothing is selected, the workflow in short.
import { FileWarning } from "lucide-react";
import { Button } from "../design/Button";
import { Empty } from "../design/Empty";
import type { OpenDocument } from "../session/document";
import { useDocument, useSession, useSignal } from "../session/hooks";
import { Form, type FormTab } from "./Form";
import { useShowInCode } from "./useShowInCode";
import { useStateForm } from "./useStateForm";
import { WorkflowSummary } from "./WorkflowSummary";

export function StateTab() {
  return <OfSelected tab="state" />;
}

export function ErrorsTab() {
  return <OfSelected tab="errors" />;
}

function OfSelected({ tab }: { tab: FormTab }) {
  const { selection } = useSession();
  const selected = useSignal(selection.current);
  const document = useDocument();
  if (!document) return null;
  if (!selected) return <WorkflowSummary document={document} />;
  return (
    <SelectedState
      key={`${document.path} ${selected.state}`}
      document={document}
      state={selected.state}
      tab={tab}
    />
  );
}

interface SelectedProps {
  document: OpenDocument;
  state: string;
  tab: FormTab;
}

function SelectedState({ document, state, tab }: SelectedProps) {
  const asked = useStateForm(document, state);
  const showInCode = useShowInCode(document, state);
  if (asked.kind === "form") return <Form document={document} form={asked.form} tab={tab} />;
  if (asked.kind === "loading") return null;
  return (
    <Empty
      icon={FileWarning}
      title="This state can't be read"
      actions={document.state(state) ? <Button onClick={showInCode}>Show in code</Button> : null}
    >
      {asked.message}
    </Empty>
  );
}
