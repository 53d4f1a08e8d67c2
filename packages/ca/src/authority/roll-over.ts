import type { KeyKind } from '@madoguchi/pki';
import { withAdvisoryLock } from '@madoguchi/store';
import {
  type Authority,
  type AuthorityKind,
  authorities,
  authorityById,
  type CaContext,
  citizenKinds,
} from '../context.js';
import { CaError } from '../error.js';
import { issueResponder } from '../issuance/responder.js';
import { publishDue } from '../revocation/publish.js';
import { shardsOf } from '../revocation/shards.js';
import { makeAuthority } from './make.js';
import { certifyMutually } from './mutual.js';

export interface RollOverInput {
  readonly kind: AuthorityKind;
  /** In the scheme of 2008: whose authority, two digits. */
  readonly prefecture?: string;
  /** Default: as in the generation before. */
  readonly key?: KeyKind;
  /** From when on the new key issues; until then the old one does, and verifiers get to know the new one. Default: now. */
  readonly issuesFrom?: Date;
}

/**
 * The next generation of an authority: a new key under the same name, certified by itself; link certificates both ways; a responder;
 * in the scheme of 2008 the cross-certificates that the old key has. The old key keeps publishing its own lists until the last certificate
 * that it signed has ended. Called again after a crash, it finishes what it began.
 */
export function rollOver(ctx: CaContext, input: RollOverInput): Promise<Authority> {
  return withAdvisoryLock(ctx.sql, `ca.rollOver ${input.kind} ${input.prefecture ?? ''}`, async () => {
    const all = await authorities(ctx.sql);
    const prefecture = input.prefecture ?? '';
    const generations = all.filter((one) => one.kind === input.kind && one.prefecture === prefecture);
    const newest = generations.at(-1);
    if (newest === undefined) throw nothingToFollow(input);
    const before = generations.at(-2);
    // What a crash left half made is finished, not followed.
    const old = before !== undefined && (await isHalfMade(ctx, newest)) ? before : newest;
    const next = await makeAuthority(ctx, {
      kind: input.kind,
      prefecture,
      generation: old.generation + 1,
      key: input.key ?? keyKindOf(old),
      issuesFrom: input.issuesFrom ?? ctx.clock(),
    });
    await certifyMutually(ctx, old, next);
    for (const partner of await partnersOf(ctx, old, all)) await certifyMutually(ctx, partner, next);
    if (next.responder === undefined) await issueResponder(ctx, next);
    await publishDue(ctx);
    return authorityById(ctx.sql, next.id);
  });
}

/** Whether it has no responder yet, or not all of its first lists. */
async function isHalfMade(ctx: CaContext, authority: Authority): Promise<boolean> {
  const [row] = await ctx.sql<{ isReady: boolean; lists: number }[]>`
    select responder_certificate is not null as "isReady",
      (select count(*)::int from ca.crl where authority = ${authority.id}) as lists
    from ca.authority where id = ${authority.id}`;
  return row?.isReady !== true || row.lists < shardsOf(authority).length;
}

/** The authorities of other kinds that the old key certifies. */
async function partnersOf(ctx: CaContext, old: Authority, all: readonly Authority[]): Promise<Authority[]> {
  const rows = await ctx.sql<{ subject: string }[]>`select subject from ca.mutual where issuer = ${old.id}`;
  const ids = new Set(rows.map((row) => row.subject));
  return all.filter((one) => ids.has(one.id) && (one.kind !== old.kind || one.prefecture !== old.prefecture));
}

function keyKindOf({ kind, certificate }: Authority): KeyKind {
  if (!citizenKinds.includes(kind) && (kind === 'agency' || kind === 'tsa')) return 'rsa3072';
  return certificate.signatureAlgorithm === 'ecdsa-sha384' ? 'p384' : 'rsa2048';
}

function nothingToFollow({ kind, prefecture }: RollOverInput): CaError {
  const what = `${kind}${prefecture === undefined ? '' : ` ${prefecture}`}`;
  return new CaError('rollover.unknown', {
    ja: `「${what}」の認証局はないので、次の世代は作れません。`,
    jaEasy: `「${what}」は ありません。`,
    en: `There is no authority "${what}" that a new generation could follow.`,
  });
}
