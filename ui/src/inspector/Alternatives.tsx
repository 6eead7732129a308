// One of several fields that exclude each other: which one it is, in words.
import { Select } from "../design/Select";
import { useSession } from "../session/hooks";
import type { FieldForm, StateForm } from "../transport/contract";

interface Props {
  form: StateForm;
  field: FieldForm;
}

export function Alternatives({ form, field }: Props) {
  const { documents } = useSession();
  const choose = (to: string) => {
    const chosen = field.alternatives.find((other) => other.name === to);
    if (!chosen || to === field.name) return;
    void documents.edit({
      kind: "exchangeField",
      state: form.key,
      from: field.name,
      to,
      value: chosen.start,
    });
  };
  return (
    <Select
      quiet
      label={`${field.title}: how`}
      value={field.name}
      options={field.alternatives.map(({ name, title }) => ({ value: name, title }))}
      onChange={choose}
    />
  );
}
