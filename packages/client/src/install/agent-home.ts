import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readAnswer } from '@madoguchi/procedure/basics';

/**
 * The address of the running agent's own start page, for the commands of its user: it holds the secret path of this start, so it lies in the
 * holder's folder, readable by the holder alone (0600), and goes when the agent ends.
 */
const file = 'running.json';

const homePattern = /^http:\/\/127\.0\.0\.1:\d{1,5}\/home\/[0-9a-f]{32}$/;

interface Running {
  homeUrl: string;
  /** As the page shows it: by it the page proves that it is the agent's, also when its port has come to another program. */
  phrase: string;
}

/** Writes the address down; the returned function takes it away, unless a newer start has written its own. */
export async function announceHome(
  folder: string,
  { homeUrl, phrase }: Running,
): Promise<() => Promise<void>> {
  const place = path.join(folder, file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${place}.new`, `${JSON.stringify({ homeUrl, phrase })}\n`, { mode: 0o600 });
  await rename(`${place}.new`, place);
  return async () => {
    if ((await readRunning(folder))?.homeUrl === homeUrl) await rm(place, { force: true });
  };
}

/**
 * The start page of the agent that runs for this user, once it has answered with the phrase; undefined where none does. A file that a killed
 * agent left, whose port may belong to anybody by now, leads nowhere.
 */
export async function findHome(folder: string): Promise<string | undefined> {
  const running = await readRunning(folder);
  if (running === undefined) return undefined;
  try {
    const answer = await fetch(running.homeUrl, { redirect: 'manual', signal: AbortSignal.timeout(2000) });
    // The port may belong to another program by now, which may answer without end.
    const bytes = await readAnswer(answer, 1 << 20);
    const page = Buffer.from(bytes ?? []).toString('utf8');
    return answer.status === 200 && page.includes(`<strong>${escaped(running.phrase)}</strong>`)
      ? running.homeUrl
      : undefined;
  } catch {
    return undefined;
  }
}

/** Removes what is left of an agent that was killed. */
export async function forgetHome(folder: string): Promise<void> {
  for (const name of [file, `${file}.new`, pageFile]) await rm(path.join(folder, name), { force: true });
}

const pageFile = 'open.html';

/**
 * A page of the holder's own that leads to `address`, to be opened by its path: where every user of a machine sees the words of every command
 * (macOS), the address must not be one of them.
 */
export async function writeOpener(folder: string, address: string): Promise<string> {
  if (!homePattern.test(address)) throw new TypeError('not a start page');
  const place = path.join(folder, pageFile);
  await rm(place, { force: true });
  const page = `<!DOCTYPE html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${address}"><title>Madoguchi</title>`;
  await writeFile(place, page, { mode: 0o600 });
  return place;
}

async function readRunning(folder: string): Promise<Running | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const [homeUrl, phrase]: unknown[] = [Reflect.get(value, 'homeUrl'), Reflect.get(value, 'phrase')];
    if (typeof homeUrl !== 'string' || typeof phrase !== 'string' || phrase === '') return undefined;
    return homePattern.test(homeUrl) ? { homeUrl, phrase } : undefined;
  } catch {
    return undefined;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
