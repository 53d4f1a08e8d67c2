import { parseDay } from '@madoguchi/ui';
import { drawDate, isRealDate } from './dates.js';
import type { Field, FieldKind } from './definition.js';
import { isWellFormed } from './json.js';
import { markText } from './marks.js';
import { say, type Words } from './words.js';

/** How one kind of field reads what was typed and shows what was signed. */
interface FieldValue {
  /** Brings the typed text into the form that is signed. Only what cannot change a meaning: full-width digits, line ends. */
  tidy(typed: string): string;
  /** The fault of a tidy, non-empty value, in words; undefined when it is good. */
  fault(value: string, field: Field): Words | undefined;
  draw(value: string, field: Field): Words | string;
}

const asTyped = (typed: string) => typed.replace(/\r\n?/g, '\n');
const asciiForm = (typed: string) =>
  typed
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[ー−‐―]/g, '-')
    .trim();
const drawText = (value: string) => markText(value);

const wholeNumber = /^(0|[1-9][0-9]{0,14})$/;

function lengthFault(value: string, field: Field, fallback: number): Words | undefined {
  const most = field.maxLength ?? fallback;
  if (value.length <= most) return undefined;
  return say(
    `「${field.label.ja}」は${most}文字までで書いてください。`,
    `${most}{文字|もじ}までで 書いて ください。`,
    `Use ${most} characters or fewer.`,
  );
}

function singleLine(value: string, field: Field): Words | undefined {
  if (/[\p{Cc}]/u.test(value))
    return say(
      `「${field.label.ja}」に、使えない文字（改行など）が入っています。`,
      'つかえない 文字が あります。',
      'There is a character that cannot be used, such as a line break.',
    );
  return lengthFault(value, field, 200);
}

function numberFault(value: string, field: Field): Words | undefined {
  const { min = 0, max = 999_999_999_999_999 } = field;
  if (wholeNumber.test(value) && Number(value) >= min && Number(value) <= max) return undefined;
  return say(
    `「${field.label.ja}」は${min}から${max}までの数字で書いてください。`,
    `${min}から ${max}までの 数字を 書いて ください。`,
    `Enter a number from ${min} to ${max}.`,
  );
}

const text: FieldValue = { tidy: asTyped, fault: singleLine, draw: drawText };

export const fieldValues: Record<FieldKind, FieldValue> = {
  choice: {
    tidy: (typed) => typed,
    fault: (value, field) =>
      field.options?.some((option) => option.value === value)
        ? undefined
        : say(
            `「${field.label.ja}」を、示された中から選んでください。`,
            'ひとつ えらんで ください。',
            'Choose one of the options.',
          ),
    draw: (value, field) => field.options?.find((option) => option.value === value)?.label ?? markText(value),
  },
  number: { tidy: asciiForm, fault: numberFault, draw: withUnit },
  money: {
    tidy: (typed) => asciiForm(typed).replace(/[,¥\\円]/g, ''),
    fault: numberFault,
    draw: (value) => {
      const grouped = wholeNumber.test(value)
        ? value.replace(/\B(?=([0-9]{3})+(?![0-9]))/g, ',')
        : markText(value);
      return say(`${grouped}円`, `${grouped}円`, `${grouped} yen`);
    },
  },
  date: {
    // 令和8年12月1日, 2026/12/1 and 2026-12-01 are one day.
    tidy: (typed) => parseDay(typed) ?? asciiForm(typed),
    fault: (value) =>
      isRealDate(value)
        ? undefined
        : say(
            '年・月・日を、ある日付で書いてください（例: 令和8年4月1日、2026-04-01）。',
            '年・月・日を 書いて ください（例: 2026-04-01）。',
            'Enter a real date, for example 2026-04-01.',
          ),
    draw: (value) => (isRealDate(value) ? drawDate(value) : markText(value)),
  },
  text,
  longText: {
    tidy: asTyped,
    fault: (value, field) =>
      /(?!\n)\p{Cc}/u.test(value) ? singleLine(value, field) : lengthFault(value, field, 2000),
    draw: drawText,
  },
  name: text,
  kana: {
    ...text,
    fault: (value, field) =>
      /^[\u3041-\u3096\u30a1-\u30fe\u3000 ]+$/.test(value)
        ? singleLine(value, field)
        : say(
            `「${field.label.ja}」は、ひらがなか カタカナで書いてください。`,
            'ひらがなか カタカナで 書いて ください。',
            'Use hiragana or katakana.',
          ),
  },
  address: text,
  telephone: {
    tidy: asciiForm,
    fault: (value) =>
      /^\+?[0-9][0-9-]{5,18}$/.test(value)
        ? undefined
        : say(
            '電話番号を数字で書いてください（例: 099-000-0000）。',
            '電話番号を 数字で 書いて ください。',
            'Enter a telephone number in digits.',
          ),
    draw: drawText,
  },
  email: {
    tidy: asciiForm,
    fault: (value) =>
      /^[^\s@,;<>"]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}$/.test(value)
        ? undefined
        : say(
            'メールアドレスの形を確かめてください（例: name@example.jp）。',
            'メールアドレスを たしかめて ください。',
            'Check the e-mail address, for example name@example.jp.',
          ),
    draw: drawText,
  },
};

function withUnit(value: string, field: Field): Words | string {
  if (!field.unit) return markText(value);
  const { ja, jaEasy, en } = field.unit;
  const shown = markText(value);
  return say(`${shown}${ja}`, `${shown}${jaEasy}`, `${shown} ${en}`);
}

/** What no kind may hold: text without a UTF-8 form. */
export function unreadable(value: string): boolean {
  return !isWellFormed(value);
}
