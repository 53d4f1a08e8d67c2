import { type ApplicationName, aids, apdu, splitResponse } from '@madoguchi/card';
import {
  type CardChannel,
  type CardKind,
  CardSession,
  ClientError,
  endWarning,
  type PinKind,
  pinTitles,
} from '@madoguchi/client/card';
import { nameToString, parseCertificate } from '@madoguchi/pki/certificates';
import { fill, type Words } from '@madoguchi/ui/words';
import { cardOptions, channelOf } from '../cli/card-option.js';
import type { Command } from '../cli/command.js';
import { langOption, languageOf, say } from '../cli/language.js';

const pins = ['sign', 'auth', 'text'] as const satisfies readonly PinKind[];

const w = (ja: string, jaEasy: string, en: string): Words => ({ ja, jaEasy, en });

const kindNames: Record<CardKind, Words> = {
  'my-number-card': w('マイナンバーカード', 'マイナンバーカード', 'My Number Card'),
  'next-card': w(
    '次期個人番号カード（試作）',
    '{次|つぎ}の マイナンバーカード（ためし）',
    'next My Number Card (trial)',
  ),
  jukicard: w('住民基本台帳カード', '{住基|じゅうき}カード', 'Resident Register Card'),
  android: w('スマートフォン（Android）', 'スマホ（Android）', 'smartphone (Android)'),
  ios: w('スマートフォン（iPhone）', 'スマホ（iPhone）', 'smartphone (iPhone)'),
  other: w('ほかのカード', 'ほかの カード', 'another card'),
};

const applicationNames: Record<ApplicationName, Words> = {
  jpki: w('公的個人認証', '{公的個人認証|こうてきこじんにんしょう}', 'JPKI'),
  text: w('券面事項入力補助', '{券面事項入力補助|けんめんじこうにゅうりょくほじょ}', 'input support'),
  visual: w('券面事項確認', '{券面事項確認|けんめんじこうかくにん}', 'card face'),
  common: w('共通カード', '{共通|きょうつう}カード', 'common'),
  resident: w('住基', '{住基|じゅうき}', 'resident register'),
  issuerDomain: w('ISD', 'ISD', 'issuer domain'),
};

const own = {
  applications: w('アプリケーション', 'アプリケーション', 'applications'),
  left: w('のこり {tries} 回', 'のこり {tries} {回|かい}', '{tries} tries left'),
  none: w('このカードにはない', 'この カードには ありません', 'not on this card'),
  certificate: w(
    '利用者証明用電子証明書',
    '{利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}',
    'authentication certificate',
  ),
  needsPin: w('読むにはパスワードが必要', '{読|よ}むには パスワードが いります', 'shown only with its PIN'),
  absent: w('なし', 'ありません', 'none'),
  until: w('{day} まで（{issuer}）', '{day} まで（{issuer}）', 'until {day} ({issuer})'),
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
  options: { ...cardOptions, ...langOption, json: { type: 'boolean' } },
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
    const register = languageOf(values);
    const text = (words: Words, value: Record<string, string> = {}) => say(fill(words, value), register);
    const left = (pin: PinKind) =>
      tries[pin] === null ? text(own.none) : text(own.left, { tries: String(tries[pin]) });
    const until10 =
      until === null ? text(own.absent) : text(own.until, { day: until.slice(0, 10), issuer: issuer ?? '' });
    print(`${channel.label}: ${text(kindNames[kind])} (${kind})`);
    print(
      `  ${text(own.applications)}: ${applications.map((name) => text(applicationNames[name])).join(register === 'en' ? ', ' : '・')}`,
    );
    for (const pin of pins) print(`  ${text(pinTitles[pin])}: ${left(pin)}`);
    print(`  ${text(own.certificate)}: ${needsPin ? text(own.needsPin) : until10}`);
    const warning = certificate.ok ? endWarning(certificate.value.notAfter, new Date()) : undefined;
    if (warning !== undefined) print(`  ▲ ${text(warning)}`);
    return 'good';
  },
};
