/** What a holder reads from a card: certificates and the text items. */
import { writeFileSync } from 'node:fs';
import { type CertificateName, ClientError } from '@madoguchi/client';
import { cardOptions, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError, optional, type Values } from '../cli/command.js';
import { langOption } from '../cli/language.js';
import { givenPin, pinOptions } from '../cli/pin.js';
import { hasPerson } from '../cli/terminal.js';
import { withPin } from '../cli/with-pin.js';
import { certificateLines, toPem } from './certificate-text.js';

const names = ['sign', 'auth', 'sign-ca', 'auth-ca'] as const satisfies readonly CertificateName[];

export const cardCert: Command = {
  options: {
    ...cardOptions,
    ...pinOptions,
    ...langOption,
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
    writeCertificate(values, der, print);
    return 'good';
  },
};

const needsPin =
  'このスマートフォンの利用者証明用電子証明書を読むには、利用者証明用パスワードが必要です。--pin-file で渡してください。\nThis token asks for the authentication PIN before it shows the certificate: use --pin-file.';

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
