import { type ApplicationName, aids, apdu, splitResponse } from '@madoguchi/card';
import {
  type CardChannel,
  type CardKind,
  CardSession,
  ClientError,
  endWarning,
  type PinKind,
} from '@madoguchi/client';
import { nameToString, parseCertificate } from '@madoguchi/pki';
import { cardOptions, channelOf } from '../cli/card-option.js';
import type { Command } from '../cli/command.js';

const pins = ['sign', 'auth', 'text'] as const satisfies readonly PinKind[];

const kindNames: Record<CardKind, string> = {
  'my-number-card': 'マイナンバーカード',
  'next-card': '次期個人番号カード（試作）',
  jukicard: '住民基本台帳カード',
  android: 'スマートフォン（Android）',
  ios: 'スマートフォン（iPhone）',
  other: 'ほかのカード',
};

const applicationNames: Record<ApplicationName, string> = {
  jpki: '公的個人認証',
  text: '券面事項入力補助',
  visual: '券面事項確認',
  common: '共通カード',
  resident: '住基',
  issuerDomain: 'ISD',
};

/** A PIN or certificate that this card does not have, or does not show without a PIN, is told so; other failures are failures. */
async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const expected = ['card-unexpected', 'no-certificate', 'not-my-number-card'];
    if (error instanceof ClientError && expected.includes(error.code)) return undefined;
    throw error;
  }
}

function applicationsOn(channel: CardChannel): Promise<ApplicationName[]> {
  return channel.withCard(async (transmit) => {
    const found: ApplicationName[] = [];
    for (const [name, aid] of Object.entries(aids)) {
      const answer = splitResponse(await transmit(apdu.selectApplication(aid)));
      if (answer?.status.kind === 'ok') found.push(name as ApplicationName);
    }
    return found;
  });
}

export const cardInfo: Command = {
  options: { ...cardOptions, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const channel = await channelOf(values);
    const session = new CardSession(channel);
    const kind = await session.kind();
    const applications = await applicationsOn(channel);
    const tries: Record<string, number | null> = {};
    for (const pin of pins) tries[pin] = (await ifThere(session.pinStatus(pin)))?.triesLeft ?? null;
    const needsPin = kind === 'android';
    const der = needsPin ? undefined : await ifThere(session.readCertificate('auth'));
    const certificate = parseCertificate(der ?? new Uint8Array());
    const until = certificate.ok ? certificate.value.notAfter.toISOString() : null;
    const issuer = certificate.ok ? nameToString(certificate.value.issuer) : null;
    if (values.json === true) {
      printJson({
        place: channel.label,
        kind,
        applications,
        triesLeft: tries,
        authenticationCertificate: { until, issuer },
      });
      return 'good';
    }
    const left = (name: string) => (tries[name] === null ? 'このカードにはない' : `のこり ${tries[name]} 回`);
    const read = until === null ? 'なし' : `${until.slice(0, 10)} まで（${issuer}）`;
    print(`${channel.label}: ${kindNames[kind]} (${kind})`);
    print(`  アプリケーション  ${applications.map((name) => applicationNames[name]).join('・')}`);
    print(`  署名用パスワード（英数字6〜16文字）        ${left('sign')}`);
    print(`  利用者証明用パスワード（数字4けた）        ${left('auth')}`);
    print(`  券面事項入力補助用パスワード（数字4けた）  ${left('text')}`);
    print(`  利用者証明用電子証明書                    ${needsPin ? '読むにはパスワードが必要' : read}`);
    const warning = certificate.ok ? endWarning(certificate.value.notAfter, new Date()) : undefined;
    if (warning !== undefined) print(`  ▲ ${warning.ja}`);
    return 'good';
  },
};
