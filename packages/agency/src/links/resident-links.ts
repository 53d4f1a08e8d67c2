import type { Certificate } from '@madoguchi/pki';
import { gather, type Sql } from '@madoguchi/store';
import type { MatchedField } from '../matching/index.js';
import type { Resident } from '../verification/residents.js';
import { certificateName, numbersOf, pairName } from './naming.js';

/** Why a certificate is known to be a resident's: an exact match that was accepted, an officer's decision, the register's own list. */
export type LinkBasis = 'match' | 'officer' | 'import';

/** What the agency knows of a certificate. */
interface KnownCertificate {
  /** See `certificateName`, base64url. */
  readonly name: string;
  readonly linked: { readonly resident: Resident; readonly basis: LinkBasis } | undefined;
  /** Residents who were decided to be somebody else. */
  readonly others: ReadonlySet<string>;
}

/** An officer's decision that two values are the same person's. */
export interface Agreement {
  readonly receiptNumber: string;
}

/** What an agency remembers between certificates and residents. */
export interface ResidentLinks {
  know(certificate: Certificate): Promise<KnownCertificate>;
  pairOf(pair: { field: MatchedField; certificate: string; record: string }): string;
  /** Which of these pairs were decided to be the same, for this certificate or lastingly for this resident. */
  agreed(
    certificate: string,
    resident: string,
    pairs: readonly string[],
  ): Promise<ReadonlyMap<string, Agreement>>;
}

/** The links in the agency's own database. As with the register, what is asked at the same moment is one question, and under load what a group asks. */
export function residentLinks(sql: Sql, agency: string, secret: Uint8Array): ResidentLinks {
  interface Row {
    name: string;
    resident: Resident | null;
    basis: LinkBasis | null;
    other: string | null;
  }
  const rowsOf = gather<string, Row[]>(async (names) => {
    const rows = await sql<Row[]>`with asked as (
          select distinct name, decode(name, 'hex') as certificate from unnest(${[...names]}::text[]) as a (name))
        select a.name, json_build_object('id', r.resident_id, 'name', r.name, 'address', r.address,
            'birthDate', r.birth_date, 'sex', r.sex) as resident, l.basis, null as other
          from asked a join agency.resident_links l on l.agency = ${agency} and l.certificate = a.certificate
          join agency.residents r on r.agency = l.agency and r.resident_id = l.resident_id
        union all
        select d.name, null, null, d.resident_id from (
            select distinct on (a.name, m.resident_id) a.name, m.resident_id, m.verdict
            from asked a join agency.match_decisions m on m.agency = ${agency} and m.certificate = a.certificate
            order by a.name, m.resident_id, m.seq desc) d
          where d.verdict = 'different'`;
    return names.map((name) => ({ ok: true, value: rows.filter((row) => row.name === name) }));
  });
  return {
    async know(certificate) {
      const name = certificateName(secret, agency, numbersOf(certificate));
      const rows = await rowsOf(name.toString('hex'));
      const [link] = rows.filter(({ resident }) => resident !== null);
      return {
        name: name.toString('base64url'),
        linked: link?.resident && link.basis ? { resident: link.resident, basis: link.basis } : undefined,
        others: new Set(rows.flatMap(({ other }) => other ?? [])),
      };
    },
    pairOf: (pair) => pairName(secret, agency, pair),
    async agreed(certificate, resident, pairs) {
      if (pairs.length === 0) return new Map();
      const name = Buffer.from(certificate, 'base64url');
      const rows = await sql<{ receiptNumber: string; verdict: string; pairs: string[] }[]>`
        select receipt_number as "receiptNumber", verdict, pairs from agency.match_decisions
        where agency = ${agency} and resident_id = ${resident} and (certificate = ${name} or lasting)
          and pairs && ${[...pairs]}::text[] order by seq`;
      const found = new Map<string, Agreement>();
      for (const { receiptNumber, verdict, pairs: decided } of rows)
        for (const pair of decided)
          if (verdict === 'same') found.set(pair, { receiptNumber });
          else found.delete(pair);
      return found;
    },
  };
}
