import { appendAudit, type Sql } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { certificateName } from './naming.js';

/** A line of an imported list that cannot be used. */
export interface LinkFault {
  /** From 1, the head line included. */
  readonly line: number;
  readonly message: string;
}

export type LinkImport =
  | { readonly ok: true; readonly linked: number }
  | { readonly ok: false; readonly faults: readonly LinkFault[] };

const head = 'issuer_key_id,serial,resident_id';
const LARGEST = 64 * 1024 * 1024;
const MOST_FAULTS = 100;
const rowPattern = /^([0-9a-fA-F]{2,64}),([0-9a-fA-F]{2,40}),([^,"\p{C}]{1,64})$/u;

/** Reads the register's list of certificates and residents: CSV with this head, numbers hexadecimal, no quotes. */
export function readLinks(
  bytes: Uint8Array,
):
  | { ok: true; rows: { issuerKeyId: string; serial: string; resident: string }[] }
  | { ok: false; faults: LinkFault[] } {
  if (bytes.length > LARGEST) return { ok: false, faults: [{ line: 1, message: 'larger than 64 MiB' }] };
  const [first = '', ...lines] = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  if (first.trim() !== head)
    return { ok: false, faults: [{ line: 1, message: `the head is not “${head}”` }] };
  const faults: LinkFault[] = [];
  const rows: { issuerKeyId: string; serial: string; resident: string }[] = [];
  const seen = new Map<string, number>();
  for (const [index, text] of lines.entries()) {
    if (text === '') continue;
    const line = index + 2;
    const found = rowPattern.exec(text);
    if (found === null) faults.push({ line, message: 'not two hexadecimal numbers and a resident number' });
    else {
      const [, issuerKeyId = '', serial = '', resident = ''] = found;
      const key = `${issuerKeyId},${serial}`.toLowerCase();
      const before = seen.get(key);
      if (before !== undefined) faults.push({ line, message: `the same certificate as in line ${before}` });
      seen.set(key, line);
      rows.push({ issuerKeyId, serial, resident });
    }
    if (faults.length >= MOST_FAULTS) break;
  }
  return faults.length === 0 ? { ok: true, rows } : { ok: false, faults };
}

/**
 * Takes in what the resident-register system knows of certificates (連携: 発行番号と住民の紐付け): all of the file, or nothing. Only residents on record
 * can be linked; a newer list replaces what was known of the same certificate. The numbers are not kept, see {@link certificateName}.
 */
export async function importLinks(
  sql: Sql,
  agency: { code: string; secret: Uint8Array },
  input: { bytes: Uint8Array; by: string; at: Date },
): Promise<LinkImport> {
  const read = readLinks(input.bytes);
  if (!read.ok) return read;
  const { code, secret } = agency;
  const { rows } = read;
  return sql.begin(async (tx) => {
    const known = await tx<{ id: string }[]>`select resident_id as id from agency.residents
      where agency = ${code} and resident_id = any(${rows.map(({ resident }) => resident)})`;
    const there = new Set(known.map(({ id }) => id));
    const faults = rows.flatMap(({ resident }, index) =>
      there.has(resident) ? [] : [{ line: index + 2, message: 'this resident is not on record' }],
    );
    if (faults.length > 0) return { ok: false, faults: faults.slice(0, MOST_FAULTS) };
    for (let from = 0; from < rows.length; from += 1000) {
      const some = rows.slice(from, from + 1000).map((row) => ({
        agency: code,
        certificate: certificateName(secret, code, row),
        resident_id: row.resident,
        basis: 'import',
        linked_by: input.by,
        linked_at: input.at,
      }));
      await tx`insert into agency.resident_links ${tx(some)} on conflict (agency, certificate) do update
        set resident_id = excluded.resident_id, basis = 'import', linked_by = excluded.linked_by, linked_at = excluded.linked_at`;
    }
    await appendAudit(tx, auditChain(code), {
      at: input.at,
      actor: input.by,
      action: 'links.imported',
      subject: code,
      detail: { linked: String(rows.length) },
    });
    return { ok: true, linked: rows.length };
  });
}
