import { Details, fill, formatDate, H2, P, T, Table, type Words, words } from '@madoguchi/ui';
import { activations } from '../activations.js';
import { Frame, type View } from '../frame.js';
import { kindSums, monthSums } from '../series.js';
import type { Stats } from '../stats.js';
import { BarChart } from './bar-chart.js';

const text = {
  title: { ja: '数字で見る', jaEasy: '{数字|すうじ}', en: 'Figures' },
  lead: {
    ja: 'いまの数を、そのまま示します。',
    jaEasy: 'いまの {数|かず}です。',
    en: 'The numbers as they are now.',
  },
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
  csv: { ja: '表をCSVで', jaEasy: '{表|ひょう}（CSV）', en: 'This table as CSV' },
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
  month: { ja: '月', jaEasy: '{月|つき}', en: 'Month' },
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
  clicks: {
    ja: '申請までの操作の数',
    jaEasy: 'おす {数|かず}',
    en: 'How many activations an application takes',
  },
  clicksCaption: {
    ja: '申請ごとの操作の数（試験で数えたもの）',
    jaEasy: '{数|かぞ}えた {数|かず}',
    en: 'Activations per journey, as counted by the tests',
  },
  journey: { ja: 'どこからどこまで', jaEasy: 'どこから どこまで', en: 'Journey' },
  count: { ja: '操作の数', jaEasy: 'おす {数|かず}', en: 'Activations' },
  limit: { ja: '上限', jaEasy: '{一番|いちばん} {多|おお}くて', en: 'Limit' },
  typed: { ja: '入力した数', jaEasy: '{打|う}った {所|ところ}', en: 'Fields typed' },
  day: { ja: '日付', jaEasy: '{数|かぞ}えた {日|ひ}', en: 'Counted on' },
  chartBefore: { ja: '2007年', jaEasy: '2007{年|ねん}', en: '2007' },
  chartPlan: { ja: '2008年（予定）', jaEasy: '2008{年|ねん}', en: '2008 (plan)' },
  before: {
    ja: '2008年の資料では、所得税の申告までの総クリック回数を41回から8回にへらすとしています。手続と数え方がちがうので、そのままは比べられません。',
    jaEasy:
      '2008{年|ねん}は 41{回|かい}から 8{回|かい}に する {計画|けいかく}でした。{数|かぞ}えかたは ちがいます。',
    en: 'The plan of 2008 was to bring the clicks of an income tax return from 41 to 8. Another procedure and another way of counting: a direction, not a like-for-like comparison.',
  },
  deckBefore: {
    ja: '2008年の資料: 前の年',
    jaEasy: '2007{年|ねん}',
    en: 'The plan of 2008: the year before',
  },
  deckAfter: {
    ja: '2008年の資料: その年（予定）',
    jaEasy: '2008{年|ねん}',
    en: 'The plan of 2008: that year (planned)',
  },
  catalogue: {
    ja: 'このポータルの手続',
    jaEasy: 'この ポータルの {手続|てつづき}',
    en: 'Procedures on this portal',
  },
  catalogueValue: {
    ja: '{agencies}の役所の、{procedures}の手続を案内しています。',
    jaEasy: '{役所|やくしょ}は {agencies}、{手続|てつづき}は {procedures} あります。',
    en: 'Agencies: {agencies}. Procedures: {procedures}.',
  },
} satisfies Record<string, Words>;

/** Under the bars of the chart: the journeys that stand beside the deck's numbers. */
const chartLabels: Record<string, Words> = {
  'newcomer-mouse': { ja: 'はじめての人', jaEasy: 'はじめての {人|ひと}', en: 'First time' },
  'reader-portal': { ja: '準備のあと', jaEasy: '{準備|じゅんび}の あと', en: 'Once ready' },
};

/** Only numbers that were read just now, published, or counted by a test; nothing is estimated and nothing is made up. */
export function Figures({ view, stats }: { view: View; stats: Stats | undefined }) {
  const { agencies } = view.options;
  const { register } = view.prefs;
  const procedures = agencies.reduce((sum, agency) => sum + agency.procedures.length, 0);
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      <H2 w={text.certificates} id="issued" />
      {stats === undefined ? <P w={text.none} /> : <Certificates view={view} stats={stats} />}
      {stats === undefined || stats.publicHistory.length === 0 ? null : (
        <PublicHistory view={view} history={stats.publicHistory} />
      )}
      {stats === undefined || stats.publicCards.length === 0 ? null : (
        <PublicCards view={view} cards={stats.publicCards} />
      )}
      <H2 w={text.clicks} id="activations" />
      <P w={activations.rule} />
      <BarChart
        title={words(text.clicksCaption, register)}
        bars={[
          { label: words(text.chartBefore, register), value: 41, text: '41' },
          { label: words(text.chartPlan, register), value: 8, text: '8' },
          ...activations.journeys.flatMap(({ journal, pressed }) => {
            const label = chartLabels[journal];
            return label === undefined
              ? []
              : [{ label: words(label, register), value: pressed.length, text: String(pressed.length) }];
          }),
        ]}
      />
      <Table
        id="journeys"
        caption={text.clicksCaption}
        head={[text.journey, text.count, text.limit, text.typed, text.day]}
        numeric={[1, 2, 3]}
        stack
        rows={[
          ...activations.journeys.map(({ name, pressed, limit, fields, day }) => [
            name,
            String(pressed.length),
            String(limit),
            String(fields),
            day,
          ]),
          [text.deckBefore, '41', '–', '–', '–'],
          [text.deckAfter, '8', '–', '–', '–'],
        ]}
      />
      {activations.journeys.map(({ name, pressed }) => (
        <Details summary={name}>
          <ol class="pressed">
            {pressed.map((control) => (
              <li>{control}</li>
            ))}
          </ol>
        </Details>
      ))}
      <P quiet w={text.before} />
      <Csv href="/figures/activations.csv" />
      <H2 w={text.catalogue} id="procedures" />
      <P w={fill(text.catalogueValue, { agencies: agencies.length, procedures })} />
    </Frame>
  );
}

function Csv({ href }: { href: string }) {
  return (
    <p>
      <a href={href} download>
        <T w={text.csv} />
      </a>
    </p>
  );
}

function numberFormat(view: View): (value: number) => string {
  const format = new Intl.NumberFormat(view.prefs.register === 'en' ? 'en' : 'ja');
  return (value) => format.format(value);
}

const kindLabels: Record<string, Words> = {
  signature: text.signature,
  authentication: text.authentication,
  'phone-signature': text.phoneSignature,
  'phone-authentication': text.phoneAuthentication,
  agency: text.agency,
};

function Certificates({ view, stats }: { view: View; stats: Stats }) {
  const { register } = view.prefs;
  const number = numberFormat(view);
  const months = monthSums(stats.history);
  const rows = kindSums(stats.certificates).flatMap(
    ({ profile, issued, renewed, valid, revoked, expired }) => {
      const label = kindLabels[profile];
      return label === undefined ? [] : [[label, ...[issued, renewed, valid, revoked, expired].map(number)]];
    },
  );
  return (
    <>
      <Table
        id="certificates"
        caption={fill(text.caption, { at: formatDate(new Date(stats.at), register, { time: true }) })}
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
            head={[text.month, text.signature, text.authentication, text.phone]}
            numeric={[1, 2, 3]}
            rows={months.map(({ month, signature, authentication, phone }) => [
              month,
              number(signature),
              number(authentication),
              number(phone),
            ])}
          />
          <P quiet w={text.monthsNote} />
          <Csv href="/figures/certificates.csv" />
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
        head={[text.until, text.number, text.from]}
        numeric={[1]}
        rows={history.map(({ until, certificates, source }) => [until, number(certificates), source])}
      />
      <P quiet w={text.publicNote} />
      <Csv href="/figures/public.csv" />
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
        rows={cards.map(({ until, cards: many, counted }) => [until, number(many), text[counted]])}
      />
      <P quiet w={text.publicNote} />
    </>
  );
}
