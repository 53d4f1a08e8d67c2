import { registers, words } from '@madoguchi/ui';
import type { PortalAgency, PortalProcedure } from './options.js';

/** Width, case, kind of kana and spaces do not count when people search. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

function haystack(agency: PortalAgency, procedure: PortalProcedure): string {
  const texts = [agency.name, procedure.title, procedure.summary];
  // The written form too (`{住民票|じゅうみんひょう}`): its reading finds the procedure.
  return folded(
    texts.flatMap((text) => [...registers.map((register) => words(text, register)), text.jaEasy]).join(' '),
  );
}

/** The agencies with those of their procedures in which every word of the query stands; all of them for an empty query. */
export function searchCatalogue(agencies: readonly PortalAgency[], query: string): PortalAgency[] {
  const wanted = folded(query.slice(0, 100))
    .split(/\s+/)
    .filter((word) => word !== '');
  return agencies
    .map((agency) => ({
      ...agency,
      procedures: agency.procedures.filter((procedure) => {
        const text = haystack(agency, procedure);
        return wanted.every((word) => text.includes(word));
      }),
    }))
    .filter((agency) => agency.procedures.length > 0);
}
