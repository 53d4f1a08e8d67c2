import { createContext, type PropsWithChildren, useContext } from 'hono/jsx';
import { defaultPreferences, type Preferences } from './preferences.js';
import { withReadings } from './readings.js';
import { type Register, segments, type Text, words } from './words.js';

/** Set once by `Page`; components read the register from it. */
export const PreferencesContext = createContext<Preferences>(defaultPreferences);

/** A part of a page that is sent by itself, in the words and with the furigana of its reader. */
export function InWordsOf({ prefs, children }: PropsWithChildren<{ prefs: Preferences }>) {
  return <PreferencesContext.Provider value={prefs}>{children}</PreferencesContext.Provider>;
}

export function useRegister(): Register {
  return useContext(PreferencesContext).register;
}

/** The plain string of a text in the reader's register: for attributes. */
export function useWords(): (text: Text) => string {
  const register = useRegister();
  return (text) => words(text, register);
}

/** A screen reader reads the word itself; the reading beside it would be the same word twice. */
const silent = { 'aria-hidden': 'true' } as const;

/**
 * Shows a text in the reader's register, with furigana as ruby when wanted: what the catalogue marks, and the common words of `readings.ts`.
 * Always escaped.
 * A string is shown as it is: marks like `{漢字|かんじ}` mean something in the catalogue only, never in data.
 */
export function T({ w }: { w: Text }) {
  const { register, furigana } = useContext(PreferencesContext);
  if (typeof w === 'string') return <>{w}</>;
  if (!furigana) return <>{words(w, register)}</>;
  const pieces = segments(w[register]).flatMap((piece) =>
    piece.reading === undefined ? withReadings(piece.text) : [piece],
  );
  return (
    <>
      {pieces.map(({ text, reading = '' }) =>
        reading === '' ? (
          text
        ) : (
          <ruby>
            {text}
            <rp {...silent}>（</rp>
            <rt {...silent}>{reading}</rt>
            <rp {...silent}>）</rp>
          </ruby>
        ),
      )}
    </>
  );
}
