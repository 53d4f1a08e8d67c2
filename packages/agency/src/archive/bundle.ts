import { type Stamp, signCades, writeAsic } from '@madoguchi/pki';
import { appendAudit, type Sql } from '@madoguchi/store';
import { listActions } from '../cases/actions.js';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, findCase } from '../cases/queries.js';
import type { AgencyConfig, AgencyKeys } from '../options.js';
import { manifestOf, type Piece, pem, piecesOf } from './pieces.js';
import { readme } from './readme.js';
import { stampPieces, stampsOf } from './stamps.js';

/** What one agency's archive needs: stamps over evidence, bundles that leave the house. */
export interface Archive {
  readonly sql: Sql;
  readonly agency: Pick<AgencyConfig, 'code' | 'name'>;
  readonly keys: Pick<AgencyKeys, 'signer' | 'signerChain'>;
  readonly clock: () => Date;
  /** Whom others must trust to check it: the roots of agencies and of the time-stamping authority, DER. They travel along, to be compared. */
  readonly anchors: { readonly agency: readonly Uint8Array[]; readonly timeStamp: readonly Uint8Array[] };
  /** The time-stamping authority; without one nothing is stamped. */
  readonly stamp?: Stamp;
}

/**
 * A case as one file: an ASiC-E container with everything that is kept of it, signed by the agency, with its archive time stamps and a README whose commands
 * check all of it with unzip, sha256sum and OpenSSL. It stands in the history that it left. Undefined where there is no such case.
 */
export async function caseBundle(
  archive: Archive,
  receiptNumber: string,
  actor: string,
): Promise<Buffer | undefined> {
  const { sql, agency, keys, clock } = archive;
  const [signerCertificate] = keys.signerChain;
  const row = await findCase(sql, agency.code, receiptNumber);
  if (row === undefined || signerCertificate === undefined) return undefined;
  const at = clock();
  await sql.begin(async (tx) => {
    await appendAction(tx, agency.code, receiptNumber, { at, actor, kind: 'exported' });
    await appendAudit(tx, auditChain(agency.code), {
      at,
      actor,
      action: 'case.exported',
      subject: receiptNumber,
    });
  });
  const stamps = await stampsOf(sql, agency.code, receiptNumber);
  const history = (await listActions(sql, agency.code, receiptNumber)).map(
    ({ seq, at, actor, kind, detail }) => ({
      seq,
      at: at.toISOString(),
      actor,
      kind,
      detail,
    }),
  );
  const kept = [
    ...(await piecesOf(sql, agency.code, receiptNumber)),
    ...stampPieces(stamps),
    ...anchorPieces('agency-root', archive.anchors.agency),
    ...anchorPieces('tsa-root', archive.anchors.timeStamp),
    { name: 'history.json', bytes: Buffer.from(`${JSON.stringify(history, null, 2)}\n`) },
  ];
  const files: Piece[] = [
    ...kept,
    { name: 'MANIFEST.sha256', bytes: Buffer.from(manifestOf(kept)) },
    {
      name: 'README.txt',
      bytes: Buffer.from(
        readme({ receiptNumber, agency, at, arrivedAt: row.arrivedAt, pieces: kept, stamps }),
      ),
    },
  ];
  return writeAsic({
    files: files.map((file) => ({ ...file, mime: 'application/octet-stream' })),
    sign: (manifest) =>
      signCades({
        content: manifest,
        detached: true,
        signerCertificate,
        algorithm: keys.signer.algorithm,
        signingTime: at,
        sign: (attributes) => keys.signer.sign(attributes),
      }),
  });
}

/** All roots of one kind in one file, as OpenSSL wants them. */
function anchorPieces(name: string, anchors: readonly Uint8Array[]): Piece[] {
  return anchors.length === 0
    ? []
    : [{ name: `certificates/${name}.pem`, bytes: Buffer.from(anchors.map(pem).join('')) }];
}
