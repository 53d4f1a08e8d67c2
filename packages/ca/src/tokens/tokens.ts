import { appendAudit } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { takeNonce } from '../holder/once.js';
import { auditChain } from '../issuance/record.js';
import { lockResident } from '../issuance/second-issue.js';
import { end, told } from './confirm-token.js';
import { issueToken, type TokenIssued } from './issue-token.js';
import { type Owner, ownerOf } from './owner.js';
import { livingTokens } from './record.js';
import { refused } from './refusals.js';
import { readTokenRequest, type TokenMedium } from './request.js';

/** A token as its holder sees it. */
interface OwnToken {
  readonly token: string;
  readonly medium: TokenMedium;
  readonly madeAt: string;
  /** The earlier end of what still counts. */
  readonly endsOn: string;
}

export type TokenAnswer =
  | { readonly action: 'list' | 'end'; readonly tokens: readonly OwnToken[] }
  | ({ readonly action: 'issue' } & TokenIssued);

/**
 * What the holder of a card asks for about smartphone tokens, signed by the card: which there are, a new one, the end of one (a lost or
 * discarded phone: lifecycle.md 3.2). Refusals are CaError (77).
 */
export async function answerTokenRequest(ctx: CaContext, cms: Uint8Array): Promise<TokenAnswer> {
  const read = readTokenRequest(cms);
  if (read === undefined) throw refused('token.form');
  const owner = await ownerOf(ctx, read.certificate);
  const { request } = read;
  if (request.action === 'issue') return { action: 'issue', ...(await issueToken(ctx, owner, request, cms)) };
  const time = await takeNonce(ctx, request.nonce, cms);
  if (time === undefined) throw refused('token.nonce');
  if (request.action === 'end') await endOwn(ctx, owner, { ...request, isAgain: time === 'again' });
  const tokens = await livingTokens(ctx, owner.resident);
  return {
    action: request.action,
    tokens: tokens.map(({ id, medium, madeAt, certificates }) => ({
      token: id,
      medium,
      madeAt: madeAt.toISOString(),
      endsOn: new Date(Math.min(...certificates.map(({ notAfter }) => notAfter.getTime()))).toISOString(),
    })),
  };
}

async function endOwn(
  ctx: CaContext,
  owner: Owner,
  { token: id, why, isAgain }: { token: string; why: 'lost' | 'disposed'; isAgain: boolean },
): Promise<void> {
  const token = (await livingTokens(ctx, owner.resident)).find((one) => one.id === id);
  if (token === undefined) {
    const own = await ctx.sql`select 1 from ca.token where id = ${id} and resident = ${owner.resident.id}`;
    // It is ended, by this very request: only the answer was lost.
    if (isAgain && own.length === 1) return;
    throw refused('token.unknown');
  }
  const gone = await ctx.sql.begin(async (tx) => {
    await lockResident(tx, owner.resident.id);
    const ended = await end(ctx, tx, token, { reason: 'cessationOfOperation', actor: 'holder' });
    await appendAudit(tx, auditChain, {
      at: ctx.clock(),
      actor: 'holder',
      action: 'token.ended',
      subject: token.id,
      detail: { medium: token.medium, why },
    });
    return ended;
  });
  await told(ctx, gone);
}
