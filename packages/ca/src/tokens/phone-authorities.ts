import { withAdvisoryLock } from '@madoguchi/store';
import { makeAuthority } from '../authority/make.js';
import { type AuthorityKind, authorities, type CaContext } from '../context.js';
import { issueResponder } from '../issuance/responder.js';
import { publishDue } from '../revocation/publish.js';

const kinds = ['phone-sign', 'phone-auth'] as const satisfies readonly AuthorityKind[];

/**
 * The issuing keys of the smartphone class with their responders and first lists, made where they are missing: the class came later than
 * the authority, in 2023 as in data folders of earlier versions. The scheme of 2008 has none.
 */
export async function preparePhoneAuthorities(
  ctx: CaContext,
  key: 'rsa2048' | 'p384' = 'rsa2048',
): Promise<void> {
  if (ctx.scheme.name !== 'national') return;
  const isReady = async () => {
    const all = await authorities(ctx.sql);
    return kinds.every((kind) => all.some((one) => one.kind === kind && one.responder !== undefined));
  };
  if (await isReady()) return;
  await withAdvisoryLock(ctx.sql, 'ca.phoneAuthorities', async () => {
    for (const kind of kinds) {
      const made = await makeAuthority(ctx, {
        ...{ kind, key, prefecture: '', generation: 1 },
        issuesFrom: ctx.clock(),
      });
      if (made.responder === undefined) await issueResponder(ctx, made);
    }
    await publishDue(ctx);
  });
}
