import { type Certificate, parseCertificate, readIdentity } from '@madoguchi/pki/certificates';
import { validatePath } from '@madoguchi/pki/validation';
import type { KeyKind } from '../card-visit.js';
import { RenewalError } from './renewal-error.js';

/**
 * Is the certificate that came back the one that was asked for: for the key that the card made, with the same person in it as in the old one and not
 * shorter, good now, under an authority that we know?
 *
 * @throws RenewalError renewal.answer
 */
export function checkNewCertificate(
  der: Uint8Array,
  wanted: {
    readonly key: KeyKind;
    readonly publicKey: Uint8Array;
    /** What it follows; absent where there is none. */
    readonly old?: Certificate;
    readonly issuer: Uint8Array;
    readonly anchors: readonly Uint8Array[];
    readonly now: Date;
  },
): Certificate {
  const parsed = parseCertificate(der);
  if (!parsed.ok) throw new RenewalError('renewal.answer', parsed.rule);
  const fresh = parsed.value;
  const bad = (what: string) => new RenewalError('renewal.answer', what);
  if (!Buffer.from(fresh.spki).equals(wanted.publicKey)) throw bad('key');
  const { old } = wanted;
  if (old !== undefined && fresh.notAfter < old.notAfter) throw bad('end');
  if (old !== undefined && wanted.key === 'sign' && !samePerson(fresh, old)) throw bad('person');
  const { valid } = validatePath({
    leaf: der,
    intermediates: [wanted.issuer],
    anchors: [...wanted.anchors],
    // A clock of this computer that is a little behind is no fault of the certificate.
    time: new Date(Math.max(wanted.now.getTime(), fresh.notBefore.getTime())),
    checkRevocation: false,
    keyUsage: [wanted.key === 'sign' ? 'nonRepudiation' : 'digitalSignature'],
  });
  if (!valid) throw bad('path');
  return fresh;
}

function samePerson(a: Certificate, b: Certificate): boolean {
  const [one, other] = [readIdentity(a), readIdentity(b)];
  if (one === undefined || other === undefined || !one.ok || !other.ok) return false;
  return JSON.stringify(one.value) === JSON.stringify(other.value);
}
