import type { PostCodes, ProcedureDefinition } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import type { Contact, Words } from '@madoguchi/ui';

/** What the catalogue shows of a procedure. */
export type PortalProcedure = Pick<
  ProcedureDefinition,
  'id' | 'title' | 'summary' | 'minutes' | 'fee' | 'receiver' | 'catalogue'
> &
  Partial<Pick<ProcedureDefinition, 'requirements' | 'processingDays'>>;

export interface PortalAgency {
  /** Municipality or prefecture code, e.g. `99201`. */
  code: string;
  name: Words;
  /** Where the agency's pages begin, with the slash at the end: `/a/99201/` or `https://city.example/a/99201/`. */
  url: string;
  procedures: readonly PortalProcedure[];
}

export interface PortalOptions {
  /** In the order of the catalogue; read anew for each page, so it may be a getter. */
  agencies: readonly PortalAgency[];
  /** Post codes of its own, beside the post office's: the demo's invented places. */
  postCodes?: PostCodes;
  /** The procedure that the first page leads to, by agency code and procedure id. Default: the first of the catalogue. */
  featured?: { agency: string; procedure: string };
  /** True: every page says that this is a demo and no real authority. */
  demo: boolean;
  /** Where the signing client listens on the visitor's machine. Default `http://127.0.0.1:24787`. */
  agentUrl?: string;
  /** The portal's own public origin, which the environment check hands green or red back to. Default: the one it is asked at. */
  origin?: string;
  /** The certificate authority's `/stats.json`, for `/figures`. */
  statsUrl?: string;
  /** Folder with the packages of the signing client that `/client` hands out. */
  downloads?: string;
  /** Folder with the operator's own `shops.csv`; default: shops that are marked as sample. */
  content?: string;
  /** Where the helpdesk keeps its tickets; without it there is none. Its tables: `portalMigrations`. */
  sql?: Sql;
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
  const { receiver } = procedure;
  if (typeof receiver === 'object' && 'outside' in receiver) return receiver.outside;
  return `${agency.url}procedures/${encodeURIComponent(procedure.id)}`;
}

/** What the first page leads to; undefined when the catalogue is empty. */
export function featuredProcedure({
  agencies,
  featured,
}: PortalOptions): { agency: PortalAgency; procedure: PortalProcedure } | undefined {
  const all = agencies.flatMap((agency) => agency.procedures.map((procedure) => ({ agency, procedure })));
  const chosen = all.find(
    ({ agency, procedure }) => agency.code === featured?.agency && procedure.id === featured.procedure,
  );
  return chosen ?? all[0];
}
