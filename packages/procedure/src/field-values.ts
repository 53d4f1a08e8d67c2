import { parseDay } from '@madoguchi/ui/words';
import { asciiForm } from './ascii-form.js';
import { hasCorporateCheckDigit } from './corporate-number.js';
import { drawDate, drawMonth, drawYear, isRealDate, readMonth, readYear } from './dates.js';
import { chosen } from './definition/conditions.js';
import type { Field, FieldKind } from './definition/fields.js';
import { isWellFormed } from './json.js';
import { markText } from './marks.js';
import { say, type Words } from './words.js';

/** How one kind of field reads what was typed and shows what was signed. */
interface FieldValue {
  /** Brings the typed text into the form that is signed. Only what cannot change a meaning: full-width digits, line ends. */
  tidy(typed: string, field: Field): string;
  /** The fault of a tidy, non-empty value, in words; undefined when it is good. */
  fault(value: string, field: Field): Words | undefined;
  draw(value: string, field: Field): Words | string;
}

const asTyped = (typed: string) => typed.replace(/\r\n?/g, '\n');
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

/** 1.50 is 1.5, and 1.0 is 1. Whatever was typed costs no more than its length. */
function withoutLastZeros(typed: string): string {
  const [, whole, places] = /^(\d+)\.(\d*)$/.exec(typed) ?? [];
  if (whole === undefined || places === undefined) return typed;
  let kept = places.length;
  while (places[kept - 1] === '0') kept -= 1;
  return kept === 0 ? whole : `${whole}.${places.slice(0, kept)}`;
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
  choices: {
    // In the order of the definition, each once, whatever the order of ticking.
    tidy: (typed, field) => {
      const ticked = chosen(typed);
      const values = (field.options ?? [])
        .map(({ value }) => value)
        .filter((value) => ticked.includes(value));
      const strange = ticked.filter((value) => value !== '' && !values.includes(value));
      return [...values, ...strange].join(',');
    },
    fault: (value, field) => {
      const ticked = chosen(value);
      const { min = 1, max = ticked.length } = field;
      if (ticked.some((one) => !field.options?.some((option) => option.value === one)))
        return say(
          `「${field.label.ja}」を、示された中から選んでください。`,
          'しめされた なかから えらんで ください。',
          'Choose among the options.',
        );
      if (ticked.length >= min && ticked.length <= max) return undefined;
      return say(
        `「${field.label.ja}」は${min}つから${max}つまで選んでください。`,
        `${min}つから ${max}つまで えらんで ください。`,
        `Choose from ${min} to ${max}.`,
      );
    },
    draw: (value, field) => {
      const labels = chosen(value).map((one) => field.options?.find((option) => option.value === one)?.label);
      if (labels.some((label) => label === undefined)) return markText(value);
      const join = (register: keyof Words, between: string) =>
        labels.map((label) => label?.[register] ?? '').join(between);
      return say(join('ja', '・'), join('jaEasy', '・'), join('en', ', '));
    },
  },
  consent: {
    tidy: (typed) => (typed === '' ? '' : 'yes'),
    fault: () => undefined,
    draw: (value) => (value === 'yes' ? say('はい', 'はい', 'Yes') : markText(value)),
  },
  number: { tidy: asciiForm, fault: numberFault, draw: withUnit },
  decimal: {
    tidy: (typed) => withoutLastZeros(asciiForm(typed)),
    fault: decimalFault,
    draw: withUnit,
  },
  total: {
    tidy: (typed) => typed,
    fault: () => undefined,
    draw: (value, field) => (field.as === 'number' ? withUnit(value, field) : drawMoney(value)),
  },
  money: {
    tidy: (typed) => asciiForm(typed).replace(/[,¥\\円]/g, ''),
    fault: numberFault,
    draw: drawMoney,
  },
  date: {
    // 令和8年12月1日, 2026/12/1 and 2026-12-01 are one day.
    tidy: (typed) => parseDay(typed) ?? asciiForm(typed),
    fault: dateFault,
    draw: (value) => (isRealDate(value) ? drawDate(value) : markText(value)),
  },
  month: {
    tidy: (typed) => readMonth(asciiForm(typed)) ?? asciiForm(typed),
    fault: (value) =>
      readMonth(value) === value
        ? undefined
        : say(
            '年と月を書いてください（例: 令和8年4月、2026-04）。',
            '年と 月を 書いて ください（例: 2026-04）。',
            'Enter a year and a month, for example 2026-04.',
          ),
    draw: (value) => (readMonth(value) === value ? drawMonth(value) : markText(value)),
  },
  year: {
    tidy: (typed) => readYear(asciiForm(typed)) ?? asciiForm(typed),
    fault: (value, field) => {
      const { min = 1868, max = 2200 } = field;
      if (readYear(value) === value && Number(value) >= min && Number(value) <= max) return undefined;
      return say(
        '年を書いてください（例: 令和8年、2026）。',
        '年を 書いて ください（例: 2026）。',
        'Enter a year, for example 2026.',
      );
    },
    draw: (value) => (readYear(value) === value ? drawYear(value) : markText(value)),
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
  postcode: {
    // 〒100-0001, 1000001 and １００－０００１ are one code.
    tidy: (typed) =>
      asciiForm(typed)
        .replace(/^〒\s*/, '')
        .replace(/^([0-9]{3})-?([0-9]{4})$/, '$1-$2'),
    fault: (value) =>
      /^[0-9]{3}-[0-9]{4}$/.test(value)
        ? undefined
        : say(
            '郵便番号を7けたの数字で書いてください（例: 990-0001）。',
            '{郵便番号|ゆうびんばんごう}を 7けたの 数字で 書いて ください。',
            'Enter the post code: 7 digits, for example 990-0001.',
          ),
    draw: (value) => `〒${markText(value)}`,
  },
  digits: {
    tidy: (typed) => asciiForm(typed).replace(/[ -]/g, ''),
    fault: digitsFault,
    draw: drawText,
  },
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

/** An amount in yen as applications show it. */
function drawMoney(value: string): Words {
  const [, sign = '', digits] = /^(-?)(0|[1-9][0-9]*)$/.exec(value) ?? [];
  // △ is how Japanese accounts write a minus.
  const grouped = digits === undefined ? markText(value) : digits.replace(/\B(?=([0-9]{3})+(?![0-9]))/g, ',');
  const minus = sign === '' ? '' : '△';
  return say(`${minus}${grouped}円`, `${minus}${grouped}円`, `${sign}${grouped} yen`);
}

function decimalFault(value: string, field: Field): Words | undefined {
  const { min = 0, max = 999_999_999, decimals = 2 } = field;
  const [, , fraction = ''] = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]+))?$/.exec(value) ?? [
    undefined,
    undefined,
    'x'.repeat(9),
  ];
  if (fraction.length <= decimals && Number(value) >= min && Number(value) <= max) return undefined;
  return say(
    `「${field.label.ja}」は${min}から${max}までの数字（小数点の下は${decimals}けたまで）で書いてください。`,
    `${min}から ${max}までの 数字を 書いて ください（{小数|しょうすう}は ${decimals}けたまで）。`,
    `Enter a number from ${min} to ${max} with at most ${decimals} decimals.`,
  );
}

function dateFault(value: string, field: Field): Words | undefined {
  if (!isRealDate(value))
    return say(
      '年・月・日を、ある日付で書いてください（例: 令和8年4月1日、2026-04-01）。',
      '年・月・日を 書いて ください（例: 2026-04-01）。',
      'Enter a real date, for example 2026-04-01.',
    );
  const { from, until } = field;
  if (from !== undefined && value < from)
    return say(
      `${drawDate(from).ja}か、それよりあとの日を書いてください。`,
      `${drawDate(from).jaEasy}か、それより あとの 日を 書いて ください。`,
      `Enter ${drawDate(from).en} or a later day.`,
    );
  if (until !== undefined && value > until)
    return say(
      `${drawDate(until).ja}か、それより前の日を書いてください。`,
      `${drawDate(until).jaEasy}か、それより まえの 日を 書いて ください。`,
      `Enter ${drawDate(until).en} or an earlier day.`,
    );
  return undefined;
}

function digitsFault(value: string, field: Field): Words | undefined {
  const { lengths } = field;
  const counted = /^[0-9]{1,30}$/.test(value) && (lengths === undefined || lengths.includes(value.length));
  if (!counted) {
    const count = lengths === undefined ? '' : lengths.join('・');
    return say(
      count === '' ? '数字で書いてください。' : `${count}けたの数字で書いてください。`,
      count === '' ? '数字で 書いて ください。' : `${count}けたの 数字で 書いて ください。`,
      count === '' ? 'Use digits.' : `Enter ${lengths?.join(' or ')} digits.`,
    );
  }
  if (field.checkDigit === 'corporate' && !hasCorporateCheckDigit(value))
    return say(
      '番号に書きちがいがあります。もう一度確かめてください。',
      '{番号|ばんごう}が ちがいます。もういちど たしかめて ください。',
      'There is a slip in this number. Check it once more.',
    );
  return undefined;
}

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
