import path from 'node:path';
import { connectVpcd, openCardImage } from '@madoguchi/card';
import { imageKeyFor } from '../cli/card-option.js';
import { type Command, CommandError, optional } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { createLifecycle } from '../start/lifecycle.js';

const defaultPort = 35963;

function placeOption(text: string | undefined): { host: string; port: number } {
  if (text === undefined) return { host: '127.0.0.1', port: defaultPort };
  const match = /^(.*):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[2]) > 65535) {
    throw new CommandError('usage', `--vpcd is ${text}: write HOST:PORT, for example 127.0.0.1:35963.`);
  }
  return { host: match[1] || '127.0.0.1', port: Number(match[2]) };
}

/** Puts a card image into a reader of pcscd until it is stopped. */
export const cardServe: Command = {
  options: { ...dataOption, vpcd: { type: 'string' } },
  run: async ({ values, words, print }) => {
    const [file] = words;
    if (file === undefined) throw new CommandError('usage', 'Which card? Give the card image’s file.');
    const place = placeOption(optional(values, 'vpcd'));
    const image = path.resolve(file);
    const card = await openCardImage(image, { imageKey: await imageKeyFor(image, values) });
    const lifecycle = createLifecycle((line) => process.stderr.write(`${line}\n`));
    lifecycle.onStop('card image', () => card.close());
    let gone = false;
    const ready = await lifecycle.starting(async () => {
      const link = await connectVpcd(card, place);
      lifecycle.onStop('reader', () => link.close());
      void link.closed.then(() => {
        gone = !lifecycle.signal.aborted;
        lifecycle.stop();
      });
      await link.ready;
      return 'ready';
    });
    if (ready !== undefined) print(ready);
    await lifecycle.stopped;
    if (gone) throw new CommandError('unavailable', 'The reader went away (pcscd has stopped).');
    return 'good';
  },
};
