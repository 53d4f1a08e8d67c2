/** What a holder reads from a card: certificates and the text items. */
import { writeFileSync } from 'node:fs';
import { type CertificateName, ClientError, endWarning, type HolderKey } from '@madoguchi/client/card';
import { validityWords } from '@madoguchi/client/doctor';
import { cardOptions, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError, type ExitName, optional, type Values } from '../cli/command.js';
import { langOption, languageOf, say } from '../cli/language.js';
import { givenPin, pinOptions } from '../cli/pin.js';
import { hasPerson } from '../cli/terminal.js';
import { withPin } from '../cli/with-pin.js';
import { certificateLines, parsed, toPem } from './certificate-text.js';
import { openCertificate, validityAsker } from './own-validity-http.js';

const names = ['sign', 'auth', 'sign-ca', 'auth-ca'] as const satisfies readonly CertificateName[];

export const cardCert: Command = {
  options: {
    ...cardOptions,
    ...pinOptions,
    ...langOption,
    pem: { type: 'boolean' },
    der: { type: 'boolean' },
    text: { type: 'boolean' },
    check: { type: 'boolean' },
    ocsp: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, words, print }) => {
    const name = names.find((each) => each === words[0]);
    if (name === undefined) throw new CommandError('usage', `Which certificate? One of ${names.join(', ')}.`);
    const given = givenPin(values);
    if (values.check === true && name.endsWith('-ca'))
      throw new CommandError('usage', '--check asks about a certificate of your own: sign or auth.');
    const session = await sessionOf(values);
    if (values.check === true && name === 'sign') {
      const { certificate, holder } = await openCertificate(session, values, given);
      return tellValidity(values, certificate, await session.readCertificate('sign-ca'), print, holder);
    }
    const read = (kind: 'sign' | 'auth') =>
      withPin({ session, kind, values, given }, (pin, options) =>
        session.readCertificate(name, pin, options),
      );
    const der = await (name === 'sign' || (name === 'auth' && given !== undefined)
      ? read(name)
      : session.readCertificate(name).catch((error: unknown) => {
          // Free on a card; Android's token asks for the authentication PIN before the authentication certificate.
          const closed = error instanceof ClientError && error.detail.subject === 'securityStatus';
          if (!closed || name !== 'auth') throw error;
          if (hasPerson()) return read(name);
          throw new CommandError('refused', needsPin);
        }));
    if (values.check === true) {
      return tellValidity(values, der, await session.readCertificate('auth-ca'), print);
    }
    await writeCertificate(values, der, print);
    return 'good';
  },
};

const needsPin =
  'このスマートフォンの利用者証明用電子証明書を読むには、利用者証明用パスワードが必要です。--pin-file で渡してください。\nThis token asks for the authentication PIN before it shows the certificate: use --pin-file.';

const validityExits = {
  good: 'good',
  revoked: 'no',
  unknown: 'undecided',
  unreachable: 'undecided',
  untrusted: 'undecided',
} as const;

/** What the certificate's own authority says of it by OCSP, once that answer is verified. */
async function tellValidity(
  values: Values,
  der: Uint8Array,
  issuer: Uint8Array,
  print: (line: string) => void,
  holder?: HolderKey,
): Promise<ExitName> {
  const now = new Date();
  const register = languageOf(values);
  const found = await validityAsker(values, now)(der, issuer, holder);
  if (found === undefined)
    throw new CommandError('unavailable', 'It names no responder: give its address with --ocsp URL.');
  print(say(validityWords(found), register));
  const warning = endWarning(parsed(der).notAfter, now);
  if (warning !== undefined) print(`▲ ${say(warning, register)}`);
  return validityExits[found.state];
}

async function writeCertificate(
  values: Values,
  der: Uint8Array,
  print: (line: string) => void,
): Promise<void> {
  const file = optional(values, 'output');
  const bytes =
    values.der === true
      ? der
      : Buffer.from(
          values.text === true
            ? `${(await certificateLines(der, languageOf(values), new Date())).join('\n')}\n`
            : toPem(der),
        );
  if (file !== undefined && file !== '-') writeFileSync(file, bytes);
  else if (values.der === true) process.stdout.write(der);
  else print(Buffer.from(bytes).toString('utf8').trimEnd());
}

/** Words of JIS X 0303. */
const sexNames = { male: '男', female: '女', other: '適用不能', unknown: '不明' } as const;

export const cardText: Command = {
  options: { ...cardOptions, ...pinOptions, ...langOption, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const given = givenPin(values);
    const session = await sessionOf(values);
    const items = await withPin({ session, kind: 'text', values, given }, (pin, options) =>
      session.readText(pin, options),
    );
    if (values.json === true) printJson(items);
    else {
      print(`氏名      ${items.name}`);
      print(`住所      ${items.address}`);
      print(`生年月日  ${items.birthDate}`);
      print(`性別      ${sexNames[items.sex]}`);
    }
    return 'good';
  },
};
