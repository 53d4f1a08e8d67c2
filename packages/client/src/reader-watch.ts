import { setTimeout as pause } from 'node:timers/promises';
import { ClientError } from './client-error.js';
import { loadPcsc, openPcsc, type PcscLibrary, type PcscLoader } from './pcsc.js';
import { monitorOf, PcscMonitor } from './pcsc-monitor.js';
import { lookAt, type ReaderInfo, type ReaderList, readerChannel, signs } from './reader-channel.js';

interface WatchOptions {
  /** Ends the watch. */
  signal: AbortSignal;
  load?: PcscLoader;
}

/** After news, how long it must be quiet before we look: a reader plugged in reports itself in several steps. */
const quietMs = 80;
/** At the start the service needs a moment to tell of its readers: so long without any means that there are none. */
const emptyMs = 400;
/** A service that is not there is asked for again, and a card that did not tell its kind is looked at again, this often. */
const againMs = 500;

/**
 * The readers now, and again each time something changes: a card put in or taken out, a reader plugged in or out, the service stopped or
 * started. The same list is never told twice in a row. Ends when `signal` fires.
 *
 * @example
 * for await (const list of watchReaders({ signal })) show(list);
 */
export async function* watchReaders({ signal, load = loadPcsc }: WatchOptions): AsyncGenerator<ReaderList> {
  let told = '';
  const isNews = (list: ReaderList) => {
    const text = JSON.stringify(list);
    const news = text !== told;
    told = text;
    return news;
  };
  while (!signal.aborted) {
    const started = await startMonitor(load);
    if (!(started instanceof PcscMonitor)) {
      if (isNews(started)) yield started;
      await pause(againMs, undefined, { signal }).catch(() => undefined);
      continue;
    }
    const monitor = started;
    const seen = new Map<string, Seen>();
    for (;;) {
      await untilQuiet(monitor, signal);
      if (signal.aborted || monitor.failed) break;
      const mark = monitor.lastNews;
      const list = await look(monitor, seen, load);
      if (isNews(list)) yield list;
      const isOpen = list.readers.some((reader) => reader.cardPresent && isUnknown(reader));
      await untilNews(monitor, mark, signal, isOpen ? againMs : undefined);
      if (signal.aborted || monitor.failed) break;
    }
  }
}

async function startMonitor(load: PcscLoader): Promise<PcscMonitor | ReaderList> {
  let library: PcscLibrary;
  try {
    library = await load();
  } catch {
    return { service: 'absent-library', readers: [] };
  }
  try {
    return monitorOf(library);
  } catch {
    return { service: 'stopped', readers: [] };
  }
}

interface Seen {
  visit: number;
  mute: boolean;
  found: Pick<ReaderInfo, 'kind' | 'foreign' | 'trouble'>;
}

/** Held by another program, or gone while we looked at it: worth another look, also when the service tells nothing new. */
function isUnknown({ kind, trouble }: Seen['found']): boolean {
  return trouble === 'busy' || (trouble === undefined && kind === undefined);
}

/** Each card is looked at once: looking is news for the service too, and would never end. */
async function look(monitor: PcscMonitor, seen: Map<string, Seen>, load: PcscLoader): Promise<ReaderList> {
  const readers: ReaderInfo[] = [];
  const open = (name?: string) => openPcsc(name, load);
  for (const [name, { present = false, mute, visit }] of [...monitor.readers].sort()) {
    if (!present) {
      readers.push({ name, cardPresent: false });
      continue;
    }
    const known = seen.get(name);
    const settled = known?.visit === visit && known.mute === mute && !isUnknown(known.found);
    const found = settled ? known.found : await lookAt(name, mute, open);
    seen.set(name, { visit, mute, found });
    readers.push({ name, cardPresent: true, ...found });
  }
  return { service: 'running', readers };
}

async function untilQuiet(monitor: PcscMonitor, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !monitor.failed) {
    const quiet = performance.now() - monitor.lastNews;
    const enough = monitor.readers.size > 0 ? quietMs : emptyMs;
    if (quiet >= enough) return;
    await pause(enough - quiet, undefined, { signal }).catch(() => undefined);
  }
}

/** Until the service reports something after `mark`, `signal` fires, or `mostMs` have passed. */
function untilNews(monitor: PcscMonitor, mark: number, signal: AbortSignal, mostMs?: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      forget();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = mostMs === undefined ? undefined : setTimeout(end, mostMs);
    const forget = monitor.onNews(end);
    signal.addEventListener('abort', end, { once: true });
    if (monitor.lastNews > mark || monitor.failed || signal.aborted) end();
  });
}

/**
 * Waits until a card that signs lies in a reader (in `reader`, where one is named), telling `onState` on the way what is there instead. Gives its
 * reader's name.
 *
 * @throws ClientError several-cards, no-card when `signal` fires first
 */
export async function waitForCard(
  options: WatchOptions & { reader?: string; onState?: (list: ReaderList) => void },
): Promise<string> {
  for await (const all of watchReaders(options)) {
    const isAsked = ({ name }: ReaderInfo) => options.reader === undefined || name === options.reader;
    const list = { ...all, readers: all.readers.filter(isAsked) };
    const [first, second] = list.readers.filter(({ kind }) => signs(kind));
    if (first !== undefined && second === undefined) return first.name;
    if (first !== undefined)
      return (await readerChannel(undefined, (name) => openPcsc(name, options.load))).label;
    options.onState?.(list);
  }
  throw new ClientError('no-card');
}
