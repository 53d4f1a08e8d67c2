import { markText } from '@madoguchi/procedure';
import {
  Button,
  ButtonRow,
  CheckboxGroup,
  type FieldError,
  H2,
  Notice,
  P,
  T,
  Table,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { MatchFault, MatchVerdict } from '../links/decide-match.js';
import type { Resident } from '../verification/residents.js';
import { identityWords } from '../verification/words.js';

/** What the page says where an officer decides a near match. */
const matchTexts = {
  title: { ja: '照合を判断する', jaEasy: '{同|おな}じ {人|ひと}か {決|き}める', en: 'Decide the match' },
  lead: {
    ja: '証明書と住民記録のちがいを見て、同じ人かどうかを判断します。判断は、あなたの行為として理由とともに残ります。同じ人なら、この証明書と住民が結びつき、次の申請からはすぐに分かります。',
    jaEasy: '{同|おな}じ {人|ひと}か、{理由|りゆう}を {書|か}いて {決|き}めて ください。',
    en: 'Look at what differs between the certificate and the record, and decide whether it is one person. It stands as your act, with the reason. If so, certificate and resident are linked, and later applications find the resident at once.',
  },
  none: {
    ja: '住民記録に候補が見つかりません。調べて分かったときは、住民の番号を書いてください。',
    jaEasy: '{記録|きろく}に いません。{番号|ばんごう}が わかる ときは {書|か}いて ください。',
    en: 'Nobody was found on record. If you found out who it is, give the resident’s number.',
  },
  differences: { ja: 'ちがうところ', jaEasy: 'ちがう ところ', en: 'What differs' },
  item: { ja: '項目', jaEasy: '{項目|こうもく}', en: 'Item' },
  certificate: { ja: '証明書', jaEasy: '{証明書|しょうめいしょ}', en: 'Certificate' },
  record: { ja: '住民記録', jaEasy: '{住民|じゅうみん}の {記録|きろく}', en: 'Resident record' },
  resident: { ja: '住民の番号', jaEasy: '{住民|じゅうみん}の {番号|ばんごう}', en: 'Resident’s number' },
  reason: { ja: '判断の理由', jaEasy: '{理由|りゆう}', en: 'Why' },
  reasonHint: {
    ja: '例: 戸籍の附票で、前の住所からの転居を確かめた。申請者には伝わりません',
    jaEasy: '{何|なに}を {調|しら}べたか {書|か}いて ください。',
    en: 'For example: the move from the earlier address was checked in the family register. Not told to the applicant',
  },
  lasting: {
    ja: '証明書が新しくなっても、このちがいは同じ人とみなす',
    jaEasy: 'つぎの {証明書|しょうめいしょ}でも {同|おな}じ {人|ひと}と する',
    en: 'Treat these differences as the same person with the next certificate too',
  },
  remember: { ja: '覚える', jaEasy: 'おぼえる', en: 'Remember' },
} as const satisfies Record<string, Words>;

export const verdictWords: Record<MatchVerdict, Words> = {
  same: {
    ja: '同じ人と判断する',
    jaEasy: '{同|おな}じ {人|ひと}だと {決|き}める',
    en: 'It is the same person',
  },
  different: {
    ja: '別の人と判断する',
    jaEasy: 'べつの {人|ひと}だと {決|き}める',
    en: 'It is somebody else',
  },
};

const matchFaultWords: Record<MatchFault, Words> = {
  decided: {
    ja: 'この申請は、もう決まっています。',
    jaEasy: 'もう {決|き}まって います。',
    en: 'This application has already been decided.',
  },
  changed: {
    ja: 'あなたが見ているあいだに、この申請に動きがありました。もう一度判断してください。',
    jaEasy: '{変|か}わりました。もういちど {決|き}めて ください。',
    en: 'Something happened to this application while you looked at it. Decide again.',
  },
  locked: {
    ja: 'ほかの担当者がこの申請を審査しています。引き継いでから判断してください。',
    jaEasy: 'ほかの {人|ひと}が {審査|しんさ}して います。',
    en: 'Somebody else works on this application. Take it over first.',
  },
  reason: {
    ja: '判断の理由を、2000文字までで書いてください。',
    jaEasy: '{理由|りゆう}を {書|か}いて ください。',
    en: 'Write why, within 2000 characters.',
  },
  signature: {
    ja: '署名か証明書が誤りのため、住民と結びつけられません。',
    jaEasy: '{署名|しょめい}か {証明書|しょうめいしょ}が まちがいです。',
    en: 'Signature or certificate is wrong, so it cannot be linked with a resident.',
  },
  nothing: {
    ja: '判断する照合がありません。',
    jaEasy: '{決|き}める ことが ありません。',
    en: 'There is no match to decide.',
  },
  resident: {
    ja: 'この番号の住民は、記録にありません。番号を確かめてください。',
    jaEasy: 'この {番号|ばんごう}の {人|ひと}は いません。',
    en: 'There is no resident of this number on record. Check it.',
  },
};

/** What an officer needs to decide a near match. */
export interface MatchQuestion {
  /** The resident who was found; undefined where nobody was. */
  readonly resident: Resident | undefined;
  /** The items that differ, as they stand in the certificate. */
  readonly differing: readonly { field: 'name' | 'address' | 'birthDate' | 'sex'; certificate: string }[];
}

interface MatchSectionProps {
  readonly question: MatchQuestion;
  readonly action: string;
  readonly csrf: string;
  readonly seen: number;
  readonly typed: { matchReason: string; resident: string };
}

/** 照合を判断する: both sides of what differs, and the officer's word on it. */
export function MatchSection({ question, action, csrf, seen, typed }: MatchSectionProps) {
  const { resident, differing } = question;
  const verdicts: readonly MatchVerdict[] = resident === undefined ? ['same'] : ['same', 'different'];
  return (
    <form method="post" action={action}>
      <H2 w={matchTexts.title} id="match" />
      <P w={matchTexts.lead} quiet />
      {resident === undefined ? (
        <Notice kind="check">
          <P w={matchTexts.none} />
        </Notice>
      ) : (
        <Table
          id="differences"
          stack
          caption={matchTexts.differences}
          head={[matchTexts.item, matchTexts.certificate, matchTexts.record]}
          rows={differing.map(({ field, certificate }) => [
            <T w={identityWords.fields[field]} />,
            markText(certificate),
            markText(resident[field]),
          ])}
        />
      )}
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="seen" value={String(seen)} />
      {resident === undefined ? (
        <TextInput
          name="resident"
          label={matchTexts.resident}
          width="medium"
          required
          value={typed.resident}
          autocomplete="off"
        />
      ) : null}
      <TextInput
        name="matchReason"
        label={matchTexts.reason}
        hint={matchTexts.reasonHint}
        required
        rows={2}
        maxLength={2000}
        value={typed.matchReason}
      />
      {resident === undefined ? null : (
        <CheckboxGroup
          name="lasting"
          label={matchTexts.remember}
          values={[]}
          options={[{ value: 'yes', label: matchTexts.lasting }]}
        />
      )}
      <ButtonRow>
        {verdicts.map((verdict) => (
          <Button label={verdictWords[verdict]} kind="secondary" name="verdict" value={verdict} />
        ))}
      </ButtonRow>
    </form>
  );
}

/** Which field of the form a fault is about. */
export function matchError(fault: MatchFault): FieldError {
  return { field: fault === 'resident' ? 'resident' : 'matchReason', message: matchFaultWords[fault] };
}
