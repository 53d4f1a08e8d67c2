import type { Application, ProcedureDefinition } from '@madoguchi/procedure';
import { fill, formatDate, glossary, words } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import type { ReceiptText } from '../receipts/pdf.js';
import { replyTexts as texts } from './texts.js';

export type ReplyDecision = 'accepted' | 'rejected';

/** Everything a notice of a decision says, before it is set or signed. */
export interface Notice {
  readonly agency: Pick<AgencyConfig, 'code' | 'name' | 'contact'>;
  readonly receiptNumber: string;
  readonly arrivedAt: Date;
  readonly decidedAt: Date;
  readonly decision: ReplyDecision;
  /** The officer's words; only a rejection says them to the applicant. */
  readonly reason: string;
  readonly definition: Pick<ProcedureDefinition, 'title' | 'contact'>;
  readonly applicant: Pick<Application['applicant'], 'name'>;
  /** Who signed with the applicant: 共有者 1　総務　花子. */
  readonly signers: readonly string[];
  /** Of a one-stop application: what each office has decided on its part. */
  readonly parts: readonly { authority: string; title: string; state: string; at: Date | undefined }[];
  /** Not yet decided: to be looked at before it goes out. */
  readonly draft: boolean;
}

/** A notice on paper, in the language of the office. */
export function noticeText(notice: Notice): ReceiptText {
  const { agency, definition, decision } = notice;
  const say = (text: Parameters<typeof words>[0]) => words(text, 'ja');
  const title = say(decision === 'accepted' ? texts.acceptedTitle : texts.rejectedTitle);
  const when = (date: Date) => formatDate(date, 'ja', { time: true });
  return {
    lang: 'ja',
    title: notice.draft ? `【下書き】${title}` : title,
    agency: agency.name,
    sentence: say(decision === 'accepted' ? texts.acceptedSentence : texts.rejectedSentence),
    rows: [
      { label: say(glossary.receiptNumber), value: notice.receiptNumber },
      { label: say(texts.procedure), value: say(definition.title) },
      { label: say(texts.applicant), value: notice.applicant.name },
      ...notice.signers.map((value) => ({ label: say(texts.signer), value })),
      { label: say(texts.arrivedAt), value: when(notice.arrivedAt) },
      { label: say(texts.decision), value: say(texts[decision]) },
      { label: say(texts.decidedAt), value: when(notice.decidedAt) },
      ...notice.parts.map(({ authority, title, state, at }) => ({
        label: authority,
        value: `${title}　${state}${at === undefined ? '' : `　${formatDate(at, 'ja')}`}`,
      })),
    ],
    parts: [
      // What the definition says comes next is about the time before a decision: it has no place here.
      ...(decision === 'rejected'
        ? [
            { title: say(texts.reason), text: notice.reason },
            { title: say(texts.appeal), text: say(texts.appealText) },
          ]
        : []),
      {
        title: say(texts.ask),
        text: say(
          fill(texts.askValue, {
            name: say(definition.contact.name),
            telephone: definition.contact.telephone,
          }),
        ),
      },
    ],
    foot: say(notice.draft ? texts.draftFoot : texts.foot),
  };
}

/** The same for programs: one element for each item, to be signed as a whole. */
export function noticeXml(notice: Notice): Uint8Array {
  const { agency, decision } = notice;
  const items: [name: string, value: string][] = [
    ['AgencyCode', agency.code],
    ['AgencyName', agency.name],
    ['ReceiptNumber', notice.receiptNumber],
    ['Procedure', words(notice.definition.title, 'ja')],
    ['Applicant', notice.applicant.name],
    ...notice.signers.map((name) => ['Signer', name] as [string, string]),
    ['ArrivedAt', notice.arrivedAt.toISOString()],
    ['Decision', decision],
    ['DecidedAt', notice.decidedAt.toISOString()],
    ...notice.parts.map(
      ({ authority, title, state }) => ['Part', `${authority} ${title} ${state}`] as [string, string],
    ),
    ...(decision === 'rejected' ? [['Reason', notice.reason] as [string, string]] : []),
  ];
  const lines = items.map(([name, value]) => `  <${name}>${escapeXml(value)}</${name}>`);
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<DecisionNotice xmlns="urn:madoguchi:decision-notice:1">\n${lines.join('\n')}\n</DecisionNotice>\n`,
  );
}

/** Text of an element; what XML 1.0 cannot hold becomes the replacement character. */
function escapeXml(text: string): string {
  // Through UTF-8: a lone surrogate comes back as the replacement character.
  return Buffer.from(text)
    .toString('utf8')
    .replaceAll(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
