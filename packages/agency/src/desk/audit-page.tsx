import { type AuditVerdict, auditTail, type Sql, verifyAudit } from '@madoguchi/store';
import { fill, Notice, P, Page, type PageProps, T, Table, type Words } from '@madoguchi/ui';
import { auditChain } from '../cases/audit-chain.js';
import { AuditDetail } from './audit-detail.js';
import { auditActionInWords } from './audit-words.js';
import { actorInWords } from './history-words.js';

/** So many entries stand on the page. */
const SHOWN = 100;

/** What the page of the audit chain says. */
export const auditTexts = {
  title: { ja: '監査の記録', jaEasy: '{監査|かんさ}の {記録|きろく}', en: 'Audit log' },
  lead: {
    ja: '新しいものから100件。1件ごとに前の記録の要約を含み、書き換えや抜けがあれば、つながりが切れます。氏名や審査の理由の文は入っていません。消去を止めた理由だけは、書いたとおりに入ります。',
    jaEasy: '{新|あたら}しい ものから 100{件|けん}です。',
    en: 'The newest 100. Each entry holds the digest of the one before, so a change or a gap breaks the chain. No names, no words of an examiner’s reasons; only why an erasure was held stands there as it was written.',
  },
  verify: {
    ja: 'はじめから確かめる',
    jaEasy: 'はじめから {確|たし}かめる',
    en: 'Verify from the beginning',
  },
  whole: {
    ja: '{entries}件の記録は、はじめから最後までつながっています。最後の要約: {hash}',
    jaEasy: '{entries}{件|けん}の {記録|きろく}は つながって います。',
    en: 'All {entries} entries are linked from first to last. Head: {hash}',
  },
  broken: {
    ja: '{seq}番目の記録で、つながりが切れています（{rule}）。すぐに管理の担当へ知らせてください。',
    jaEasy: '{seq}{番目|ばんめ}で {切|き}れて います。すぐに {知|し}らせて ください。',
    en: 'The chain breaks at entry {seq} ({rule}). Tell the administrators at once.',
  },
  number: { ja: '番号', jaEasy: '{番号|ばんごう}', en: 'No.' },
  when: { ja: '日時（日本時間）', jaEasy: '{日|ひ}と {時間|じかん}', en: 'Time (Japan)' },
  who: { ja: 'だれが', jaEasy: 'だれが', en: 'Who' },
  what: { ja: '何を', jaEasy: 'なにを', en: 'What' },
  subject: { ja: '対象', jaEasy: 'なにに', en: 'On' },
  detail: { ja: '内容', jaEasy: '{内容|ないよう}', en: 'Detail' },
} as const satisfies Record<string, Words>;

/** 監査の記録: the newest entries of the agency's chain; `verify`: walked from its beginning. */
export async function auditPage(
  sql: Sql,
  agency: string,
  {
    look,
    back,
    desk,
    verify,
  }: {
    look: Omit<PageProps, 'title'>;
    back: NonNullable<PageProps['back']>;
    desk: string;
    verify: boolean;
  },
) {
  const chain = auditChain(agency);
  const entries = await auditTail(sql, chain, SHOWN);
  const verdict = verify ? await verifyAudit(sql, chain) : undefined;
  return (
    <Page {...look} title={auditTexts.title} lead={auditTexts.lead} wide back={back}>
      {verdict === undefined ? (
        <p>
          <a href={`${desk}/audit?verify=1`}>
            <T w={auditTexts.verify} />
          </a>
        </p>
      ) : (
        <Verdict verdict={verdict} />
      )}
      <Table
        id="audit"
        stack
        caption={auditTexts.title}
        headed
        head={[
          ...[auditTexts.number, auditTexts.when, auditTexts.who],
          ...[auditTexts.what, auditTexts.subject, auditTexts.detail],
        ]}
        rows={entries.map(({ seq, at, actor, action, subject, detail }) => [
          seq.toString(),
          <span class="nowrap">{japanTime(at)}</span>,
          actorInWords(actor),
          auditActionInWords(action),
          <span class="nowrap">{subject}</span>,
          <AuditDetail detail={detail} />,
        ])}
      />
    </Page>
  );
}

/** 2026-11-22 10:41:07 in Japan, the same in every register: a log is read by columns. */
function japanTime(at: Date): string {
  return new Date(at.getTime() + 9 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  return verdict.ok ? (
    <Notice kind="good" live>
      <P
        w={fill(auditTexts.whole, { entries: verdict.entries, hash: `${verdict.head.hash.slice(0, 16)}…` })}
      />
    </Notice>
  ) : (
    <Notice kind="bad" live>
      <P w={fill(auditTexts.broken, { seq: verdict.seq.toString(), rule: verdict.rule })} />
    </Notice>
  );
}
