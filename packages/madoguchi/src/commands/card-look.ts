/** Looking at a card: info, certificates, the text items, raw commands. */
import { writeFileSync } from 'node:fs';
import { splitResponse, statusWordName } from '@madoguchi/card';
import { CardSession, type CertificateName, ClientError, type PinKind } from '@madoguchi/client';
import { nameToString, parseCertificate } from '@madoguchi/pki';
import { cardOptions, channelOf, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError, optional, type Values } from '../cli/command.js';
import { givenPin, pinOptions } from '../cli/pin.js';
import { tongueOption } from '../cli/tongue.js';
import { withPin } from '../cli/with-pin.js';
import { certificateLines, toPem } from './certificate-text.js';

const pins = ['sign', 'auth', 'text'] as const satisfies readonly PinKind[];

/** A card whose PIN is unknown to it (a child's card has no signature key) is told as absent, not as a failure. */
async function statusOf(session: CardSession, pin: PinKind) {
  try {
    return await session.pinStatus(pin);
  } catch (error) {
    if (error instanceof ClientError && error.code === 'card-unexpected') return undefined;
    throw error;
  }
}

export const cardInfo: Command = {
  options: { ...cardOptions, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const channel = await channelOf(values);
    const session = new CardSession(channel);
    const kind = await session.kind();
    const tries: Record<string, number | null> = {};
    for (const pin of pins) tries[pin] = (await statusOf(session, pin))?.triesLeft ?? null;
    const certificate = parseCertificate(await session.readCertificate('auth').catch(() => new Uint8Array()));
    const until = certificate.ok ? certificate.value.notAfter.toISOString() : null;
    const issuer = certificate.ok ? nameToString(certificate.value.issuer) : null;
    const document = {
      place: channel.label,
      kind,
      triesLeft: tries,
      authenticationCertificate: { until, issuer },
    };
    if (values.json === true) {
      printJson(document);
      return 'good';
    }
    print(`${channel.label}: ${kind}`);
    print(`  署名用パスワード（英数字6〜16文字）    のこり ${tries.sign ?? '—'} 回`);
    print(`  利用者証明用パスワード（数字4けた）    のこり ${tries.auth ?? '—'} 回`);
    print(`  券面事項入力補助用パスワード（数字4けた） のこり ${tries.text ?? '—'} 回`);
    print(`  利用者証明用電子証明書  ${until === null ? 'なし' : `${until.slice(0, 10)} まで（${issuer}）`}`);
    return 'good';
  },
};

const names = ['sign', 'auth', 'sign-ca', 'auth-ca'] as const satisfies readonly CertificateName[];

export const cardCert: Command = {
  options: {
    ...cardOptions,
    ...pinOptions,
    ...tongueOption,
    pem: { type: 'boolean' },
    der: { type: 'boolean' },
    text: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, words, print }) => {
    const name = names.find((each) => each === words[0]);
    if (name === undefined) throw new CommandError('usage', `Which certificate? One of ${names.join(', ')}.`);
    const given = givenPin(values);
    const session = await sessionOf(values);
    const der =
      name === 'sign'
        ? await withPin({ session, kind: 'sign', values, given }, (pin, options) =>
            session.readCertificate(name, pin, options),
          )
        : await session.readCertificate(name);
    writeCertificate(values, der, print);
    return 'good';
  },
};

function writeCertificate(values: Values, der: Uint8Array, print: (line: string) => void): void {
  const file = optional(values, 'output');
  const bytes =
    values.der === true
      ? der
      : Buffer.from(values.text === true ? `${certificateLines(der).join('\n')}\n` : toPem(der));
  if (file !== undefined && file !== '-') writeFileSync(file, bytes);
  else if (values.der === true) process.stdout.write(der);
  else print(Buffer.from(bytes).toString('utf8').trimEnd());
}

export const cardText: Command = {
  options: { ...cardOptions, ...pinOptions, ...tongueOption, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const given = givenPin(values);
    const session = await sessionOf(values);
    const items = await withPin({ session, kind: 'text', values, given }, (pin, options) =>
      session.readText(pin, options),
    );
    if (values.json === true) printJson(items);
    else for (const [key, value] of Object.entries(items)) print(`${key}: ${value}`);
    return 'good';
  },
};

/** A 1-byte command looks like a control byte to vpcd and would hang the reader, so it is not sent. */
function apduBytes(hex: string): Uint8Array {
  const digits = hex.replace(/[\s:]/g, '');
  if (!/^([0-9a-f]{2}){4,}$/i.test(digits)) {
    throw new CommandError('usage', `${hex}: a command is at least 4 bytes in hexadecimal.`);
  }
  return Buffer.from(digits, 'hex');
}

export const cardApdu: Command = {
  options: cardOptions,
  run: async ({ values, words, print }) => {
    if (words.length === 0) throw new CommandError('usage', 'Which command? Give it in hexadecimal.');
    const commands = words.map(apduBytes);
    const channel = await channelOf(values);
    let good = true;
    await channel.withCard(async (transmit) => {
      for (const command of commands) {
        const answer = splitResponse(await transmit(command));
        if (answer === undefined) throw new CommandError('unavailable', 'The card gave no answer.');
        const secret = command[1] === 0x20 || command[1] === 0x24;
        print(
          `> ${secret ? `${Buffer.from(command.subarray(0, 4)).toString('hex')} **` : Buffer.from(command).toString('hex')}`,
        );
        if (answer.data.length > 0) print(`< ${Buffer.from(answer.data).toString('hex')}`);
        print(`  ${statusWordName(answer.status)}`);
        good = answer.status.kind === 'ok';
      }
    });
    return good ? 'good' : 'no';
  },
};
