/** Online renewal of the certificates on a card: the same steps as on the agent's page. */
import {
  type CardSession,
  ClientError,
  type KeyKind,
  onPinPad,
  type RenewedKey,
  renewalService,
  renewalStepWords,
  renewedNames,
  renewKey,
} from '@madoguchi/client';
import { fill, formatDate, type Register, type Words } from '@madoguchi/ui/words';
import { authorityAddress } from '../cli/authority-address.js';
import { cardOptions, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError, listOption, optional, type Values } from '../cli/command.js';
import { derValues, readInput } from '../cli/input.js';
import { langOption, languageOf, say } from '../cli/language.js';
import { pinFromEnvironment } from '../cli/pin.js';
import { withPin } from '../cli/with-pin.js';

const own: Record<'renewed' | 'step', Words> = {
  renewed: {
    ja: '{name}を更新しました。新しい期限は {date} です（古いものは失効しました）。',
    jaEasy: '{name}を {新|あたら}しく しました。{date} までです。',
    en: '{name}: renewed, ends on {date}. The old one is revoked.',
  },
  step: { ja: '{name}：{step}', jaEasy: '{name}：{step}', en: '{name}: {step}' },
};

function keysOf(word: string | undefined): KeyKind[] {
  // The signature certificate may not outlive the other one, so that one comes first.
  if (word === undefined) return ['auth', 'sign'];
  if (word !== 'sign' && word !== 'auth')
    throw new CommandError('usage', 'Which certificate? sign, auth, or no word for both.');
  return [word];
}

/** Whom the new certificate may come from: the card's own authorities, and what `--trust` adds (after a change of the authority's key). */
async function anchorsOf(session: CardSession, values: Values): Promise<Uint8Array[]> {
  const files = listOption(values, 'trust').flatMap((file) => derValues(readInput(file), ['CERTIFICATE']));
  const inCard = await session.visit(async (visit) => {
    const found: Uint8Array[] = [];
    for (const name of ['sign-ca', 'auth-ca'] as const)
      found.push(
        ...(await visit.readCertificate(name).then(
          (der) => [der],
          (error: unknown) => {
            if (error instanceof ClientError && error.code === 'no-certificate') return [];
            throw error;
          },
        )),
      );
    return found;
  });
  return [...inCard, ...files];
}

export const renew: Command = {
  options: {
    ...cardOptions,
    url: { type: 'string' },
    trust: { type: 'string', multiple: true },
    'auth-pin-env': { type: 'string' },
    'sign-pin-env': { type: 'string' },
    'last-try': { type: 'boolean' },
    ...langOption,
    json: { type: 'boolean' },
  },
  run: async ({ values, words, print, printJson }) => {
    const register = languageOf(values);
    const keys = keysOf(words[0]);
    const service = renewalService(authorityAddress(values));
    const given = new Map<KeyKind, string>();
    for (const key of keys) {
      const variable = optional(values, `${key}-pin-env`);
      if (variable !== undefined) given.set(key, pinFromEnvironment(variable));
    }
    const session = await sessionOf(values);
    const anchors = await anchorsOf(session, values);
    const done: (RenewedKey & { key: KeyKind })[] = [];
    for (const key of keys) {
      const use = { session, kind: key, values, given: given.get(key) };
      const renewed = await withPin(use, (pin, { lastTry }) => {
        if (pin === onPinPad)
          throw new CommandError(
            'unavailable',
            'A renewal asks the card several times, so the reader’s own keys cannot be used: give the PIN by --auth-pin-env or --sign-pin-env.',
          );
        return renewKey({
          ...{ key, service, anchors, lastTry },
          channel: session.channel,
          pin: () => pin,
          clock: () => new Date(),
          onStep: (step) =>
            tell(fill(own.step, { name: renewedNames[key], step: renewalStepWords[step] }), register),
        });
      });
      done.push({ ...renewed, key });
      const date = formatDate(renewed.after.notAfter, register);
      if (values.json !== true) print(say(fill(own.renewed, { name: renewedNames[key], date }), register));
    }
    if (values.json === true)
      printJson(
        done.map(({ key, before, after }) => ({
          certificate: key,
          endedOn: before.notAfter.toISOString(),
          endsOn: after.notAfter.toISOString(),
        })),
      );
    return 'good';
  },
};

function tell(words: Words, register: Register): void {
  process.stderr.write(`${say(words, register)}\n`);
}
