import { randomUUID } from 'node:crypto';
import { ocspResponderTemplate } from '@madoguchi/pki/certificates';
import { type Authority, type CaContext, keyName } from '../context.js';
import { yearsLater } from '../validity.js';
import { makeCertificate } from './make.js';
import { markDelivered } from './record.js';

const responderYears = 5;

/**
 * The OCSP responder of an issuing key: a P-256 key (nine times faster than RSA), certified directly by that key, because a responder
 * speaks only for the key that issued it (RFC 6960 4.2.2.2).
 */
export async function issueResponder(ctx: CaContext, authority: Authority): Promise<void> {
  const name = `${keyName(authority.id)}-ocsp`;
  const { publicKey } = await ctx.keys.ensure(name, 'p256');
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const end = Math.min(
    yearsLater(notBefore, responderYears).getTime(),
    authority.certificate.notAfter.getTime(),
  );
  const made = await makeCertificate(ctx, {
    authority,
    profile: 'ocsp',
    municipality: '',
    issue: randomUUID(),
    // The responder's key outlives a try that a crash cut off.
    keyIsKnown: true,
    publicKey,
    template: (serial) =>
      ocspResponderTemplate({
        serial,
        publicKey,
        issuer: authority.certificate,
        notBefore,
        notAfter: new Date(end),
      }),
  });
  await ctx.sql`
    update ca.authority set responder_certificate = ${made.certificate}, responder_key = ${name}
    where id = ${authority.id}`;
  await markDelivered(ctx, [made]);
}
