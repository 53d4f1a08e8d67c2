/** Smartphone tokens from a card: made, listed, ended. The token is an image in a file, which stands for the phone's secure element. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  askForTokens,
  ClientError,
  type KnownToken,
  makeToken,
  onPinPad,
  type TokenMedium,
  tokenNames,
  tokenService,
  tokenStepWords,
  type VouchingCard,
} from '@madoguchi/client';
import { fill, formatDate, type Register, type Words } from '@madoguchi/ui/words';
import { authorityAddress } from '../cli/authority-address.js';
import { cardOptions, imageKeyOfFolder, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError, listOption, required, type Values } from '../cli/command.js';
import { derValues, readInput } from '../cli/input.js';
import { langOption, languageOf, say } from '../cli/language.js';
import { givenPin, pinFromEnvironment, pinOptions } from '../cli/pin.js';
import { withPin } from '../cli/with-pin.js';

const own: Record<'made' | 'use' | 'none' | 'line' | 'ended', Words> = {
  made: {
    ja: '{medium}用の電子証明書を {file} に作りました。期限は {date} です。',
    jaEasy: '{file} が できました。{date}までです。',
    en: '{file}: a token for {medium}, good until {date}.',
  },
  use: {
    ja: '使うとき: madoguchi sign --card {file}',
    jaEasy: '{使|つか}う とき: madoguchi sign --card {file}',
    en: 'Use it: madoguchi sign --card {file}',
  },
  none: { ja: 'スマホ用電子証明書はありません。', jaEasy: 'ありません。', en: 'There are no tokens.' },
  line: {
    ja: '{medium}  発行 {made}  期限 {ends}  {id}',
    jaEasy: '{medium}  {made}から {ends}まで  {id}',
    en: '{medium}  made {made}  ends {ends}  {id}',
  },
  ended: { ja: '失効しました。', jaEasy: 'もう {使|つか}えません。', en: 'It is revoked.' },
};

const shared = {
  ...cardOptions,
  ...pinOptions,
  url: { type: 'string' },
  ...langOption,
  json: { type: 'boolean' },
} as const;

const serviceOf = (values: Values) => tokenService(authorityAddress(values));

function mediumOf(values: Values): TokenMedium {
  const medium = required(values, 'medium');
  if (medium !== 'android' && medium !== 'iphone')
    throw new CommandError('usage', `--medium is ${medium}: use android or iphone.`);
  return medium;
}

/** The card with its password, asked for where it was not given. */
async function withCard<T>(values: Values, work: (card: VouchingCard) => Promise<T>): Promise<T> {
  const session = await sessionOf(values);
  return withPin({ session, kind: 'sign', values, given: givenPin(values) }, (pin, { lastTry }) => {
    if (pin === onPinPad) throw new ClientError('pin-format', { pin: 'sign' });
    return work({ channel: session.channel, pin: () => pin, lastTry });
  });
}

export const tokenCreate: Command = {
  options: {
    ...shared,
    medium: { type: 'string' },
    replace: { type: 'boolean' },
    trust: { type: 'string', multiple: true },
    'auth-pin-env': { type: 'string' },
    'sign-pin-env': { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, print, printJson }) => {
    const register = languageOf(values);
    const medium = mediumOf(values);
    const file = path.resolve(required(values, 'output'));
    if (existsSync(file))
      throw new CommandError('usage', `${file} exists already; a token is never overwritten.`);
    const pins = {
      sign: pinFromEnvironment(required(values, 'sign-pin-env')),
      auth: pinFromEnvironment(required(values, 'auth-pin-env')),
    };
    const service = serviceOf(values);
    const { imageKey, keyFolder } = await imageKeyOfFolder(values);
    const anchors = await anchorsOf(values);
    const made = await withCard(values, (card) =>
      makeToken({
        ...{ card, medium, pins, file, service, anchors, imageKey, keyFolder },
        replace: values.replace === true,
        clock: () => new Date(),
        onStep: (step) => {
          process.stderr.write(`${say(tokenStepWords[step], register)}\n`);
        },
      }),
    );
    const endsOn = made.certificate.notAfter;
    if (values.json === true) printJson({ file, medium, endsOn: endsOn.toISOString() });
    else {
      const date = formatDate(endsOn, register);
      print(say(fill(own.made, { medium: tokenNames[medium], file, date }), register));
      print(say(fill(own.use, { file }), register));
    }
    return 'good';
  },
};

/** Whom the certificates may come from: `--trust`, else the authority of the data folder. */
async function anchorsOf(values: Values): Promise<readonly Uint8Array[]> {
  const files = listOption(values, 'trust').flatMap((one) => derValues(readInput(one), ['CERTIFICATE']));
  if (files.length > 0) return files;
  const { withAuthority } = await import('../cli/folder.js');
  return withAuthority(values, async (ca) => {
    const { signature, authentication } = await ca.anchors();
    return [...signature, ...authentication];
  });
}

export const tokenList: Command = {
  options: shared,
  run: async ({ values, print, printJson }) => {
    const service = serviceOf(values);
    const { tokens } = await withCard(values, (card) =>
      askForTokens(card, service, { action: 'list' }, new Date()),
    );
    show(tokens, values, languageOf(values), print, printJson);
    return 'good';
  },
};

export const tokenEnd: Command = {
  options: { ...shared, medium: { type: 'string' }, why: { type: 'string' } },
  run: async ({ values, print, printJson }) => {
    const service = serviceOf(values);
    const medium = mediumOf(values);
    const why = required(values, 'why');
    if (why !== 'lost' && why !== 'disposed')
      throw new CommandError('usage', `--why is ${why}: use lost or disposed.`);
    const tokens = await withCard(values, async (card) => {
      const before = await askForTokens(card, service, { action: 'list' }, new Date());
      const found = before.tokens.find((one) => one.medium === medium);
      if (found === undefined) throw new CommandError('no', `There is no token of the kind ${medium}.`);
      const end = { action: 'end', token: found.token, why } as const;
      return (await askForTokens({ ...card, lastTry: true }, service, end, new Date())).tokens;
    });
    if (values.json !== true) print(say(own.ended, languageOf(values)));
    show(tokens, values, languageOf(values), print, printJson);
    return 'good';
  },
};

function show(
  tokens: readonly KnownToken[],
  values: Values,
  register: Register,
  print: (line: string) => void,
  printJson: (value: unknown) => void,
): void {
  if (values.json === true) {
    printJson(
      tokens.map(({ token, medium, madeAt, endsOn }) => ({
        ...{ token, medium },
        ...{ madeAt: madeAt.toISOString(), endsOn: endsOn.toISOString() },
      })),
    );
    return;
  }
  if (tokens.length === 0) print(say(own.none, register));
  for (const { token, medium, madeAt, endsOn } of tokens)
    print(
      say(
        fill(own.line, {
          medium: tokenNames[medium],
          made: formatDate(madeAt, register),
          ends: formatDate(endsOn, register),
          id: token,
        }),
        register,
      ),
    );
}
