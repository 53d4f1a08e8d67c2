import { Button, fill, formatDate, Notice, P, type Register, T, type Words } from '@madoguchi/ui';
import type { Duplicate } from '../cases/duplicates.js';
import { standing } from './close-duplicate.js';
import { stateWords } from './decision-words.js';

const texts = {
  title: {
    ja: '同じ内容の申請があります',
    jaEasy: 'おなじ {申請|しんせい}が あります',
    en: 'The same application was filed more than once',
  },
  lead: {
    ja: '同じ人が、同じ手続に、同じ内容で申請しています。続けるほうを残して、重複したほうを終わりにできます。',
    jaEasy: 'おなじ {人|ひと}が おなじ {申請|しんせい}を しました。ひとつを おわりに できます。',
    en: 'The same person filed the same answers for the same procedure. You may end the one that is not to go on.',
  },
  earlier: { ja: '先に届いたもの', jaEasy: 'さきに とどいた', en: 'arrived earlier' },
  later: { ja: 'あとに届いたもの', jaEasy: 'あとに とどいた', en: 'arrived later' },
  otherFiles: { ja: '添付がちがいます', jaEasy: 'ファイルが ちがいます', en: 'other files' },
  uncertain: {
    ja: '本人によるものかは、まだ確かでありません',
    jaEasy: 'おなじ {人|ひと}か まだ わかりません',
    en: 'not certain yet that both are the person’s own',
  },
  close: {
    ja: 'この申請を、{receipt}との重複として終わりにする',
    jaEasy: '{receipt}と おなじなので おわりに する',
    en: 'End this one as a duplicate of {receipt}',
  },
  reopen: {
    ja: '重複ではないとして、審査にもどす',
    jaEasy: 'もういちど {審査|しんさ}する',
    en: 'It is no duplicate: examine it again',
  },
} as const satisfies Record<string, Words>;

interface SectionProps {
  desk: string;
  /** Address of the case, without the last slash. */
  address: string;
  csrf: string;
  seen: number;
  found: readonly Duplicate[];
  /** What may be pressed. */
  offer: 'close' | 'reopen' | 'nothing';
  register: Register;
}

/** 重複: the other applications that say the same, with a link to each, and what to do about it. */
export function DuplicatesSection(props: SectionProps) {
  const { desk, address, found, offer, register } = props;
  if (found.length === 0 && offer !== 'reopen') return null;
  const note = (words: Words) => (
    <>
      {' ・ '}
      <T w={words} />
    </>
  );
  return (
    <Notice kind="check" title={texts.title}>
      <P w={texts.lead} />
      <form method="post" action={`${address}/duplicate`} id="duplicates">
        <input type="hidden" name="csrf" value={props.csrf} />
        <input type="hidden" name="seen" value={String(props.seen)} />
        <ul>
          {found.map((one) => (
            <li>
              <a href={`${desk}/cases/${one.receiptNumber}`}>{one.receiptNumber}</a>{' '}
              {formatDate(one.arrivedAt, register, { time: true })}
              {note(one.isEarlier ? texts.earlier : texts.later)}
              {note(stateWords[one.state])}
              {one.sameFiles ? null : note(texts.otherFiles)}
              {one.isCertain ? null : note(texts.uncertain)}
              {offer === 'close' && standing.includes(one.state) ? (
                <p>
                  <Button
                    label={fill(texts.close, { receipt: one.receiptNumber })}
                    kind="secondary"
                    name="of"
                    value={one.receiptNumber}
                  />
                </p>
              ) : null}
            </li>
          ))}
        </ul>
        {offer === 'reopen' ? <Button label={texts.reopen} kind="secondary" name="of" value="" /> : null}
      </form>
    </Notice>
  );
}
