import { type ComparedRow, type Comparison, compareCard, type Finding, type Shape } from '@madoguchi/card';
import { cardOptions, channelOf } from '../cli/card-option.js';
import type { Command } from '../cli/command.js';

const verdicts: Record<Finding['verdict'], string> = {
  confirmed: '○ 確認',
  refuted: '× ちがう',
  unseen: '－ 不明',
};
const marks: Record<ComparedRow['mark'], string> = {
  verified: '確か',
  'secondary source': '出どころ一つ',
  assumption: '推測',
};

function shapeText({ sw, data, tags }: Shape): string {
  return [sw, data === '0' ? '' : `データ ${data} バイト`, tags ?? '']
    .filter((part) => part !== '')
    .join(' ');
}

/** What a person sees: the differences, then what the card says about things that are not sure. */
function lines({ medium, rows, findings }: Comparison, all: boolean): string[] {
  const different = rows.filter((row) => !row.same);
  const shown = all ? rows : different;
  return [
    `カードの種類 (medium): ${medium}`,
    `${rows.length} 項目を比べ、${rows.length - different.length} 項目が同じ、${different.length} 項目がちがいます。` +
      `(${rows.length} rows, ${different.length} differ)`,
    ...shown.flatMap((row) => [
      `${row.same ? '  ' : '* '}${row.ja} / ${row.en}`,
      row.same
        ? `      同じ: ${shapeText(row.card)}`
        : `      このカード ${shapeText(row.card)} ／ 仮想カード ${shapeText(row.virtual)}（記述の確かさ: ${marks[row.mark]}, ${row.mark}）`,
    ]),
    '',
    '確かでない記述について、このカードが示したこと (what this card says about what is not sure):',
    ...findings.map(({ verdict, ja, en }) => `  ${verdicts[verdict]}  ${ja} / ${en}`),
    '',
    'この報告には、氏名・番号・証明書などの値は入っていません。暗証番号は送っていません。',
    'No value of the card is in this report, and no PIN was sent: it can be shown to anybody.',
  ];
}

/** Compares a card with the virtual one, by harmless commands alone. Exit code 1 when they differ. */
export const cardCompare: Command = {
  options: { ...cardOptions, all: { type: 'boolean' }, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const channel = await channelOf(values);
    const comparison = await channel.withCard(compareCard);
    if (values.json === true) printJson(comparison);
    else for (const line of lines(comparison, values.all === true)) print(line);
    return comparison.rows.every((row) => row.same) ? 'good' : 'no';
  },
};
