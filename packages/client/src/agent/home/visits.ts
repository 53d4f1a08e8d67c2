import { randomBytes } from 'node:crypto';
import { defaultPreferences, type Preferences } from '@madoguchi/ui';

/** A look at the environment check that a portal's page asked for, or that a person opened at the known door. */
export class CheckVisit {
  readonly path: string = `check/${randomBytes(16).toString('hex')}`;
  /** Where green or red may go, after a click. Absent: nowhere. */
  readonly returnTo: string | undefined;
  preferences: Preferences = defaultPreferences;

  constructor(returnTo?: string) {
    this.returnTo = returnTo;
  }
}

const mostVisits = 32;

/** The agent's own start page, at a path of this start that no site knows, and the check visits that pages asked for. */
export class Home {
  readonly path: string = `home/${randomBytes(16).toString('hex')}`;
  readonly #visits = new Map<string, CheckVisit>();

  visit(returnTo?: string): CheckVisit {
    const made = new CheckVisit(returnTo);
    this.#visits.set(made.path, made);
    for (const oldest of [...this.#visits.keys()].slice(0, -mostVisits)) this.#visits.delete(oldest);
    return made;
  }

  get(path: string): CheckVisit | undefined {
    return this.#visits.get(path);
  }
}

/**
 * May this page be told green or red? Only at its own origin (the browser's Origin header), and only an origin on the list: exact ones, or
 * `https://*.lg.jp` for every host below. Under demo anchors http on loopback may be listed too. The address carries nothing else.
 */
export function returnAddress(
  text: string,
  origin: string,
  rules: { portals: readonly string[]; demo: boolean },
): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.origin !== origin || text.length > 500) return undefined;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  const loopback = ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.demo && loopback)) return undefined;
  const listed = rules.portals.some((rule) => {
    const suffix = /^https:\/\/\*(\.[a-z0-9.-]+)$/.exec(rule)?.[1];
    return suffix === undefined
      ? rule === origin
      : url.protocol === 'https:' && url.port === '' && url.hostname.endsWith(suffix);
  });
  return listed ? url.href : undefined;
}
