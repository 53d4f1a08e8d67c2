import { type Catalogues, openCatalogues } from './catalogue-source.js';
import type { PortalAgency, PortalOptions } from './options.js';

/** The agencies that an operator added, and why one of them is not there. */
export interface AddedAgencies {
  agencies: readonly PortalAgency[];
  /** Undefined: its catalogue was read. */
  fault(address: string): string | undefined;
}

const askAgainMs = 5 * 60_000;
/** A page is not held up longer by a catalogue that is slow. */
const patienceMs = 3_000;

export const noneAdded: AddedAgencies = { agencies: [], fault: () => undefined };

/** Follows a list of catalogues that may change; each is asked again every five minutes while somebody looks. */
export function followAgencies(
  fetch: typeof globalThis.fetch,
  clock: () => Date,
): (addresses: readonly string[]) => Promise<AddedAgencies> {
  let following: { key: string; opened: Promise<Catalogues>; asked: number } | undefined;
  let known: Catalogues | undefined;
  return async (addresses) => {
    if (addresses.length === 0) return noneAdded;
    const key = addresses.join('\n');
    const now = clock().getTime();
    if (following?.key !== key) {
      known = undefined;
      const onFault = () => undefined;
      following = { key, asked: now, opened: openCatalogues({ sources: addresses, fetch, onFault }) };
      void following.opened.then((catalogues) => {
        if (following?.key === key) known = catalogues;
      });
    } else if (Math.abs(now - following.asked) > askAgainMs) {
      following.asked = now;
      void following.opened.then((catalogues) => catalogues.refresh());
    }
    if (known === undefined) {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((done) => {
        timer = setTimeout(done, patienceMs);
      });
      await Promise.race([following.opened, patience]);
      clearTimeout(timer);
    }
    return { agencies: known?.agencies() ?? [], fault: (address) => known?.fault(address) };
  };
}

/** Those of the configuration first; an agency that stands there is not added again. */
export function withAgencies(options: PortalOptions, { agencies }: AddedAgencies): PortalOptions {
  const own = options.agencies;
  const more = agencies.filter(({ code }) => !own.some((agency) => agency.code === code));
  return more.length === 0 ? options : { ...options, agencies: [...own, ...more] };
}
