import { markText } from '@madoguchi/procedure';
import { formatDate, type Register, T, Table } from '@madoguchi/ui';
import type { Child } from 'hono/jsx';
import type { SignerProgress } from './progress.js';
import { progressWords, texts } from './texts.js';
import { signerName } from './wanted.js';

/** Who signs, and who has: the same for the applicant, for those who sign, and for the officer. */
export function ProgressTable({
  applicant,
  progress,
  register,
  more,
}: {
  applicant: string;
  progress: readonly SignerProgress[];
  register: Register;
  /** Of the officer's table: what stands beside a signature. */
  more?: (one: SignerProgress) => Child;
}) {
  return (
    <Table
      id="signers"
      stack
      caption={texts.standing}
      head={[texts.person, texts.state]}
      rows={[
        [
          <>
            <T w={texts.first} />　{markText(applicant)}
          </>,
          progressWords.signed,
        ],
        ...progress.map((one) => [
          <T w={signerName(one.wanted)} />,
          <>
            <T w={progressWords[one.state]} />
            {one.wanted.rule.paper === 'mandate' ? (
              <>
                （<T w={texts.mandate} />）
              </>
            ) : null}
            {one.at === undefined ? null : ` ${formatDate(one.at, register, { time: true })}`}
            {more?.(one)}
            {one.reason ? <p class="officers-words">{markText(one.reason)}</p> : null}
          </>,
        ]),
      ]}
    />
  );
}
