import { createContext, useContext } from 'hono/jsx';
import { T } from '../text.js';
import type { Text, Words } from '../words.js';

export interface FieldError {
  /** The field's name; without one the message concerns the whole form. */
  field?: string;
  message: Text;
}

/** Set by `Page` from its `errors`, so that every field finds its own message. */
export const FieldErrorsContext = createContext<readonly FieldError[]>([]);

export function useFieldError(name: string): Text | undefined {
  return useContext(FieldErrorsContext).find((error) => error.field === name)?.message;
}

/** The id of a field's (first) control: error links and labels lead there. */
export function fieldId(name: string): string {
  return `f-${name}`;
}

const title: Words = {
  ja: '入力の内容を確かめてください',
  jaEasy: '{書|か}いたことを もう{一度|いちど} {見|み}てください',
  en: 'Please check what you entered',
};

/** What is to be put right, with links to the fields; it takes the focus when the page opens. */
export function ErrorSummary({ errors }: { errors: readonly FieldError[] }) {
  return (
    <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex={-1} autofocus>
      <h2 id="error-summary-title">
        <span aria-hidden="true" class="shape">
          ✕
        </span>
        <T w={title} />
      </h2>
      <ul>
        {errors.map(({ field, message }) => (
          <li>
            {field === undefined ? (
              <T w={message} />
            ) : (
              <a href={`#${fieldId(field)}`}>
                <T w={message} />
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
