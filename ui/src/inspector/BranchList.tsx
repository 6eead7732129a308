// The branches of a Parallel state: where each begins, one more, one less.
import { Plus } from "lucide-react";
import { Button } from "../design/Button";
import { Icon } from "../design/icons";
import { useDocument, useSession } from "../session/hooks";
import type { BranchForm, FieldForm, StateForm } from "../transport/contract";
import { EntryCard } from "./lists";
import lists from "./lists.module.css";
import { type Numbered, problemsAt, worst } from "./problems";

interface Props {
  form: StateForm;
  field: FieldForm;
  branches: BranchForm[];
  problems: readonly Numbered[];
}

export function BranchList({ form, field, branches, problems }: Props) {
  const { documents, selection } = useSession();
  const document = useDocument();
  const list = { state: form.key, field: field.name };
  return (
    <>
      {branches.map(({ start, states }, index) => (
        <EntryCard
          // biome-ignore lint/suspicious/noArrayIndexKey: a branch is what stands at its place
          key={index}
          title={`Branch ${index + 1}`}
          index={index}
          count={branches.length}
          wrong={worst(problemsAt(problems, `${field.pointer}/${index}`))}
          onMove={(to) => void documents.edit({ kind: "moveEntry", ...list, from: index, to })}
          onRemove={() => void documents.edit({ kind: "removeEntry", ...list, index })}
        >
          <div className={lists.leads}>
            {states === 1 ? "1 state, " : `${states} states, `}
            {start === null ? (
              "without a start"
            ) : (
              <Button kind="link" onClick={() => selection.select(start)}>
                <Icon name={document?.state(start)?.icon ?? "unknown"} size={14} />
                {document?.state(start)?.name ?? start}
              </Button>
            )}
          </div>
        </EntryCard>
      ))}
      <div className={lists.adds}>
        <Button kind="link" icon={Plus} onClick={() => void documents.edit({ kind: "addEntry", ...list })}>
          Add branch
        </Button>
      </div>
    </>
  );
}
