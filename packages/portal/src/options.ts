import type { ProcedureDefinition } from '@madoguchi/procedure';
import type { Contact, Words } from '@madoguchi/ui';

/** What the catalogue shows of a procedure. */
export type PortalProcedure = Pick<
  ProcedureDefinition,
  'id' | 'title' | 'summary' | 'minutes' | 'fee' | 'receiver'
>;

export interface PortalAgency {
  /** Municipality or prefecture code, e.g. `99201`. */
  code: string;
  name: Words;
  /** Where the agency's pages begin, with the slash at the end: `/a/99201/` or `https://city.example/a/99201/`. */
  url: string;
  procedures: readonly PortalProcedure[];
}

export interface PortalOptions {
  /** In the order of the catalogue; the first procedure of the first one stands on the first page. */
  agencies: readonly PortalAgency[];
  /** True: every page says that this is a demo and no real authority. */
  demo: boolean;
  /** Where the signing client listens on the visitor's machine. Default `http://127.0.0.1:24787`. */
  agentUrl?: string;
  /** The certificate authority's `/stats.json`, for `/figures`. */
  statsUrl?: string;
  /** At the foot of every page. */
  contact?: Contact;
  /** False where the portal is public. */
  metrics?: boolean;
  log?: (errorNumber: string, error: unknown) => void;
  clock?: () => Date;
  fetch?: typeof globalThis.fetch;
}

/** Where a procedure is filled in: at this agency's pages, or at the outside system that receives it. */
export function procedureUrl(agency: PortalAgency, procedure: PortalProcedure): string {
  if (typeof procedure.receiver === 'object') return procedure.receiver.outside;
  return `${agency.url}procedures/${encodeURIComponent(procedure.id)}`;
}
