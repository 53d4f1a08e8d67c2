import { fill, formatDate, H2, P, T, Table, type Words, words } from '@madoguchi/ui';
import { dayWords } from '../day-words.js';
import type { View } from '../frame.js';
import { BarChart } from './bar-chart.js';
import { Csv, figureWords, numberFormat, OldNumbers } from './parts.js';
import { kindSums, monthSums } from './series.js';
import type { Known } from './source.js';
import type { Stats } from './stats.js';

const text = {
  authority: { ja: '認証局', jaEasy: '{認証局|にんしょうきょく}', en: 'The certificate authority' },
  certificates: {
    ja: '電子証明書の件数（累計）',
    jaEasy: '{電子証明書|でんししょうめいしょ}の {数|かず}',
    en: 'Certificates, in total since the beginning',
  },
  caption: { ja: '{at} 現在', jaEasy: '{at}の {数|かず}', en: 'As of {at}' },
  kind: { ja: '種類', jaEasy: '{種類|しゅるい}', en: 'Kind' },
  issued: { ja: '発行', jaEasy: '{出|だ}した {数|かず}', en: 'Issued' },
  valid: { ja: '有効', jaEasy: '{使|つか}える {数|かず}', en: 'Valid' },
  revoked: { ja: '失効', jaEasy: '{止|と}めた {数|かず}', en: 'Revoked' },
  expired: { ja: '期限切れ', jaEasy: '{期限|きげん}が {切|き}れた {数|かず}', en: 'Expired' },
  signature: { ja: '署名用', jaEasy: '{署名用|しょめいよう}', en: 'Signature' },
  authentication: {
    ja: '利用者証明用',
    jaEasy: '{利用者証明用|りようしゃしょうめいよう}',
    en: 'User authentication',
  },
  phoneSignature: {
    ja: 'スマホの署名用',
    jaEasy: 'スマホの {署名用|しょめいよう}',
    en: 'Signature, smartphone',
  },
  phoneAuthentication: {
    ja: 'スマホの利用者証明用',
    jaEasy: 'スマホの {利用者証明用|りようしゃしょうめいよう}',
    en: 'User authentication, smartphone',
  },
  phone: { ja: 'スマホ用（両方）', jaEasy: 'スマホ', en: 'Smartphones (both)' },
  renewed: { ja: 'うちオンライン更新', jaEasy: '{家|いえ}で {更新|こうしん}', en: 'Renewed online' },
  agency: { ja: '行政機関', jaEasy: '{役所|やくしょ}', en: 'Agencies' },
  source: {
    ja: '出典: 認証局が公開している統計',
    jaEasy: '{認証局|にんしょうきょく}の {数字|すうじ}です。',
    en: 'Source: published by the certificate authority',
  },
  raw: { ja: 'もとのデータ（JSON）', jaEasy: 'もとの データ（JSON）', en: 'The data itself (JSON)' },
  none: {
    ja: '認証局の数字は、いま見られません。認証局が動いていないか、統計をまだ公開していません。',
    jaEasy: '{認証局|にんしょうきょく}の {数字|すうじ}は いま {見|み}られません。',
    en: 'The certificate authority’s numbers are not available now: it is not running, or has not published them yet.',
  },
  months: {
    ja: '発行した件数（累計）の動き',
    jaEasy: '{月|つき}ごとの {数|かず}',
    en: 'Issued so far, month by month',
  },
  monthsNote: {
    ja: '月の終わりまでに発行した数の合計です。失効や期限切れになったものも数えます。',
    jaEasy: 'はじめから その {月|つき}までの {数|かず}です。',
    en: 'All that were issued until the end of the month, with those revoked or expired since.',
  },
  publicTitle: {
    ja: '本物のサービスの発行件数（累計）',
    jaEasy: '{本当|ほんとう}の サービスの {数|かず}',
    en: 'The real service: certificates issued so far',
  },
  publicNote: {
    ja: '公開された数字だけです。この見本の数ではありません。',
    jaEasy: 'この {見本|みほん}の {数|かず}では ありません。',
    en: 'Only what has been published; not numbers of this demo.',
  },
  cardsTitle: {
    ja: '本物のマイナンバーカードの枚数',
    jaEasy: '{本当|ほんとう}の マイナンバーカードの {数|かず}',
    en: 'Real My Number Cards',
  },
  cards: { ja: '枚数', jaEasy: '{数|かず}', en: 'Cards' },
  counted: { ja: '数え方', jaEasy: 'どう {数|かぞ}えたか', en: 'Counted' },
  delivered: { ja: '交付した累計', jaEasy: 'わたした {数|かず}', en: 'handed over so far' },
  held: { ja: '保有', jaEasy: '{持|も}って いる {数|かず}', en: 'held on that day' },
  until: { ja: 'いつまで', jaEasy: 'いつまで', en: 'Until' },
  number: { ja: '件数', jaEasy: '{数|かず}', en: 'Number' },
  from: { ja: '出典', jaEasy: 'だれの {数字|すうじ}', en: 'Source' },
} satisfies Record<string, Words>;

const kindLabels: Record<string, Words> = {
  signature: text.signature,
  authentication: text.authentication,
  'phone-signature': text.phoneSignature,
  'phone-authentication': text.phoneAuthentication,
  agency: text.agency,
};

/** What the authority has issued, and what has been published about the real service. */
export function CertificateFigures({ view, known }: { view: View; known: Known<Stats> | undefined }) {
  const stats = known?.value;
  return (
    <>
      <H2 w={text.certificates} id="issued" />
      {known === undefined || known.now ? null : (
        <OldNumbers view={view} who={text.authority} at={known.at} />
      )}
      {stats === undefined ? <P w={text.none} /> : <Certificates view={view} stats={stats} />}
      {stats === undefined || stats.publicHistory.length === 0 ? null : (
        <PublicHistory view={view} history={stats.publicHistory} />
      )}
      {stats === undefined || stats.publicCards.length === 0 ? null : (
        <PublicCards view={view} cards={stats.publicCards} />
      )}
    </>
  );
}

function Certificates({ view, stats }: { view: View; stats: Stats }) {
  const { register } = view.prefs;
  const number = numberFormat(view);
  const months = monthSums(stats.history);
  const rows = kindSums(stats.certificates).flatMap(
    ({ profile, issued, renewed, valid, revoked, expired }) => {
      const label = Object.hasOwn(kindLabels, profile) ? kindLabels[profile] : undefined;
      return label === undefined ? [] : [[label, ...[issued, renewed, valid, revoked, expired].map(number)]];
    },
  );
  return (
    <>
      <Table
        id="certificates"
        caption={fill(text.caption, { at: formatDate(new Date(stats.at), register, { time: true }) })}
        stack
        head={[text.kind, text.issued, text.renewed, text.valid, text.revoked, text.expired]}
        numeric={[1, 2, 3, 4, 5]}
        rows={rows}
      />
      <P quiet w={text.source} />
      {view.options.statsUrl === undefined ? null : (
        <p>
          <a href={view.options.statsUrl}>
            <T w={text.raw} />
          </a>
        </p>
      )}
      {months.length === 0 ? null : (
        <>
          <BarChart
            title={words(text.months, register)}
            bars={months.slice(-8).map(({ month, signature, authentication, phone }) => ({
              label: month,
              value: signature + authentication + phone,
              text: number(signature + authentication + phone),
            }))}
          />
          <Table
            id="months"
            caption={text.months}
            stack
            head={[figureWords.month, text.signature, text.authentication, text.phone]}
            numeric={[1, 2, 3]}
            rows={months.map(({ month, signature, authentication, phone }) => [
              dayWords(month),
              number(signature),
              number(authentication),
              number(phone),
            ])}
          />
          <P quiet w={text.monthsNote} />
          <Csv href="/figures/certificates.csv" of={text.months} />
        </>
      )}
    </>
  );
}

function PublicHistory({ view, history }: { view: View; history: Stats['publicHistory'] }) {
  const number = numberFormat(view);
  return (
    <>
      <H2 w={text.publicTitle} id="public" />
      <BarChart
        title={words(text.publicTitle, view.prefs.register)}
        bars={history.map(({ until, certificates }) => ({
          label: until,
          value: certificates,
          text: number(certificates),
        }))}
      />
      <Table
        id="public-table"
        caption={text.publicTitle}
        headed
        head={[text.until, text.number, text.from]}
        numeric={[1]}
        rows={history.map(({ until, certificates, source }) => [
          dayWords(until),
          number(certificates),
          source,
        ])}
      />
      <P quiet w={text.publicNote} />
      <Csv href="/figures/public.csv" of={text.publicTitle} />
    </>
  );
}

function PublicCards({ view, cards }: { view: View; cards: Stats['publicCards'] }) {
  const number = numberFormat(view);
  return (
    <>
      <Table
        id="public-cards"
        caption={text.cardsTitle}
        head={[text.until, text.cards, text.counted]}
        numeric={[1]}
        rows={cards.map(({ until, cards: many, counted }) => [dayWords(until), number(many), text[counted]])}
      />
      <P quiet w={text.publicNote} />
    </>
  );
}
