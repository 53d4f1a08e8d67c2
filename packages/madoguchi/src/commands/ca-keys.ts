/** Keys that others know get no certificate: the list is filled from files, and certificates that live with such a key are named. */
import { blockKeys, readKeyList } from '@madoguchi/ca/authority';
import { type Command, CommandError, type ExitName, required } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { withAuthority } from '../cli/folder.js';
import { readInput } from '../cli/input.js';

const faultWords = {
  'keyList.line':
    'neither 64 hexadecimal digits (SHA-256 of the SubjectPublicKeyInfo) nor the beginning of a PEM block',
  'keyList.block': 'a PEM block in which no key can be read',
  'keyList.empty': 'no key at all',
  'keyList.size': 'more than 64 MB: cut it into several files',
} as const;

export const caBlockKeys: Command = {
  options: {
    ...dataOption,
    why: { type: 'string' },
    revoke: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async ({ values, words, print, printJson }) => {
    const [file] = words;
    if (file === undefined)
      throw new CommandError('usage', 'Which file? madoguchi ca block-keys FILE --why TEXT --data DIR');
    const why = required(values, 'why');
    const read = readKeyList(readInput(file));
    if (!read.ok) {
      if (values.json === true) printJson({ ok: false, faults: read.faults });
      else {
        for (const { line, rule } of read.faults) print(`${file}:${line}: ${faultWords[rule]}`);
        print('何も登録しませんでした。 No key was put on the list.');
      }
      return 'no';
    }
    const { digests } = read;
    return withAuthority<ExitName>(values, async (ca) => {
      const done = await blockKeys(ca.context, digests, {
        why,
        actor: 'operator',
        revokeLiving: values.revoke === true,
      });
      if (values.json === true) printJson({ ok: true, ...done });
      else {
        print(`${done.added} keys are blocked from now on, ${done.known} were already.`);
        for (const alias of done.living) {
          print(
            `${alias}: ${values.revoke === true ? 'revoked (keyCompromise)' : 'a living certificate has such a key'}`,
          );
        }
        if (done.living.length > 0 && values.revoke !== true)
          print('They stay valid until they are revoked: call again with --revoke.');
      }
      return 'good';
    });
  },
};
