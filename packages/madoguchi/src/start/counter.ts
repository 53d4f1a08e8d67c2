/** What the counter of a data folder has: cards as images beside those of `card create`, and the typesetter. */
import path from 'node:path';
import { typeset } from '@madoguchi/agency';
import { type CounterEquipment, imageCards } from '@madoguchi/ca';
import type { Keystore } from '@madoguchi/store';
import { imageKeyOf } from '../cli/folder.js';

export function counterOf(dir: string, keystore: Keystore): CounterEquipment {
  return {
    cards: imageCards({ dir: path.join(dir, 'cards'), imageKey: imageKeyOf(keystore), keystore }),
    typeset,
  };
}
