import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buildOcspRequest } from '@madoguchi/pki/validation';
import { writeFileAtomically } from '@madoguchi/store';
import { type AuthorityKind, authorities, type CaContext } from '../context.js';
import { createOcspResponder } from './responder.js';

export interface OcspExport {
  readonly written: number;
  /** Whose address no file can have, because it has an empty step in it: they are asked for at the responder. */
  readonly skipped: number;
}

/** Certificates at a time. */
const batch = 256;

/**
 * Writes signed answers as files for a web server or a CDN: for each certificate that has not ended the answer to the usual request of
 * RFC 5019 (SHA-1, no nonce), at the path that a client asks by GET: `ocsp/<base64 of the request>`, a slash in it being a folder. Answers
 * live for an hour: export again within half of it. Kinds that only verifiers may ask about (`sign`) come along where they are named.
 */
export async function exportOcsp(
  ctx: CaContext,
  dir: string,
  kinds: readonly AuthorityKind[] = ['auth', 'agency', 'tsa'],
): Promise<OcspExport> {
  const issuers = new Map(
    (await authorities(ctx.sql))
      .filter((one) => kinds.includes(one.kind) && one.responder !== undefined)
      .map((one) => [one.id, one.certificate.der]),
  );
  const responder = createOcspResponder(ctx);
  const made = new Set<string>();
  let written = 0;
  let skipped = 0;
  const rows = ctx.sql<{ authority: string; certificate: Uint8Array }[]>`
    select authority, certificate from ca.certificate
    where certificate is not null and not_after > ${ctx.clock()} and authority = any (${[...issuers.keys()]})`;
  for await (const some of rows.cursor(batch)) {
    for (const { authority, certificate } of some) {
      const issuer = issuers.get(authority);
      if (issuer === undefined) continue;
      const request = buildOcspRequest({ certificate, issuer });
      const name = Buffer.from(request).toString('base64');
      // Servers take two slashes for one.
      if (name.includes('//') || name.startsWith('/') || name.endsWith('/')) {
        skipped++;
        continue;
      }
      const { der, outcome } = await responder.answer(request);
      if (outcome === 'error' || outcome === 'unknown') {
        skipped++;
        continue;
      }
      const file = path.join(dir, 'ocsp', name);
      const folder = path.dirname(file);
      if (!made.has(folder)) await mkdir(folder, { recursive: true });
      made.add(folder);
      await writeFileAtomically(file, der);
      written++;
    }
  }
  return { written, skipped };
}
