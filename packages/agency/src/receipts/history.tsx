import { formatDate, H2, type Register, Table, type Words } from '@madoguchi/ui';

const texts = {
  title: { ja: 'これまでの経過', jaEasy: 'これまでの こと', en: 'What happened so far' },
  when: { ja: '日時', jaEasy: '{日|ひ}と {時間|じかん}', en: 'Time' },
  what: { ja: 'できごと', jaEasy: 'できごと', en: 'What' },
} as const satisfies Record<string, Words>;

/** What an applicant is told of the actions on their case; who did it, and what only the office needs to know, is not among it. */
const told: Readonly<Record<string, Words>> = {
  arrived: { ja: '申請が届きました', jaEasy: 'とどきました', en: 'The application arrived' },
  verified: { ja: '審査を始めました', jaEasy: '{調|しら}べはじめました', en: 'Examination began' },
  correctionAsked: {
    ja: '補正をお願いしました',
    jaEasy: 'なおして ほしいと {伝|つた}えました',
    en: 'A correction was asked for',
  },
  corrected: { ja: '補正が届きました', jaEasy: 'なおした ものが とどきました', en: 'The correction arrived' },
  accepted: { ja: '受理しました', jaEasy: '{受|う}けつけました', en: 'It was accepted' },
  rejected: { ja: '却下しました', jaEasy: 'ことわりました', en: 'It was rejected' },
  withdrawn: { ja: '取り下げられました', jaEasy: 'やめました', en: 'It was withdrawn' },
  duplicate: {
    ja: '同じ内容の申請があるため、終わりにしました',
    jaEasy: 'おなじ ものが あるので おわりに しました',
    en: 'It was ended as a duplicate',
  },
  reopened: {
    ja: '審査にもどしました',
    jaEasy: 'また {調|しら}べはじめました',
    en: 'Examination began again',
  },
  paused: {
    ja: '審査を保留にしました',
    jaEasy: '{調|しら}べるのを とめました',
    en: 'The examination was put on hold',
  },
  resumed: {
    ja: '審査を続けはじめました',
    jaEasy: 'また {調|しら}べはじめました',
    en: 'The examination went on',
  },
  erased: {
    ja: '保存期間が過ぎたため、内容を消去しました',
    jaEasy: '{期間|きかん}が {過|す}ぎたので {消|け}しました',
    en: 'Its time was over: the content was erased',
  },
  replied: { ja: '役所の通知ができました', jaEasy: '{手紙|てがみ}が できました', en: 'The notice was made' },
};

/** The steps an applicant sees, in their order; examination begins once, however often it was looked at. */
export function historyOf(actions: readonly { at: Date; kind: string }[]): { at: Date; words: Words }[] {
  const found: { at: Date; words: Words }[] = [];
  let isExamined = false;
  for (const { at, kind } of actions) {
    const words = Object.hasOwn(told, kind) ? told[kind] : undefined;
    if (words === undefined || (kind === 'verified' && isExamined)) continue;
    isExamined ||= kind === 'verified';
    found.push({ at, words });
  }
  return found;
}

/** これまでの経過, on the applicant's page. */
export function History({
  actions,
  register,
}: {
  actions: readonly { at: Date; kind: string }[];
  register: Register;
}) {
  return (
    <>
      <H2 w={texts.title} id="history" />
      <Table
        id="steps"
        stack
        caption={texts.title}
        headed
        head={[texts.when, texts.what]}
        rows={historyOf(actions).map(({ at, words }) => [formatDate(at, register, { time: true }), words])}
      />
    </>
  );
}
