/**
 * A PIN as a person meets it: its one name, the tries left before anything is typed, its form checked before it costs a try, the last try
 * only after a yes, and after a mistake another go.
 */
import {
  type CardSession,
  ClientError,
  explainClientError,
  hasPinForm,
  onPinPad,
  type PinKind,
  type PinSource,
  pinTitles,
} from '@madoguchi/client/card';
import type { Register, Words } from '@madoguchi/ui';
import { CommandError, type Values } from './command.js';
import { languageOf, say } from './language.js';
import { askSecret, askYes, hasPerson } from './terminal.js';

interface PinUse {
  session: CardSession;
  kind: PinKind;
  values: Values;
  /** From a file or a variable (`givenPin`); undefined: a person is asked. */
  given: string | undefined;
  /** Before the password's name, e.g. "now": for a change. */
  prefix?: Words;
}

/**
 * Runs `work` with the PIN. It is run again only after `pin-wrong` of a PIN that a person typed; a PIN from a file or a variable has one go.
 *
 * @throws CommandError, ClientError
 */
export async function withPin<T>(
  use: PinUse,
  work: (pin: PinSource, options: { lastTry: boolean }) => Promise<T>,
): Promise<T> {
  const { session, kind, values, given } = use;
  const register = languageOf(values);
  for (;;) {
    const { status, pinPad } = await session.beforePin(kind);
    if (status.state === 'locked') throw new ClientError('pin-locked', { pin: kind });
    const asks = given === undefined;
    if (asks && !hasPerson() && !pinPad)
      throw new CommandError('usage', 'A PIN is needed: use --pin-file, or run this in a terminal.');
    const lastTry = status.triesLeft === 1;
    if (lastTry && !(await lastTryAgreed(use, register)))
      throw new ClientError('pin-last-try', { pin: kind, triesLeft: 1 });
    const pin = given ?? (await ask(use, status.triesLeft, pinPad, register));
    try {
      return await work(pin, { lastTry });
    } catch (error) {
      const again = asks && hasPerson() && error instanceof ClientError && error.code === 'pin-wrong';
      if (!again) throw error;
      tell(say(explainClientError(error).what, register));
    }
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** One try is left: only with an explicit yes, at the terminal or by `--last-try`. */
async function lastTryAgreed({ kind, values }: PinUse, register: Register): Promise<boolean> {
  if (values['last-try'] === true) return true;
  if (!hasPerson()) return false;
  const { what } = explainClientError(new ClientError('pin-last-try', { pin: kind, triesLeft: 1 }));
  tell(say(what, register));
  return askYes(say(useLast, register));
}

const useLast: Words = {
  ja: '最後の1回を使いますか',
  jaEasy: '{最後|さいご}の 1{回|かい}を {使|つか}いますか',
  en: 'Use the last try?',
};
const left: Words = {
  ja: 'のこり {tries} 回',
  jaEasy: 'のこり {tries} {回|かい}',
  en: 'tries left: {tries}',
};
const onReader: Words = {
  ja: '{title}を、カードリーダーのボタンで入れてください（のこり {tries} 回）。',
  jaEasy: '{title}を、カードリーダーの ボタンで {入|い}れて ください（のこり {tries} {回|かい}）。',
  en: 'Type the password on the reader’s own keys: {title} (tries left: {tries}).',
};

async function ask(use: PinUse, triesLeft: number, pinPad: boolean, register: Register): Promise<PinSource> {
  const { kind, prefix } = use;
  const title = `${prefix === undefined ? '' : say(prefix, register)}${say(pinTitles[kind], register)}`;
  const tries = String(triesLeft);
  if (pinPad) {
    tell(say(onReader, register).replace('{title}', title).replace('{tries}', tries));
    return onPinPad;
  }
  for (;;) {
    const pin = await askSecret(`${title} — ${say(left, register).replace('{tries}', tries)}`);
    if (hasPinForm(kind, pin)) return pin;
    const { what, next } = explainClientError(new ClientError('pin-format', { pin: kind }));
    tell(`${say(what, register)}${register === 'en' ? ' ' : ''}${say(next, register)}`);
  }
}
