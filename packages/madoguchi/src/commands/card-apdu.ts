import { splitResponse, statusWordText } from '@madoguchi/card';
import { cardOptions, channelOf } from '../cli/card-option.js';
import { type Command, CommandError } from '../cli/command.js';

/** A 1-byte command looks like a control byte to vpcd and would hang the reader, so it is not sent. */
function apduBytes(hex: string): Uint8Array {
  const digits = hex.replace(/[\s:]/g, '');
  // The word itself is not repeated: it may hold a PIN.
  if (!/^([0-9a-f]{2}){4,}$/i.test(digits))
    throw new CommandError('usage', 'A command is at least 4 bytes in hexadecimal, like 00A4020C020006.');
  return Buffer.from(digits, 'hex');
}

/** VERIFY, the changes of a PIN, and setting one: what they carry is never shown. */
const secretInstructions = [0x20, 0x24, 0x2c, 0x32];

interface Exchange {
  readonly command: string;
  readonly data: string;
  readonly sw: string;
  readonly ja: string;
  readonly en: string;
}

function shown(command: Uint8Array): string {
  const secret = secretInstructions.includes(command[1] ?? 0) && command.length > 5;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return secret ? `${hex(command.subarray(0, 5))} **` : hex(command);
}

export const cardApdu: Command = {
  options: { ...cardOptions, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    if (words.length === 0) throw new CommandError('usage', 'Which command? Give it in hexadecimal.');
    const commands = words.map(apduBytes);
    const channel = await channelOf(values);
    const exchanges: Exchange[] = [];
    let good = true;
    await channel.withCard(async (transmit) => {
      for (const command of commands) {
        const answer = splitResponse(await transmit(command));
        if (answer === undefined)
          throw new CommandError('unavailable', 'カードから答えがありません。\nThe card gave no answer.');
        const asked = command[1] === 0x20 && command.length <= 5;
        const { ja, en } = statusWordText(answer.status, asked);
        const sw = answer.status.sw.toString(16).toUpperCase().padStart(4, '0');
        const exchange = {
          command: shown(command),
          data: Buffer.from(answer.data).toString('hex'),
          sw,
          ja,
          en,
        };
        exchanges.push(exchange);
        good = answer.status.kind === 'ok';
        if (values.json === true) continue;
        print(`> ${exchange.command}`);
        if (exchange.data !== '') print(`< ${exchange.data}`);
        print(`  ${sw}  ${ja} / ${en}`);
      }
    });
    if (values.json === true) printJson(exchanges);
    return good ? 'good' : 'no';
  },
};
