import type { AttachmentRule, Field } from '@madoguchi/procedure';
import { FileInput, RadioGroup, TextInput } from '@madoguchi/ui';

/** One field of a definition as a form control. */
export function FieldControl({ field, value }: { field: Field; value: string | undefined }) {
  const shared = {
    name: field.id,
    label: field.label,
    hint: field.hint,
    required: field.required,
    value: value ?? field.default,
  };
  if (field.kind === 'choice') return <RadioGroup {...shared} options={field.options ?? []} />;
  return <TextInput {...shared} {...appearance(field)} unit={field.unit} />;
}

function appearance(field: Field): Partial<Parameters<typeof TextInput>[0]> {
  const most = field.maxLength === undefined ? {} : { maxLength: field.maxLength };
  switch (field.kind) {
    case 'number':
      return { inputmode: 'numeric', width: 'short' };
    case 'money':
      return { inputmode: 'numeric', width: 'medium' };
    case 'date':
      return { inputmode: 'text', width: 'medium' };
    case 'telephone':
      return { type: 'tel', inputmode: 'tel', width: 'medium', autocomplete: 'tel' };
    case 'email':
      return { type: 'email', inputmode: 'email', autocomplete: 'email' };
    case 'longText':
      return { rows: 5, ...most };
    default:
      return most;
  }
}

export function AttachmentControl({ rule }: { rule: AttachmentRule }) {
  return (
    <FileInput
      name={rule.id}
      label={rule.label}
      hint={rule.hint}
      required={rule.required}
      accept={rule.types.map((type) => `.${type}`).join(',')}
      multiple={rule.maxFiles > 1}
    />
  );
}
