import { T, useWords } from '../text.js';
import type { Text, Words } from '../words.js';
import { Field, type FieldProps, useControl } from './field.js';

interface TextInputProps extends FieldProps {
  value?: string | undefined;
  type?: 'text' | 'email' | 'tel' | 'url' | 'search';
  inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
  autocomplete?: string;
  /** Room for about so many full-width characters. */
  width?: 'short' | 'medium' | 'full';
  maxLength?: number;
  /** A unit after the field: 通, 円. */
  unit?: Text | undefined;
  /** Several lines. */
  rows?: number;
}

/** One line of text, or with `rows` several. Numbers too: `inputmode="numeric"`, never type=number (it changes when scrolled). */
export function TextInput(props: TextInputProps) {
  const { value, type = 'text', width = 'full', unit } = props;
  const { attributes } = useControl(props);
  const control =
    props.rows === undefined ? (
      <input
        {...attributes}
        class={`input input-${width}`}
        type={type}
        value={value}
        inputmode={props.inputmode}
        autocomplete={props.autocomplete}
        maxlength={props.maxLength}
      />
    ) : (
      <textarea {...attributes} class="input" rows={props.rows} maxlength={props.maxLength}>
        {value}
      </textarea>
    );
  return (
    <Field {...props}>
      {unit === undefined ? (
        control
      ) : (
        <span class="with-unit">
          {control}
          <span>
            <T w={unit} />
          </span>
        </span>
      )}
    </Field>
  );
}

interface SelectProps extends FieldProps {
  options: readonly { value: string; label: Text }[];
  value?: string | undefined;
}

export function Select(props: SelectProps) {
  const { attributes } = useControl(props);
  return (
    <Field {...props}>
      <select {...attributes} class="input select">
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            <PlainText w={option.label} />
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Where the browser allows text only (option). */
function PlainText({ w }: { w: Text }) {
  return <>{useWords()(w)}</>;
}

interface FileInputProps extends FieldProps {
  /** As HTML's accept, e.g. `application/pdf,.jpg`. */
  accept?: string;
  multiple?: boolean;
}

export function FileInput(props: FileInputProps) {
  const { attributes } = useControl(props);
  return (
    <Field {...props}>
      <input {...attributes} class="file-input" type="file" accept={props.accept} multiple={props.multiple} />
    </Field>
  );
}

const reveal = {
  show: { ja: '文字を見る', jaEasy: '{文字|もじ}を {見|み}る', en: 'Show' },
  hide: { ja: '文字をかくす', jaEasy: '{文字|もじ}を かくす', en: 'Hide' },
} satisfies Record<string, Words>;

interface PasswordInputProps extends FieldProps {
  inputmode?: 'text' | 'numeric';
  maxLength?: number;
  autofocus?: boolean;
}

/**
 * For PINs: paste is allowed, password managers are asked to stay away, the value never comes back from the server.
 * The button that shows the characters appears only where a script can work it.
 */
export function PasswordInput(props: PasswordInputProps) {
  const { attributes } = useControl(props);
  const text = useWords();
  return (
    <Field {...props}>
      <span class="with-unit">
        <input
          {...attributes}
          class="input input-medium"
          type="password"
          autocomplete="off"
          autocapitalize="off"
          autocorrect="off"
          spellcheck={false}
          inputmode={props.inputmode}
          maxlength={props.maxLength}
          autofocus={props.autofocus}
          data-1p-ignore="true"
          data-lpignore="true"
          data-bwignore="true"
          data-form-type="other"
        />
        <button
          class="button button-secondary button-small"
          type="button"
          hidden
          data-reveal={attributes.id}
          data-show={text(reveal.show)}
          data-hide={text(reveal.hide)}
          aria-pressed="false"
          aria-controls={attributes.id}
        >
          {text(reveal.show)}
        </button>
      </span>
    </Field>
  );
}
