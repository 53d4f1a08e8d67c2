import { readFile } from 'node:fs/promises';
import { parseCatalogue, readAnswer } from '@madoguchi/procedure';
import type { PortalAgency } from './options.js';

export interface CatalogueSources {
  /** Files or addresses (`https://city.example/a/99201/catalogue.json`), in the order of the catalogue. */
  sources: readonly string[];
  fetch?: typeof globalThis.fetch;
  /** Told once for each source that cannot be used, with the reason, and again when the reason changes. */
  onFault: (source: string, fault: string) => void;
}

export interface Catalogues {
  /** What is known now. A source that fails later keeps what it said before. */
  agencies(): PortalAgency[];
  /** Why a source could not be used when it was last asked. */
  fault(source: string): string | undefined;
  /** Asks every source again. */
  refresh(): Promise<void>;
}

const patienceMs = 10_000;
const mostBytes = 4_000_000;
export const isAddress = (source: string): boolean => /^https?:\/\//.test(source);

async function fetched(source: string, ask: typeof globalThis.fetch): Promise<string> {
  // Not redirected: the answer must come from the origin that the operator wrote down.
  const answer = await ask(source, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok) throw new Error(`answers ${answer.status}`);
  const bytes = await readAnswer(answer, mostBytes);
  if (bytes === undefined) throw new Error('is too long');
  return new TextDecoder().decode(bytes);
}

/** The agencies' catalogues from files and addresses, for a portal that stands apart from them. */
export async function openCatalogues(options: CatalogueSources): Promise<Catalogues> {
  const known = new Map<string, PortalAgency>();
  const faults = new Map<string, string>();
  const ask = options.fetch ?? fetch;
  const look = async (source: string): Promise<PortalAgency | string> => {
    try {
      const text = isAddress(source) ? await fetched(source, ask) : await readFile(source, 'utf8');
      const read = parseCatalogue(text, isAddress(source) ? source : undefined);
      return read.ok ? read.catalogue : read.fault;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const refresh = async () => {
    const answers = await Promise.all(
      options.sources.map(async (source) => ({ source, answer: await look(source) })),
    );
    // In the operator's order: of two sources for one agency the first counts.
    const owner = new Map<string, string>();
    for (const { source, answer } of answers) {
      const agency = typeof answer === 'string' ? known.get(source) : answer;
      const taken = agency === undefined ? undefined : owner.get(agency.code);
      if (agency !== undefined && taken === undefined) {
        owner.set(agency.code, source);
        known.set(source, agency);
      } else known.delete(source);
      const twice = taken === undefined ? undefined : `code: ${agency?.code} is already ${taken}`;
      const fault = typeof answer === 'string' ? answer : twice;
      if (fault !== undefined && faults.get(source) !== fault) options.onFault(source, fault);
      if (fault === undefined) faults.delete(source);
      else faults.set(source, fault);
    }
  };
  await refresh();
  return {
    agencies: () => options.sources.flatMap((source) => known.get(source) ?? []),
    fault: (source) => faults.get(source),
    refresh,
  };
}
