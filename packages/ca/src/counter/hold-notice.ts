import { fileURLToPath } from 'node:url';
import { isUuid } from '@madoguchi/store';
import { formatDate, type Words } from '@madoguchi/ui';
import type { CaContext } from '../context.js';
import { type CounterResident, residentById } from '../register/find.js';
import type { Typeset } from './copy.js';
import { letterHead } from './letter-pdf.js';
import { presenterLabel, reasonLabel } from './record-words.js';
import { telephone } from './words.js';

const template = fileURLToPath(new URL('../../assets/hold-notice.typ', import.meta.url));

/** A hold by telephone, and whom it concerns. */
export interface Hold {
  readonly id: string;
  readonly number: string;
  readonly at: Date;
  readonly reason: string;
  readonly presenter: string;
  readonly resident: CounterResident;
}

/** The hold of that id; only of this municipality where one is given. */
export async function holdById(
  ctx: CaContext,
  id: string,
  municipality: string | undefined,
): Promise<Hold | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await ctx.sql<(Omit<Hold, 'resident'> & { resident: string; municipality: string })[]>`
    select id, number, created_at as at, reason, presenter, resident, municipality from ca.counter_act
    where id = ${id} and kind = 'hold' and state = 'done'
      and (${municipality ?? null}::text is null or municipality = ${municipality ?? null})`;
  const resident = row === undefined ? undefined : await residentById(ctx, row.resident, row.municipality);
  return row === undefined || resident === undefined ? undefined : { ...row, resident };
}

/**
 * 一時停止のお知らせ, to the holder's registered address: a caller who knew the answers may have been somebody else, and then the holder hears of it
 * by a way that the caller does not choose. It tells nothing that its reader has not.
 */
export function holdNotice(typeset: Typeset, { resident, number, at, reason, presenter }: Hold, now: Date) {
  return typeset(
    template,
    {
      ...letterHead(resident, now),
      title: '電子証明書の一時停止のお知らせ',
      telephone,
      rows: [
        ['止めた日時', formatDate(at, 'ja', { time: true })],
        ['受付番号', number],
        ['届出の内容', inJapanese(reasonLabel('hold', reason))],
        ['電話をかけた方', inJapanese(presenterLabel(presenter))],
      ],
    },
    now,
  );
}

const inJapanese = (label: Words | string): string => (typeof label === 'string' ? label : label.ja);
