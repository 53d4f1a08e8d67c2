import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CardError, connectVpcd, type OpenCard, openCardImage, type VpcdLink } from '@madoguchi/card';
import { listReaders } from '@madoguchi/client/card';
import { imageKeyFor } from '../cli/card-option.js';
import { cardSettingsOf, settingOption } from '../cli/card-settings-option.js';
import { type Command, CommandError, optional } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { createLifecycle, type Lifecycle } from '../start/lifecycle.js';

const defaultPort = 35963;

interface Place {
  readonly host: string;
  readonly port: number;
}

function placeOption(text: string | undefined): Place {
  if (text === undefined) return { host: '127.0.0.1', port: defaultPort };
  const match = /^(.*):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[2]) > 65535) {
    throw new CommandError('usage', `--vpcd is ${text}: write HOST:PORT, for example 127.0.0.1:35963.`);
  }
  return { host: match[1] || '127.0.0.1', port: Number(match[2]) };
}

function words(error: CardError, { host, port }: Place): CommandError {
  const at = `${host}:${port}`;
  return new CommandError(
    'unavailable',
    error.code === 'taken'
      ? `仮想リーダー ${at} には、ほかのカードが入っています。\nAnother card sits in the virtual reader at ${at}: stop the program that put it there, or choose another reader with --vpcd.`
      : `仮想リーダー ${at} が答えません。pcscd と vsmartcard-vpcd が動いているか確かめてください。\nNo virtual reader answers at ${at}. Install vsmartcard-vpcd and start pcscd (sudo pcscd -f, or systemctl start pcscd).`,
  );
}

async function connect(card: OpenCard, place: Place, signal: AbortSignal): Promise<VpcdLink> {
  const link = await connectVpcd(card, { ...place, signal });
  try {
    await link.ready;
    return link;
  } catch (error) {
    await link.closed;
    throw error;
  }
}

const wakeMs = 600;
const retryMs = 500;

/** A pcscd that its socket starts is woken by asking it for readers; only then does vpcd listen. Then the port has a moment. */
async function firstConnect(card: OpenCard, place: Place, signal: AbortSignal): Promise<VpcdLink> {
  try {
    return await connect(card, place, signal);
  } catch (error) {
    if (!(error instanceof CardError) || error.code !== 'refused') throw error;
    await Promise.race([listReaders().catch(() => undefined), pause(wakeMs)]);
    return connect(card, place, signal);
  }
}

/** Puts the card in again when the daemon comes back; whoever took the slot meanwhile keeps it. */
async function reconnect(card: OpenCard, place: Place, signal: AbortSignal): Promise<VpcdLink | undefined> {
  while (!signal.aborted) {
    try {
      return await connect(card, place, signal);
    } catch (error) {
      if (!(error instanceof CardError) || error.code !== 'refused') throw error;
    }
    await pause(retryMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

interface Seat {
  readonly card: OpenCard;
  readonly place: Place;
  link: VpcdLink;
}

/** Watches one reader until the command stops; tells when the daemon goes and when the card is in again. */
async function watch(seat: Seat, lifecycle: Lifecycle, ready: () => void): Promise<void> {
  const { signal } = lifecycle;
  for (;;) {
    await seat.link.closed;
    if (signal.aborted) return;
    process.stderr.write(
      `madoguchi: ${seat.place.host}:${seat.place.port} pcscd が止まりました。戻るまで待ちます。 / The reader went away; waiting for pcscd to come back.\n`,
    );
    const link = await reconnect(seat.card, seat.place, signal);
    if (link === undefined) return;
    seat.link = link;
    ready();
  }
}

/** Puts card images into readers of pcscd until it is stopped: the first at the given place, more at the next ports. */
export const cardServe: Command = {
  options: { ...dataOption, ...settingOption, vpcd: { type: 'string' } },
  run: async ({ values, words: files, print }) => {
    if (files.length === 0) throw new CommandError('usage', 'Which card? Give the card image’s file.');
    const first = placeOption(optional(values, 'vpcd'));
    const settings = cardSettingsOf(values);
    const lifecycle = createLifecycle((line) => process.stderr.write(`${line}\n`));
    const seats = await lifecycle.starting(async () => {
      const taken: Seat[] = [];
      for (const [index, file] of files.entries()) {
        const image = path.resolve(file);
        const place = { host: first.host, port: first.port + index };
        const card = await openCardImage(image, { imageKey: await imageKeyFor(image, values), settings });
        lifecycle.onStop('card image', () => card.close());
        try {
          taken.push({ card, place, link: await firstConnect(card, place, lifecycle.signal) });
        } catch (error) {
          throw error instanceof CardError ? words(error, place) : error;
        }
      }
      return taken;
    });
    if (seats === undefined) return 'good';
    const ready = () => print('ready');
    ready();
    let failure: unknown;
    const watching = seats.map((seat) =>
      watch(seat, lifecycle, ready).catch((error: unknown) => {
        failure ??= error instanceof CardError ? words(error, seat.place) : error;
        lifecycle.stop();
      }),
    );
    await lifecycle.stopped;
    await Promise.all(watching);
    if (failure !== undefined) throw failure;
    return 'good';
  },
};
