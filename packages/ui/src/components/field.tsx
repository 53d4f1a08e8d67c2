import type { PropsWithChildren } from 'hono/jsx';
import { glossary } from '../glossary.js';
import { T, useRegister } from '../text.js';
import { type Text, words } from '../words.js';
import { fieldId, useFieldError } from './errors.js';

export interface FieldProps {
  /** Name of the control in the form. */
  name: string;
  label: Text;
  hint?: Text | undefined;
  required?: boolean | undefined;
  /** Not part of an application (a search): neither 必須 nor 任意 is said. */
  plain?: boolean | undefined;
  /** Shown instead of what `Page errors` says for this name. */
  error?: Text | undefined;
}

/** 必須 or 任意 as a word. */
export function Requirement({ required }: { required: boolean }) {
  return (
    <span class={required ? 'badge badge-required' : 'badge'}>
      <T w={required ? glossary.required : glossary.optional} />
    </span>
  );
}

/** The attributes that tie a control to its hint and error. */
export function useControl({ name, hint, required, error }: FieldProps) {
  const message = useFieldError(name) ?? error;
  const id = fieldId(name);
  const described = [hint === undefined ? '' : `${id}-hint`, message === undefined ? '' : `${id}-error`];
  return {
    message,
    attributes: {
      id,
      name,
      // Not `required`: the browser's own bubbles speak the browser's language; our page says what is missing.
      'aria-required': required ? ('true' as const) : undefined,
      'aria-invalid': message === undefined ? undefined : ('true' as const),
      'aria-describedby': described.filter((part) => part !== '').join(' ') || undefined,
    },
  };
}

/** Label → hint → control → error. */
export function Field(props: PropsWithChildren<FieldProps>) {
  const { name, label, required = false, children } = props;
  return (
    <div class={`field${useControl(props).message === undefined ? '' : ' field-bad'}`}>
      <label class="field-label" for={fieldId(name)}>
        <T w={label} /> {props.plain ? null : <Requirement required={required} />}
      </label>
      <Hint {...props} />
      {children}
      <FieldMessage {...props} />
    </div>
  );
}

/** The same around a group of radio buttons or check boxes. */
export function FieldGroup(props: PropsWithChildren<FieldProps>) {
  const { label, required = false, children } = props;
  const control = useControl(props);
  return (
    <fieldset
      class={`field${control.message === undefined ? '' : ' field-bad'}`}
      aria-describedby={control.attributes['aria-describedby']}
    >
      <legend class="field-label">
        <T w={label} /> <Requirement required={required} />
      </legend>
      <Hint {...props} />
      {children}
      <FieldMessage {...props} />
    </fieldset>
  );
}

function Hint({ name, hint }: FieldProps) {
  if (hint === undefined) return null;
  return (
    <p class="field-hint" id={`${fieldId(name)}-hint`}>
      <T w={hint} />
    </p>
  );
}

function FieldMessage(props: FieldProps) {
  const register = useRegister();
  const { message } = useControl(props);
  if (message === undefined) return null;
  return (
    <p class="field-error" id={`${fieldId(props.name)}-error`}>
      <span class="shape" aria-hidden="true">
        ✕
      </span>
      <span class="visually-hidden">{`${words(glossary.error, register)}: `}</span>
      <T w={message} />
    </p>
  );
}
