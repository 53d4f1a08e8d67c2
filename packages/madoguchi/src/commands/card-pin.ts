import { checkNewPin, type PinName } from '@madoguchi/card';
import {
  ClientError,
  explainClientError,
  newPinRules,
  type PinKind,
  type PinStatus,
  pinTitles,
} from '@madoguchi/client/card';
import type { Register, Words } from '@madoguchi/ui';
import { cardOptions, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError, optional } from '../cli/command.js';
import { langOption, languageOf, say } from '../cli/language.js';
import { givenPin, pinFromEnvironment, pinOptions } from '../cli/pin.js';
import { askSecret, hasPerson } from '../cli/terminal.js';
import { withPin } from '../cli/with-pin.js';

const kinds = ['sign', 'auth', 'text'] as const satisfies readonly PinKind[];
const cardNames: Record<PinKind, PinName> = { sign: 'signature', auth: 'authentication', text: 'text' };

function kindOf(word: string | undefined): PinKind {
  const kind = kinds.find((each) => each === word);
  if (kind === undefined) throw new CommandError('usage', `Which PIN? One of ${kinds.join(', ')}.`);
  return kind;
}

const statusWords: Record<'left' | 'locked' | 'last', Words> = {
  left: { ja: 'のこり {tries} 回', jaEasy: 'のこり {tries} {回|かい}', en: 'tries left: {tries}' },
  last: {
    ja: 'のこり 1 回です。もう一度まちがえるとロックされます',
    jaEasy: 'のこり 1 {回|かい}です。まちがえると {使|つか}えなく なります',
    en: 'one try left: another mistake locks it',
  },
  locked: { ja: 'ロックされています', jaEasy: '{使|つか}えなく なって います', en: 'locked' },
};

function statusLine({ state, triesLeft }: PinStatus, register: Register): string {
  const text =
    state === 'locked' ? statusWords.locked : triesLeft === 1 ? statusWords.last : statusWords.left;
  return say(text, register).replace('{tries}', String(triesLeft));
}

function counter(kind: PinKind, register: Register): string {
  return say(explainClientError(new ClientError('pin-locked', { pin: kind })).next, register);
}

export const cardPinStatus: Command = {
  options: { ...cardOptions, ...langOption, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const register = languageOf(values);
    const asked = words[0] === undefined ? kinds : [kindOf(words[0])];
    const session = await sessionOf(values);
    const found: Partial<Record<PinKind, PinStatus>> = {};
    for (const kind of asked) {
      const status = await session.pinStatus(kind);
      found[kind] = status;
      if (values.json === true) continue;
      print(`${say(pinTitles[kind], register)}: ${statusLine(status, register)}`);
      if (status.state === 'locked') print(`    → ${counter(kind, register)}`);
    }
    if (values.json === true) printJson(found);
    return 'good';
  },
};

const own: Record<'now' | 'fresh' | 'again' | 'differ' | 'rule' | 'same' | 'done', Words> = {
  now: { ja: 'いまの', jaEasy: 'いまの ', en: 'Current: ' },
  fresh: { ja: '新しい', jaEasy: '{新|あたら}しい ', en: 'New: ' },
  again: {
    ja: 'もう一度、新しいパスワード',
    jaEasy: 'もういちど、{新|あたら}しい パスワード',
    en: 'The new password once more',
  },
  differ: {
    ja: '二つの新しいパスワードがちがいます。カードは変わっていません。',
    jaEasy: '2つの パスワードが ちがいます。カードは {変|か}わって いません。',
    en: 'The two new passwords differ. The card is unchanged.',
  },
  rule: {
    ja: '新しいパスワードがきまりに合いません。カードは変わっていません。きまり: ',
    jaEasy: '{新|あたら}しい パスワードが だめです。カードは {変|か}わって いません。',
    en: 'The new password breaks a rule. The card is unchanged. The rule: ',
  },
  same: {
    ja: '新しいパスワードが、いまのものと同じです。カードは変わっていません。',
    jaEasy: 'いまの パスワードと {同|おな}じです。カードは {変|か}わって いません。',
    en: 'The new password is the current one. The card is unchanged.',
  },
  done: { ja: '{title}を変えました。', jaEasy: '{title}を {変|か}えました。', en: 'Changed: {title}.' },
};

/** The new password from its variable, or typed twice; its rules are checked before the card is touched. */
async function newPin(kind: PinKind, variable: string | undefined, register: Register): Promise<string> {
  const fault = (pin: string) => !checkNewPin(cardNames[kind], pin.normalize('NFKC').toUpperCase()).ok;
  const rule = `${say(own.rule, register)}${say(newPinRules[kind], register)}`;
  if (variable !== undefined) {
    if (fault(variable)) throw new CommandError('usage', rule);
    return variable;
  }
  const title = `${say(own.fresh, register)}${say(pinTitles[kind], register)}`;
  process.stderr.write(`${say(newPinRules[kind], register)}\n`);
  for (;;) {
    const fresh = await askSecret(title);
    if (fault(fresh)) process.stderr.write(`${rule}\n`);
    else if ((await askSecret(say(own.again, register))) === fresh) return fresh;
    else process.stderr.write(`${say(own.differ, register)}\n`);
  }
}

export const cardPinChange: Command = {
  options: { ...cardOptions, ...pinOptions, ...langOption, 'new-pin-env': { type: 'string' } },
  run: async ({ values, words, print }) => {
    const kind = kindOf(words[0]);
    const register = languageOf(values);
    const name = optional(values, 'new-pin-env');
    const given = name === undefined ? undefined : pinFromEnvironment(name);
    const old = givenPin(values);
    if (given === undefined && !hasPerson())
      throw new CommandError('usage', 'A new PIN is needed: use --new-pin-env, or run this in a terminal.');
    const session = await sessionOf(values);
    let fresh = given === undefined ? undefined : await newPin(kind, given, register);
    await withPin({ session, kind, values, given: old, prefix: own.now }, async (pin, options) => {
      fresh ??= await newPin(kind, undefined, register);
      if (typeof pin === 'string' && pin.toUpperCase() === fresh.toUpperCase())
        throw new CommandError('refused', say(own.same, register));
      await session.changePin(kind, pin, fresh, options);
    });
    print(say(own.done, register).replace('{title}', say(pinTitles[kind], register)));
    return 'good';
  },
};

const unblock: Record<'fine' | 'other' | 'phone', Words> = {
  phone: {
    ja: 'スマホ用電子証明書は、窓口では解除できません。カードで作り直します: madoguchi token create --replace',
    jaEasy: 'カードで もういちど つくって ください: madoguchi token create --replace',
    en: 'No counter unlocks a smartphone’s token: make a new one from the card: madoguchi token create --replace',
  },
  fine: {
    ja: '{title}はロックされていません。',
    jaEasy: '{title}は {使|つか}えます。',
    en: 'This password is not locked: {title}.',
  },
  other: {
    ja: 'もう一方のパスワードが分かるときは、専用アプリとコンビニの端末でも設定し直せます。',
    jaEasy: 'もう ひとつの パスワードが わかる ときは、アプリと コンビニでも できます。',
    en: 'If you know the other password, the official app with a convenience-store kiosk can reset it too.',
  },
};

/** A holder cannot unblock a card: this says where it is done and what to bring, and that a smartphone's token is made anew. Exit 77 while it is locked. */
export const cardPinUnblock: Command = {
  options: { ...cardOptions, ...langOption },
  run: async ({ values, words, print }) => {
    const kind = kindOf(words[0]);
    const register = languageOf(values);
    const session = await sessionOf(values);
    const { state } = await session.pinStatus(kind);
    if (state === 'usable') {
      print(say(unblock.fine, register).replace('{title}', say(pinTitles[kind], register)));
      return 'good';
    }
    print(`${say(pinTitles[kind], register)}: ${say(statusWords.locked, register)}`);
    if (['android', 'ios'].includes(await session.kind())) {
      print(`    → ${say(unblock.phone, register)}`);
      return 'refused';
    }
    print(`    → ${counter(kind, register)}`);
    if (kind !== 'text') print(`    → ${say(unblock.other, register)}`);
    return 'refused';
  },
};
