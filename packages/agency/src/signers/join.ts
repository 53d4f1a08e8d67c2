import { type Relation, type Submission, sha256Hex } from '@madoguchi/procedure';
import { appendAudit, enqueue, type Tx } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { daysBetween } from '../cases/due-date.js';
import { appendAction } from '../cases/queries.js';
import { lockRelated, type RelationFault } from '../cases/relate.js';
import { refreshParts } from '../parts/case-parts.js';
import { allSigned, signerFault } from './progress.js';
import { releaseReplaced } from './replaced.js';
import { type CaseSigning, readSigning } from './signing.js';
import { signBy, wantedSigners } from './wanted.js';

export type CosignFault = RelationFault | 'relation.signer' | 'relation.cosigned';

/**
 * Asks for the further signatures that an application needs, in the transaction that opens it: the case then waits for them. Nothing happens where the
 * applicant signs alone.
 */
export async function askSigners(
  tx: Tx,
  agency: string,
  input: { receipt: string; submission: Submission; at: Date },
): Promise<void> {
  const { receipt, submission, at } = input;
  const wanted = wantedSigners(submission.definition, submission.application);
  if (submission.application.relation?.kind === 'corrects')
    await releaseReplaced(tx, agency, { receipt, wanted, at });
  if (wanted.length === 0) return;
  const until = signBy(wanted, at);
  await tx`update agency.cases set correct_by = ${until}
    where agency = ${agency} and receipt_number = ${receipt}`;
  await appendAction(tx, agency, receipt, {
    at,
    actor: 'reception',
    kind: 'cosignAsked',
    detail: {
      application: sha256Hex(submission.applicationBytes),
      signers: wanted.map(({ id }) => id).join(','),
      until,
    },
  });
}

/** Holds the case that a co-signature names until the transaction ends, and judges whether it may count there now. */
export async function lockSigning(
  tx: Tx,
  agency: string,
  relation: Relation,
  at: Date,
): Promise<{ fault: CosignFault } | { fault?: never; signing: CaseSigning }> {
  const fault = await lockRelated(tx, agency, relation, at);
  if (fault !== undefined) return { fault };
  const signing = await readSigning(tx, agency, relation.receipt);
  if (signing === undefined) return { fault: 'relation.unknown' };
  const whose = signerFault(signing.progress, relation.signer);
  return whose === undefined ? { signing } : { fault: whose };
}

/**
 * Makes a co-signature that was looked at and is good part of its case. With the last one the case is ready: it is looked at as a whole, and the days that
 * the signers took do not count against the office. Gives the rule where it does not count.
 */
export async function joinCosignature(
  tx: Tx,
  agency: string,
  input: { relation: Relation; submission: string; at: Date },
): Promise<CosignFault | undefined> {
  const { relation, submission, at } = input;
  const { receipt } = relation;
  const locked = await lockSigning(tx, agency, relation, at);
  if (locked.fault !== undefined) return locked.fault;
  await tx`update agency.cases set joins = ${receipt}
    where agency = ${agency} and receipt_number = ${submission}`;
  await appendAction(tx, agency, receipt, {
    at,
    actor: 'cosigner',
    kind: 'cosigned',
    detail: { receipt: submission, signer: relation.signer ?? '', application: relation.application },
  });
  await appendAction(tx, agency, submission, { at, actor: 'reception', kind: 'joined', detail: { receipt } });
  await appendAudit(tx, auditChain(agency), {
    at,
    actor: 'reception',
    action: 'case.cosigned',
    subject: receipt,
    detail: { submission },
  });
  const others = locked.signing.progress.filter(({ wanted }) => wanted.id !== relation.signer);
  if (allSigned(others)) {
    await complete(tx, agency, receipt, at);
    await refreshParts(tx, agency, receipt, locked.signing.submission);
  }
  return undefined;
}

async function complete(tx: Tx, agency: string, receipt: string, at: Date): Promise<void> {
  const [asked] = await tx<{ at: Date }[]>`select at from agency.actions
    where agency = ${agency} and receipt_number = ${receipt} and kind = 'cosignAsked' order by seq desc limit 1`;
  const days = asked === undefined ? 0 : daysBetween(asked.at, at);
  await tx`update agency.cases set correct_by = null, due_on = due_on + ${days}::int
    where agency = ${agency} and receipt_number = ${receipt}`;
  await appendAction(tx, agency, receipt, { at, actor: 'reception', kind: 'cosignComplete' });
  await enqueue(tx, 'agency.verify', { agency, receiptNumber: receipt });
}
