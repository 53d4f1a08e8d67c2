import { parseCertificate } from '@madoguchi/pki/certificates';
import { authorities, type CaContext } from '../context.js';
import { lintProfileOf } from '../lint/choose.js';
import { type LintFault, lint } from '../lint/lint.js';
import type { IssuedProfile } from './record.js';

/** A stored certificate that today's rules would not let out. */
export interface RecheckFault {
  readonly alias: string;
  readonly profile: IssuedProfile;
  readonly faults: readonly LintFault[];
}

/** How many certificates are read at a time: memory stays bounded whatever the size of the record. */
const batch = 500;

/** Reads every stored certificate again and lints it under the rules of today (nightly): rules and code change, certificates stay. */
export async function recheck(ctx: CaContext): Promise<RecheckFault[]> {
  const issuers = new Map((await authorities(ctx.sql)).map((one) => [one.id, one]));
  const found: RecheckFault[] = [];
  const rows = ctx.sql<
    { alias: string; profile: IssuedProfile; authority: string; certificate: Uint8Array }[]
  >`select alias, profile, authority, certificate from ca.certificate where certificate is not null`;
  await rows.cursor(batch, (some) => {
    for (const { alias, profile, authority, certificate } of some) {
      const parsed = parseCertificate(certificate);
      const issuer = issuers.get(authority);
      const faults =
        parsed.ok && issuer !== undefined
          ? lint(parsed.value, lintProfileOf(profile, issuer), issuer.certificate)
          : [{ rule: parsed.ok ? 'issuer' : parsed.rule, detail: 'cannot be read' }];
      if (faults.length > 0) found.push({ alias, profile, faults });
    }
  });
  return found;
}
