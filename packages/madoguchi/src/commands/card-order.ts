/** A card made for a resident of the register, to be put into a reader of the counter: there the keys are made and the certificates written. */
import path from 'node:path';
import { orderCard } from '@madoguchi/ca/authority';
import { type Command, type ExitName, required } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { withAuthority } from '../cli/folder.js';
import { counterOf } from '../start/counter.js';

export const cardOrder: Command = {
  options: {
    ...dataOption,
    municipality: { type: 'string' },
    resident: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ values, print, printJson }) => {
    const input = { municipality: required(values, 'municipality'), number: required(values, 'resident') };
    return withAuthority<ExitName>(values, async (ca, { dir, keystore }) => {
      const name = await orderCard(ca, counterOf(dir, keystore).cards, input);
      const file = path.resolve(dir, 'cards', name);
      if (values.json === true) printJson({ file });
      else
        print(
          `${file}: a card without certificates. Put it into a reader with: madoguchi card serve ${file} --data ${dir}`,
        );
      return 'good';
    });
  },
};
