/** A reader and what lies in it, in one line for a person. */
import {
  type CardKind,
  ClientError,
  explainClientError,
  foreignCardNames,
  type ReaderInfo,
  type ReaderList,
} from '@madoguchi/client/card';
import type { Register, Words } from '@madoguchi/ui';
import { say } from './language.js';

const kindWords: Record<CardKind, Words> = {
  'my-number-card': { ja: 'マイナンバーカード', jaEasy: 'マイナンバーカード', en: 'My Number Card' },
  'next-card': {
    ja: '次期個人番号カード（試作）',
    jaEasy: '{次|つぎ}の カード（ためし）',
    en: 'next Individual Number Card (draft)',
  },
  jukicard: {
    ja: '住民基本台帳カード（使えません）',
    jaEasy: '{古|ふる}い {住基|じゅうき}カード（{使|つか}えません）',
    en: 'old Resident Register Card (of no use)',
  },
  android: { ja: 'スマートフォン（Android）', jaEasy: 'スマホ（Android）', en: 'smartphone (Android)' },
  ios: { ja: 'スマートフォン（iPhone）', jaEasy: 'スマホ（iPhone）', en: 'smartphone (iPhone)' },
  other: { ja: '別の種類のカード', jaEasy: 'ほかの カード', en: 'another kind of card' },
};

const own: Record<'empty' | 'busy' | 'mute' | 'unread', Words> = {
  empty: { ja: 'カードなし', jaEasy: 'カードが ありません', en: 'no card' },
  busy: {
    ja: 'カードあり（ほかのプログラムが使用中）',
    jaEasy: 'ほかの プログラムが {使|つか}って います',
    en: 'a card, in use by another program',
  },
  mute: {
    ja: 'カードが答えません（裏表か向きがちがうようです）',
    jaEasy: 'カードが {読|よ}めません（むきを {見|み}て ください）',
    en: 'the card does not answer (probably the wrong way round)',
  },
  unread: {
    ja: 'カードあり（読めません）',
    jaEasy: 'カードが {読|よ}めません',
    en: 'a card that cannot be read',
  },
};

function cardIn({ cardPresent, kind, foreign, trouble }: ReaderInfo): Words {
  if (!cardPresent) return own.empty;
  if (foreign !== undefined && foreign !== 'unknown') return foreignCardNames[foreign];
  if (kind !== undefined) return kindWords[kind];
  return own[trouble ?? 'unread'];
}

function readerLine(reader: ReaderInfo, register: Register): string {
  return `${reader.name}: ${say(cardIn(reader), register)}`;
}

/** Why there is nothing to list: what it means and the next step; undefined when there are readers. */
export function listTrouble(list: ReaderList): ClientError | undefined {
  if (list.service === 'absent-library') return new ClientError('no-library');
  if (list.service === 'stopped') return new ClientError('service-stopped');
  return list.readers.length === 0 ? new ClientError('no-reader') : undefined;
}

/** The whole list in lines, or what is missing and how to mend it. */
export function listLines(list: ReaderList, register: Register): string[] {
  const trouble = listTrouble(list);
  if (trouble === undefined) return list.readers.map((reader) => readerLine(reader, register));
  const { what, next } = explainClientError(trouble);
  return [say(what, register), `  → ${say(next, register)}`];
}
