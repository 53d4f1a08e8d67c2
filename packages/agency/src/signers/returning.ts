import type { Sql } from '@madoguchi/store';
import { currentApplication } from '../cases/submissions.js';
import { matchIdentity } from '../matching/index.js';
import type { Invitation } from './code.js';
import { readSigning } from './signing.js';

/**
 * Lets somebody back in who signed with this card and has logged in with it: to see how far the application is, and after a correction to sign anew. Where the corrected
 * application names another person in their place, it is not for them any more: undefined.
 */
export async function returningSigner(
  sql: Sql,
  agency: string,
  authenticationKey: string,
  receipt: string,
): Promise<Invitation | undefined> {
  const [row] = await sql<{ signer: string | null; signature: string }[]>`
    select r.relation->>'signer' as signer, c.receipt_number as signature
    from agency.cases c join agency.requests r on r.agency = c.agency and r.jti = c.jti
    where c.agency = ${agency} and c.joins = ${receipt} and c.authentication_key = ${authenticationKey}
      and r.relation->>'kind' = 'cosigns'
    order by c.arrived_at desc limit 1`;
  if (row === undefined || row.signer === null) return undefined;
  const { signer } = row;
  const signing = await readSigning(sql, agency, receipt);
  const wanted = signing?.progress.find((one) => one.wanted.id === signer)?.wanted;
  const signed = await currentApplication(sql, agency, row.signature);
  if (signing === undefined || wanted === undefined || signed === undefined) return undefined;
  const { name } = matchIdentity({
    certificate: signed.application.applicant,
    application: { name: wanted.person.name },
  });
  return name.verdict === 'mismatch' ? undefined : { receipt, signer, digest: signing.digest };
}
