import { fill, formatDate, H2, P, T, Table, type Words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import type { Stats } from '../stats.js';

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

/** Only numbers that were read just now; nothing is estimated and nothing is made up. */
export function Figures({ view, stats }: { view: View; stats: Stats | undefined }) {
  const { agencies } = view.options;
  const procedures = agencies.reduce((sum, agency) => sum + agency.procedures.length, 0);
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      <H2 w={text.certificates} />
      {stats === undefined ? <P w={text.none} /> : <Certificates view={view} stats={stats} />}
      <H2 w={text.catalogue} />
      <P w={fill(text.catalogueValue, { agencies: agencies.length, procedures })} />
    </Frame>
  );
}

function Certificates({ view, stats }: { view: View; stats: Stats }) {
  const { register } = view.prefs;
  const number = new Intl.NumberFormat(register === 'en' ? 'en' : 'ja');
  const kinds = [
    { label: text.signature, counts: stats.certificates.signature },
    { label: text.authentication, counts: stats.certificates.authentication },
    { label: text.agency, counts: stats.certificates.agency },
  ];
  const rows = kinds.flatMap(({ label, counts }) =>
    counts === undefined
      ? []
      : [
          [
            label,
            ...[counts.issued, counts.valid, counts.revoked, counts.expired].map((n) => number.format(n)),
          ],
        ],
  );
  return (
    <>
      <Table
        id="certificates"
        caption={fill(text.caption, { at: formatDate(new Date(stats.at), register, { time: true }) })}
        head={[text.kind, text.issued, text.valid, text.revoked, text.expired]}
        numeric={[1, 2, 3, 4]}
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
    </>
  );
}
