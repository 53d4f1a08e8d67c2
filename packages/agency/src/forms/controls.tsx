import { type AttachmentRule, chosen, type Field, markText } from '@madoguchi/procedure';
import { CheckboxGroup, FileInput, fieldId, RadioGroup, T, TextInput } from '@madoguchi/ui';
import { PostCodeButton, PostCodeHelper } from './post-code-parts.js';
import { texts } from './texts.js';
import type { Typed } from './typed.js';

interface FieldControlProps {
  field: Field;
  /** Name of the answer: the field's id, in a row `group.0.id`. */
  name: string;
  typed: Typed;
  /** The post code beside it asks for this address already. */
  hasPostCode: boolean;
}

/** One field of a definition as a form control. */
export function FieldControl({ field, name, typed, hasPostCode }: FieldControlProps) {
  const value = typed.values[name];
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
    case 'address':
      return (
        <>
          <TextInput {...shared} {...appearance(field)} />
          {hasPostCode ? null : <PostCodeHelper target={name} found={typed.postCode} />}
        </>
      );
    case 'postcode': {
      const input = <TextInput {...shared} {...appearance(field)} />;
      if (field.fills === undefined) return input;
      const target = name.slice(0, -field.id.length) + field.fills;
      return (
        <div class="post-code">
          {input}
          <PostCodeButton target={target} source={name} found={typed.postCode} />
        </div>
      );
    }
    default:
      return <TextInput {...shared} {...appearance(field)} unit={field.unit} />;
  }
}

interface TotalProps {
  field: Field;
  name: string;
  /** As it stands now, in words. */
  shown: string;
}

/** A sum that nobody types: the island keeps it right while the form is filled in, the server when it is sent. */
export function Total({ field, name, shown }: TotalProps) {
  return (
    <div class="field total">
      <span class="field-label" id={`${fieldId(name)}-label`}>
        <T w={field.label} />
      </span>
      {field.hint === undefined ? null : (
        <p class="field-hint">
          <T w={field.hint} />
        </p>
      )}
      <output
        id={fieldId(name)}
        class="total-value"
        aria-labelledby={`${fieldId(name)}-label`}
        data-total={JSON.stringify(field.value)}
        data-total-name={name}
        tabindex={-1}
      >
        {shown}
      </output>
    </div>
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

/** A file that was sent before: the island puts it into the control again. */
export interface KeptFile {
  rule: string;
  name: string;
  href: string;
}

export function AttachmentControl({
  rule,
  kept = [],
}: {
  rule: AttachmentRule;
  kept?: readonly KeptFile[] | undefined;
}) {
  const control = (
    <FileInput
      name={rule.id}
      label={rule.label}
      hint={rule.hint}
      required={rule.required}
      accept={rule.types.map((type) => `.${type}`).join(',')}
      multiple={rule.maxFiles > 1}
    />
  );
  if (kept.length === 0) return control;
  return (
    <div data-kept={JSON.stringify(kept.map(({ name, href }) => ({ name, href })))} data-kept-for={rule.id}>
      {control}
      <p class="field-hint">
        <T w={texts.kept} /> {kept.map(({ name }) => markText(name)).join('、')}
      </p>
    </div>
  );
}
