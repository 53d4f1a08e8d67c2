/** The visible stamp of a PDF signature: its options, and how it is drawn. */
import { fileURLToPath } from 'node:url';
import type { PdfChoices, StampText } from '@madoguchi/client';
import { CommandError, optional, type Values } from '../cli/command.js';

export const stampOptions = {
  stamp: { type: 'boolean' },
  'stamp-page': { type: 'string' },
  'stamp-at': { type: 'string' },
  field: { type: 'string' },
  reason: { type: 'string' },
} as const;

const template = fileURLToPath(new URL('../../assets/stamp.typ', import.meta.url));

/** What was asked for a PDF; asking for a place asks for the stamp. */
export async function pdfChoicesOf(values: Values): Promise<PdfChoices> {
  const [field, reason] = [optional(values, 'field'), optional(values, 'reason')];
  const [page, at] = [pageOf(optional(values, 'stamp-page')), placeOf(optional(values, 'stamp-at'))];
  const isStamped = values.stamp === true || page !== undefined || at !== undefined;
  if (field !== undefined && (page !== undefined || at !== undefined))
    throw new CommandError(
      'usage',
      'A field has its own place: leave --stamp-page and --stamp-at out with --field.',
    );
  return {
    ...(field === undefined ? {} : { field }),
    ...(reason === undefined ? {} : { reason }),
    ...(isStamped
      ? {
          stamp: {
            draw: await stampPress(),
            ...(page === undefined ? {} : { page }),
            ...(at === undefined ? {} : { at }),
          },
        }
      : {}),
  };
}

function pageOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'last') return -1;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new CommandError('usage', `--stamp-page is ${text}: write a number from 1, or last.`);
}

const pointsInMillimetre = 72 / 25.4;

function placeOf(text: string | undefined): NonNullable<PdfChoices['stamp']>['at'] {
  if (text === undefined) return undefined;
  const [, left, top] = /^(\d{1,5}(?:\.\d{1,3})?),(\d{1,5}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  if (left === undefined || top === undefined)
    throw new CommandError(
      'usage',
      `--stamp-at is ${text}: write millimetres from the left and from the top of the page, e.g. 120,20.`,
    );
  return { left: Number(left) * pointsInMillimetre, top: Number(top) * pointsInMillimetre };
}

/** Loaded when a stamp is wanted: fonts take a moment. */
async function stampPress(): Promise<(text: StampText) => Uint8Array> {
  const { typeset } = await import('../cli/typeset.js');
  return ({ signer, time, authority }) => {
    const data = {
      title: '電子署名',
      lang: 'ja',
      seal: [...'電子署名'],
      rows: [
        { label: '署名者', value: signer },
        { label: '署名日時', value: japaneseTime(time) },
        { label: '認証局', value: authority },
      ],
    };
    return typeset(template, data, time);
  };
}

const japanOffset = 9 * 3_600_000;

function japaneseTime(time: Date): string {
  const [date = '', clock = ''] = new Date(time.getTime() + japanOffset).toISOString().split('T');
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日 ${clock.slice(0, 8)}（日本時間）`;
}
