/** One agency's archive: who stamps, who signs what leaves the house, whom others must trust to check it. */
import { type AgencyKeys, type Archive, stampFromUrl } from '@madoguchi/agency/archive';
import type { Ca } from '@madoguchi/ca';
import type { Database } from '@madoguchi/store';

export async function archiveOf(
  place: { ca: Ca; database: Pick<Database, 'sql'>; clock: () => Date; caUrl?: string },
  agency: { code: string; name: string },
  keys: AgencyKeys,
): Promise<Archive> {
  const anchors = await place.ca.anchors();
  return {
    sql: place.database.sql,
    agency,
    keys,
    clock: place.clock,
    anchors: { agency: [...anchors.agency], timeStamp: [...anchors.tsa] },
    ...(place.caUrl === undefined ? {} : { stamp: stampFromUrl(`${place.caUrl}/tsa`, anchors.tsa) }),
  };
}
