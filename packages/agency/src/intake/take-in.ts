import { createReceipt, sha256Hex } from '@madoguchi/procedure';
import { enqueue } from '@madoguchi/store';
import { appendAction, findCasesOfNonce, insertCase, nextReceiptNumber } from '../cases/queries.js';
import type { CaseState } from '../cases/state.js';
import type { ReceptionOptions } from '../options.js';
import { lockRequest, useRequest } from '../requests/queries.js';

export type TakenIn =
  | { ok: true; receiptNumber: string; receiptJws: string; again: boolean }
  | { ok: false; rule: 'intake.ticket' | 'intake.tooMany' };

/** So often may other bytes arrive under one nonce before no more are stored. */
const mostPerNonce = 5;

/**
 * Takes an envelope in: case, envelope, first actions, the job that will open it and the signed receipt are one transaction.
 * The caller hands the receipt out only when this returns, that is after the commit (fsync): what has a receipt is on disk.
 *
 * The same bytes again get the same receipt. Other bytes under a used nonce have arrived too: they get a receipt of their own,
 * and under it stands the refusal.
 */
export async function takeIn(options: ReceptionOptions, jti: string, envelope: Uint8Array): Promise<TakenIn> {
  const { db, agency, keys, staple, clock } = options;
  const envelopeSha256 = sha256Hex(envelope);
  const [leaf] = keys.signerChain;
  const ocsp = leaf && (await staple(leaf).catch(() => undefined));
  return db.sql.begin(async (tx): Promise<TakenIn> => {
    const request = await lockRequest(tx, agency.code, jti);
    if (!request) return { ok: false, rule: 'intake.ticket' };
    const earlier = await findCasesOfNonce(tx, agency.code, jti);
    const same = earlier.find((row) => row.envelopeSha256 === envelopeSha256);
    if (same)
      return { ok: true, receiptNumber: same.receiptNumber, receiptJws: same.receiptJws, again: true };
    if (earlier.length >= mostPerNonce) return { ok: false, rule: 'intake.tooMany' };

    const arrivedAt = clock();
    const receiptNumber = await nextReceiptNumber(tx, arrivedAt);
    const receiptJws = await createReceipt(
      {
        receiptNumber,
        jti,
        envelopeSha256,
        arrivedAt,
        agency: { code: agency.code, name: agency.name },
      },
      { signer: keys.signer, chain: keys.signerChain, ocsp },
    );
    const state: CaseState = 'arrived';
    const { procedureId, procedureVersion } = request;
    await insertCase(
      tx,
      agency.code,
      { receiptNumber, jti, procedureId, procedureVersion, envelopeSha256, arrivedAt, receiptJws, state },
      envelope,
    );
    const arrived = { at: arrivedAt, actor: 'intake' };
    await appendAction(tx, agency.code, receiptNumber, { ...arrived, kind: 'arrived' });
    if (request.usedAt === null) {
      await useRequest(tx, agency.code, jti, { at: arrivedAt, receiptNumber });
      await enqueue(tx, 'agency.open', { agency: agency.code, receiptNumber });
    } else {
      await appendAction(tx, agency.code, receiptNumber, {
        ...arrived,
        kind: 'refused',
        detail: { rule: 'intake.nonceUsed' },
      });
    }
    return { ok: true, receiptNumber, receiptJws, again: false };
  });
}
