import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isAuthorityAddress } from '../authority-asker.js';

/** Whom an installed agent trusts, as files: who may ask for signatures, who may have issued the card, whom it may ask and tell. */
export interface AgentTrust {
  agency: Uint8Array[];
  citizen: Uint8Array[];
  /** Roots of the time-stamping authority. */
  timestamp: Uint8Array[];
  /** Demo authorities: http on this machine is allowed, real cards are refused. */
  demo: boolean;
  /** Origins of portals whose page may be told, after a click, that all is ready: exact, or `https://*.lg.jp`. */
  portals: string[];
  /** Origins of counters whose card work this computer does. */
  counters: string[];
  /** OCSP responder for citizens' certificates, which name none themselves. */
  responder?: string;
  /** Time-stamping authority (RFC 3161). */
  timeStamp?: string;
  /** Where certificates are renewed: the authority's own address, over TLS or on this machine. */
  renewal?: string;
  /** Entries of `trust.json` that cannot be used, each as it stands there. */
  strange: string[];
}

const kinds = ['agency', 'citizen', 'timestamp'] as const;
const certificateFile = /\.(cer|crt|der)$/i;

/**
 * Reads `agency/*.cer`, `citizen/*.cer`, `timestamp/*.cer` (DER) and `trust.json` `{"demo": true, "portals": [ORIGIN…], "counters": [ORIGIN…], "responder": URL,
 * "timeStamp": URL, "renewal": URL}` below a folder. Undefined where there is no agency to trust.
 */
export async function readAgentTrust(folder: string): Promise<AgentTrust | undefined> {
  const certificates = await Promise.all(kinds.map((kind) => certificatesIn(path.join(folder, kind))));
  const [agency = [], citizen = [], timestamp = []] = certificates;
  if (agency.length === 0) return undefined;
  return { agency, citizen, timestamp, ...(await readSettings(folder)) };
}

async function certificatesIn(folder: string): Promise<Uint8Array[]> {
  const names = await readdir(folder).catch(() => []);
  const found = names.filter((one) => certificateFile.test(one)).sort();
  return Promise.all(found.map((name) => readFile(path.join(folder, name))));
}

type Settings = Omit<AgentTrust, (typeof kinds)[number]>;

async function readSettings(folder: string): Promise<Settings> {
  const text = await readFile(path.join(folder, 'trust.json'), 'utf8').catch(() => '{}');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Unreadable means not a demo, and nobody to tell or ask: the stricter of the two.
  }
  const get = (key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const strange: string[] = [];
  const take = (given: unknown, isGood: (text: string) => boolean): string | undefined => {
    if (given === undefined) return undefined;
    if (typeof given === 'string' && isGood(given)) return given;
    strange.push(String(given).slice(0, 200));
    return undefined;
  };
  const listOf = (key: string, isGood: (text: string) => boolean) => {
    const listed = get(key);
    return (Array.isArray(listed) ? listed : listed === undefined ? [] : [listed]).flatMap(
      (each: unknown) => take(each, isGood) ?? [],
    );
  };
  const portals = listOf('portals', isPortal);
  const counters = listOf('counters', isCounter);
  const responder = take(get('responder'), isHttp);
  const timeStamp = take(get('timeStamp'), isHttp);
  const renewal = take(get('renewal'), isAuthorityAddress);
  return {
    demo: get('demo') === true,
    portals,
    counters,
    ...(responder === undefined ? {} : { responder }),
    ...(timeStamp === undefined ? {} : { timeStamp }),
    ...(renewal === undefined ? {} : { renewal }),
    strange,
  };
}

/** An origin as browsers write it, over https (http on this machine: the agent takes it under demo authorities alone), or `https://*.lg.jp`. */
export function isPortal(text: string): boolean {
  if (/^https:\/\/\*(\.[a-z0-9-]+)+$/.test(text)) return true;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== text || url.hostname.includes('*')) return false;
  return url.protocol === 'https:' || ['127.0.0.1', 'localhost'].includes(url.hostname);
}

/** An exact origin: no pattern opens the readers of a desk. */
export function isCounter(text: string): boolean {
  return isPortal(text) && !text.includes('*');
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\//.test(text);
}

/** Writes such a folder anew: an authority that is trusted no longer does not stay behind. */
export async function writeAgentTrust(folder: string, trust: Omit<AgentTrust, 'strange'>): Promise<void> {
  const { agency, citizen, timestamp, ...settings } = trust;
  for (const [kind, list] of Object.entries({ agency, citizen, timestamp })) {
    await rm(path.join(folder, kind), { recursive: true, force: true });
    await mkdir(path.join(folder, kind), { recursive: true, mode: 0o700 });
    for (const [index, der] of list.entries())
      await writeFile(path.join(folder, kind, `${kind}-${index + 1}.cer`), der, { mode: 0o600 });
  }
  await writeSettings(folder, settings);
}

/** Adds portals and counters to a folder's lists; those that are there stay. */
export async function addOrigins(
  folder: string,
  added: { readonly portals: readonly string[]; readonly counters: readonly string[] },
): Promise<void> {
  const { strange: _, ...settings } = await readSettings(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeSettings(folder, {
    ...settings,
    portals: [...new Set([...settings.portals, ...added.portals])],
    counters: [...new Set([...settings.counters, ...added.counters])],
  });
}

function writeSettings(folder: string, settings: Omit<Settings, 'strange'>): Promise<void> {
  return writeFile(path.join(folder, 'trust.json'), `${JSON.stringify(settings, null, 2)}\n`, {
    mode: 0o600,
  });
}

/** Copies a folder of that form into the holder's own. */
export async function copyAgentTrust(from: string, to: string): Promise<void> {
  for (const kind of kinds) {
    await mkdir(path.join(to, kind), { recursive: true, mode: 0o700 });
    const names = await readdir(path.join(from, kind)).catch(() => []);
    for (const name of names.filter((one) => certificateFile.test(one)))
      await copyFile(path.join(from, kind, name), path.join(to, kind, name));
  }
  await copyFile(path.join(from, 'trust.json'), path.join(to, 'trust.json')).catch(() => undefined);
}
