import { fileURLToPath } from 'node:url';
import { formatDate } from '@madoguchi/ui';
import { findMunicipality } from '../places.js';
import type { CounterResident } from '../register/find.js';
import type { ActKind } from './acts.js';
import type { Typeset } from './copy.js';
import { letterKinds, letterKindWords } from './letter-form.js';
import type { SentLetter } from './letters.js';
import { telephone } from './words.js';

const template = fileURLToPath(new URL('../../assets/letter-of-inquiry.typ', import.meta.url));

/** Who writes to whom and when, as every letter in such an envelope begins. */
export function letterHead(resident: CounterResident, at: Date) {
  const city = findMunicipality(resident.municipality)?.name ?? '';
  return {
    office: `${city}長`,
    section: `${city} 市民課（見本）　電話 ${telephone}`,
    made: formatDate(at, 'ja'),
    address: resident.address.split('\u3000'),
    name: resident.name,
  };
}

/**
 * 照会書 with the answer (回答書) on its second page, A4 for an envelope with a window: the address block lies 20 mm from the left and
 * between 12 and 47 mm from the top (長形3号, folded in three), with nothing else in the window.
 */
export function letterPdf(
  typeset: Typeset,
  resident: CounterResident,
  kinds: readonly ActKind[],
  letter: SentLetter,
): Uint8Array {
  return typeset(
    template,
    {
      ...letterHead(resident, letter.sentAt),
      title: '照会書',
      answer: '回答書',
      until: formatDate(letter.until, 'ja'),
      number: letter.number,
      kinds: letterKinds.map((kind) => ({ label: letterKindWords[kind].ja, asked: kinds.includes(kind) })),
    },
    letter.sentAt,
  );
}
