import type { PropsWithChildren } from 'hono/jsx';
import { T } from '../text.js';
import type { Text } from '../words.js';

interface ButtonProps {
  label: Text;
  kind?: 'primary' | 'secondary' | 'text' | 'danger';
  /** With an address it is a link that looks like a button: it goes somewhere and changes nothing. */
  href?: string;
  /** Opens the address in a tab of its own, which learns nothing about this one. */
  newTab?: boolean;
  type?: 'submit' | 'button';
  name?: string;
  value?: string;
  /** Sends the form elsewhere, e.g. やめる beside 次へ. */
  formAction?: string;
  /** The other button of a form checks nothing. */
  formNoValidate?: boolean;
  id?: string;
}

/** Never disabled: after the press the page says what is missing. At least 48 px high. */
export function Button(props: ButtonProps) {
  const { label, kind = 'primary', href, type = 'submit' } = props;
  const className = `button button-${kind}`;
  // One box inside the button's row: without it every piece of furigana would be a column of its own.
  const text = (
    <span>
      <T w={label} />
    </span>
  );
  if (href !== undefined) {
    return (
      <a
        class={className}
        href={href}
        id={props.id}
        target={props.newTab ? '_blank' : undefined}
        rel={props.newTab ? 'noopener noreferrer' : undefined}
      >
        {text}
      </a>
    );
  }
  return (
    <button
      class={className}
      type={type}
      id={props.id}
      name={props.name}
      value={props.value}
      formaction={props.formAction}
      formnovalidate={props.formNoValidate}
    >
      {text}
    </button>
  );
}

/** A row of buttons: the main one first; on a phone below each other. */
export function ButtonRow({ children }: PropsWithChildren) {
  return <div class="button-row">{children}</div>;
}
