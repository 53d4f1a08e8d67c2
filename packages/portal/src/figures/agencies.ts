import { type AgencyFigures, readAgencyFigures } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import type { PortalAgency } from '../options.js';
import { type Known, sourceReader } from './source.js';

/** An agency with the figures it publishes; undefined: it never answered. */
export interface AgencyWithFigures {
  agency: PortalAgency;
  figures: Known<AgencyFigures> | undefined;
}

/** They change once a day. */
const keepMs = 10 * 60_000;
const atOnce = 8;
/** A page is not held up longer by agencies that are slow; their numbers are there when it is next looked at. */
const patienceMs = 3_000;

interface Place {
  /** The portal's own origin, for agencies under it. */
  origin: string | undefined;
  fetch: typeof globalThis.fetch;
  clock: () => Date;
  sql: Sql | undefined;
}

/** Reads `<agency's pages>stats.json` of each agency. An agency that speaks for another is not heard. */
export function agencyFiguresReader({
  origin,
  ...place
}: Place): (agencies: readonly PortalAgency[]) => Promise<AgencyWithFigures[]> {
  const read = sourceReader<AgencyFigures>({ ...place, keepMs, read: readAgencyFigures });
  return async (agencies) => {
    const found = new Map<PortalAgency, Known<AgencyFigures>>();
    const waiting = [...agencies];
    const work = async () => {
      for (let agency = waiting.shift(); agency !== undefined; agency = waiting.shift()) {
        if (!URL.canParse(agency.url, origin)) continue;
        const known = await read(new URL('stats.json', new URL(agency.url, origin)).href);
        if (known?.value.agency === agency.code) found.set(agency, known);
      }
    };
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((done) => {
      timer = setTimeout(done, patienceMs);
    });
    await Promise.race([Promise.all(Array.from({ length: atOnce }, work)), patience]);
    clearTimeout(timer);
    return agencies.map((agency) => ({ agency, figures: found.get(agency) }));
  };
}
