import { type AttachmentRule, chosen, type Field, type Group, rowNumbers } from '@madoguchi/procedure';
import { CheckboxGroup, FileInput, fill, RadioGroup, T, TextInput } from '@madoguchi/ui';
import { texts } from './texts.js';

interface FieldControlProps {
  field: Field;
  /** Name of the answer: the field's id, in a row `group.0.id`. */
  name: string;
  value: string | undefined;
}

/** One field of a definition as a form control. */
export function FieldControl({ field, name, value }: FieldControlProps) {
  const shared = {
    name,
    label: field.label,
    hint: field.hint,
    required: field.required,
    value: value ?? field.default,
  };
  switch (field.kind) {
    case 'choice':
      return <RadioGroup {...shared} options={field.options ?? []} />;
    case 'choices':
      return <CheckboxGroup {...shared} options={field.options ?? []} values={chosen(shared.value ?? '')} />;
    case 'consent':
      return (
        <CheckboxGroup
          {...shared}
          options={[{ value: 'yes', label: texts.agree }]}
          values={shared.value === undefined ? [] : [shared.value]}
        />
      );
    case 'total':
      return null;
    default:
      return <TextInput {...shared} {...appearance(field)} unit={field.unit} />;
  }
}

/** The rows of a group: those with answers and one more to write in, at least as many as must be there. */
export function GroupControl({ group, values }: { group: Group; values: Record<string, string> }) {
  const typed = rowNumbers(values, group).at(-1);
  const count = Math.min(group.max, Math.max(group.min, typed === undefined ? 1 : typed + 2));
  return (
    <fieldset class="group">
      <legend class="group-label">
        <T w={group.label} />
      </legend>
      {group.hint === undefined ? null : (
        <p class="field-hint">
          <T w={group.hint} />
        </p>
      )}
      {Array.from({ length: count }, (_, row) => (
        <fieldset class="group-row">
          <legend>
            <T w={fill(group.row, { number: row + 1 })} />
          </legend>
          {group.fields.map((field) => {
            const name = `${group.id}.${row}.${field.id}`;
            return <FieldControl field={field} name={name} value={values[name]} />;
          })}
        </fieldset>
      ))}
    </fieldset>
  );
}

function appearance(field: Field): Partial<Parameters<typeof TextInput>[0]> {
  const most = field.maxLength === undefined ? {} : { maxLength: field.maxLength };
  switch (field.kind) {
    case 'number':
      return { inputmode: 'numeric', width: 'short' };
    case 'decimal':
      return { inputmode: 'decimal', width: 'short' };
    case 'money':
    case 'digits':
      return { inputmode: 'numeric', width: 'medium' };
    case 'postcode':
      return { inputmode: 'numeric', width: 'short', autocomplete: 'postal-code' };
    case 'date':
    case 'month':
    case 'year':
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
