import { randomUUID } from 'node:crypto';
import { generateKeyPair, ocspResponderTemplate, softwareSigner } from '@madoguchi/pki';
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
  const pkcs8 = (await ctx.keystore.get(name)) ?? (await generateKeyPair('p256')).pkcs8;
  await ctx.keystore.put(name, pkcs8);
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
    template: (serial) =>
      ocspResponderTemplate({
        serial,
        publicKey: softwareSigner(pkcs8).publicKey,
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
