import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isSafeEntryName, signCades, writeAsic } from '@madoguchi/pki';
import { cardOptions, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError, optional, required, type Values } from '../cli/command.js';
import { readInput } from '../cli/input.js';
import { pinOptions, readPin } from '../cli/pin.js';

type Form = 'asic' | 'cades';

function formOf(values: Values): Form {
  const as = required(values, 'as');
  if (as === 'pdf' || as === 'xml')
    throw new CommandError('usage', `--as ${as} is not built yet: use asic or cades.`);
  if (as !== 'asic' && as !== 'cades') throw new CommandError('usage', `--as is ${as}: use asic or cades.`);
  const level = optional(values, 'level') ?? 'B';
  if (level !== 'B') throw new CommandError('usage', `--level ${level} is not built yet: use B.`);
  if (values.timestamp !== undefined) throw new CommandError('usage', '--timestamp is not built yet.');
  return as;
}

/** Everything that can be wrong is told before a PIN is asked for. */
function filesOf(form: Form, words: readonly string[]): { name: string; bytes: Uint8Array }[] {
  if (words.length === 0) throw new CommandError('usage', 'Which file? Give at least one.');
  if (form === 'cades' && words.length > 1)
    throw new CommandError(
      'usage',
      '--as cades signs one file; put several into one container with --as asic.',
    );
  const files = words.map((word) => ({ name: path.basename(word), bytes: readInput(word) }));
  if (form === 'asic') {
    for (const { name } of files) {
      if (!isSafeEntryName(name))
        throw new CommandError('usage', `“${name}” cannot be the name of a file in a container.`);
    }
    if (new Set(files.map(({ name }) => name)).size < files.length)
      throw new CommandError('usage', 'Two of the files have the same name.');
  }
  return files;
}

/** Signs with the card's signature key: one PIN, two short visits, each leaves the card locked. */
export const sign: Command = {
  options: {
    as: { type: 'string' },
    detached: { type: 'boolean' },
    level: { type: 'string' },
    timestamp: { type: 'string' },
    ...cardOptions,
    ...pinOptions,
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, words, print }) => {
    const form = formOf(values);
    const detached = values.detached === true || form === 'asic';
    const output = required(values, 'output');
    const files = filesOf(form, words);
    const session = await sessionOf(values);
    const pin = await readPin(values, '署名用パスワード（英数字6〜16文字）');
    const signerCertificate = await session.readCertificate('sign', pin);
    const issuer = await session.readCertificate('sign-ca');
    const signature = (content: Uint8Array) =>
      signCades({
        content,
        detached,
        signerCertificate,
        certificates: [issuer],
        signingTime: new Date(),
        algorithm: 'rsa-sha256',
        sign: (attributes) => session.sign('sign', pin, attributes),
      });
    const [first] = files;
    const bytes =
      form === 'asic' || first === undefined
        ? await writeAsic({ files, sign: signature })
        : await signature(first.bytes);
    if (output === '-') process.stdout.write(bytes);
    else {
      writeFileSync(output, bytes);
      print(
        `${output}: ${bytes.length} bytes, signed (${form}${detached && form === 'cades' ? ', detached' : ''}).`,
      );
    }
    return 'good';
  },
};
