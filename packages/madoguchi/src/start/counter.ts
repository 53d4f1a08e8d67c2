/** What the counter of a data folder has: this machine's readers, a stock of cards as images beside those of `card create`, the typesetter. */
import path from 'node:path';
import { typeset } from '@madoguchi/agency';
import { imageCards } from '@madoguchi/ca/authority';
import type { CounterEquipment } from '@madoguchi/ca/web';
import type { Keystore } from '@madoguchi/store';
import { imageKeyOf } from '../cli/folder.js';
import { counterReaders } from './counter-readers.js';

export function counterOf(
  dir: string,
  keystore: Keystore,
): CounterEquipment & Required<Pick<CounterEquipment, 'cards'>> {
  return {
    cards: imageCards({
      dir: path.join(dir, 'cards'),
      imageKey: imageKeyOf(keystore),
      keystore,
      readers: counterReaders,
    }),
    typeset,
  };
}
