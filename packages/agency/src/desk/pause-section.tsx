import { markText } from '@madoguchi/procedure';
import {
  Button,
  Details,
  type FieldError,
  fill,
  formatDay,
  Notice,
  P,
  type Register,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { Pause, PauseFault } from '../cases/pause.js';
import { faultWords } from './decision-words.js';

export const pauseTexts = {
  paused: { ja: '保留中', jaEasy: 'とめて います', en: 'On hold' },
  only: { ja: '保留中だけ', jaEasy: 'とめて いる ものだけ', en: 'Only these' },
  without: { ja: '保留中を除く', jaEasy: 'とめて いない もの', en: 'Without these' },
  pause: { ja: '保留にする', jaEasy: 'とめる', en: 'Put on hold' },
  resume: { ja: '保留をやめて審査を続ける', jaEasy: 'また {審査|しんさ}する', en: 'End the hold and go on' },
  lead: {
    ja: '役所の外のもの（ほかの機関の回答、現地の調査など）を待つときに、審査を止めます。保留の日数は処理の期限に数えず、続けるときに期限がその日数だけのびます。',
    jaEasy: 'ほかの ところの {返事|へんじ}を まつ ときに とめます。',
    en: 'Stops the examination while the office waits for something outside, such as another office’s answer or a visit on site. The days on hold do not count: the due day moves by them.',
  },
  reason: { ja: '保留の理由', jaEasy: 'とめる {理由|りゆう}', en: 'Why it waits' },
  reasonHint: {
    ja: '申請者に伝わります。例: 道路の現地調査の結果を待っています',
    jaEasy: '{申請|しんせい}した {人|ひと}が {読|よ}みます。',
    en: 'The applicant reads this. For example: we wait for the result of the visit on site',
  },
  until: { ja: '再開する日', jaEasy: 'また はじめる {日|ひ}', en: 'Goes on by itself on' },
  untilHint: {
    ja: '例: 2026-12-01。空のときは、だれかが続けるまで止まります',
    jaEasy: '2026-12-01 のように {書|か}いて ください。',
    en: 'For example 2026-12-01. Empty: until somebody lets it go on',
  },
  by: {
    ja: '{day}に自動で審査を続けます。',
    jaEasy: '{day}に また はじめます。',
    en: 'It goes on by itself on {day}.',
  },
  open: {
    ja: 'だれかが続けるまで止まっています。',
    jaEasy: 'だれかが ボタンを おすまで とまって います。',
    en: 'It waits until somebody lets it go on.',
  },
} as const satisfies Record<string, Words>;

const ownFaults: Partial<Record<PauseFault, FieldError>> = {
  pauseReason: {
    field: 'pauseReason',
    message: {
      ja: '保留の理由を、2000文字までで書いてください。',
      jaEasy: '{理由|りゆう}を {書|か}いて ください。',
      en: 'Write why it waits, within 2000 characters.',
    },
  },
  pauseUntil: {
    field: 'pauseUntil',
    message: {
      ja: '再開する日は、明日から1年までの日を「2026-12-01」のように書いてください。',
      jaEasy: '{日|ひ}を「2026-12-01」のように {書|か}いて ください。',
      en: 'Give a day from tomorrow within a year, as 2026-12-01, or none.',
    },
  },
};

export function pauseError(fault: PauseFault): FieldError {
  return (
    ownFaults[fault] ?? { message: faultWords[fault as Exclude<PauseFault, 'pauseReason' | 'pauseUntil'>] }
  );
}

interface SectionProps {
  /** Address of the case, without the last slash. */
  address: string;
  csrf: string;
  seen: number;
  pause: Pause | undefined;
  /** May this officer do it, now? */
  mayPause: boolean;
  typed: { reason: string; until: string };
  register: Register;
}

/** 保留: that it waits, for what and until when; or the form that lets it wait. */
export function PauseSection({ address, csrf, seen, pause, mayPause, typed, register }: SectionProps) {
  const hidden = (
    <>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="seen" value={String(seen)} />
    </>
  );
  if (pause !== undefined)
    return (
      <Notice kind="check" title={pauseTexts.paused}>
        <p class="officers-words">{markText(pause.reason)}</p>
        <P
          w={
            pause.until === null
              ? pauseTexts.open
              : fill(pauseTexts.by, { day: formatDay(pause.until, register) })
          }
        />
        {mayPause ? (
          <form method="post" action={`${address}/pause`} id="pause">
            {hidden}
            <Button label={pauseTexts.resume} kind="secondary" name="pause" value="no" />
          </form>
        ) : null}
      </Notice>
    );
  if (!mayPause) return null;
  return (
    <Details summary={pauseTexts.pause} open={typed.reason !== '' || typed.until !== ''}>
      <form method="post" action={`${address}/pause`} id="pause">
        {hidden}
        <P w={pauseTexts.lead} quiet />
        <TextInput
          name="pauseReason"
          label={pauseTexts.reason}
          hint={pauseTexts.reasonHint}
          rows={2}
          maxLength={2000}
          required
          value={typed.reason}
        />
        <TextInput
          name="pauseUntil"
          label={pauseTexts.until}
          hint={pauseTexts.untilHint}
          width="medium"
          value={typed.until}
        />
        <Button label={pauseTexts.pause} kind="secondary" name="pause" value="yes" />
      </form>
    </Details>
  );
}
