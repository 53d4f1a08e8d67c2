import type { PropsWithChildren } from 'hono/jsx';
import { T } from '../text.js';
import type { Text } from '../words.js';

interface ButtonProps {
  label: Text;
  kind?: 'primary' | 'secondary' | 'text' | 'danger';
  /** With an address it is a link that looks like a button: it goes somewhere and changes nothing. */
  href?: string;
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
  if (href !== undefined) {
    return (
      <a class={className} href={href} id={props.id}>
        <T w={label} />
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
      <T w={label} />
    </button>
  );
}

/** A row of buttons: the main one first; on a phone below each other. */
export function ButtonRow({ children }: PropsWithChildren) {
  return <div class="button-row">{children}</div>;
}
