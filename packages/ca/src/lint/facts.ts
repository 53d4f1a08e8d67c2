import {
  type Certificate,
  contentOf,
  type Identity,
  inside,
  keyIdentifier,
  type Name,
  type NameAttribute,
  type Parsed,
  readIdentity,
  wholeTlv,
} from '@madoguchi/pki/certificates';
import { keyFault } from '../keys/key-quality.js';

/** What rules ask of a certificate more than once, all of it from the bytes that are signed: the same bytes have the same facts. */
export interface Facts {
  /** Of the subject, in order, whatever RDN they stand in. */
  readonly attributes: readonly NameAttribute[];
  readonly extensionIds: readonly string[];
  /** By the algorithm identifier of the public key. */
  readonly keyKind: 'rsa' | 'ec';
  /** SHA-1 of the public key. */
  readonly keyId: Uint8Array;
  /** Why no certificate may be made for this key; undefined for a good one. */
  readonly keyFault: string | undefined;
  /** The two times as they are written: tag and text. */
  readonly times: readonly { readonly tag: number; readonly text: string }[];
  /** 基本4情報; undefined where there are none. */
  readonly identity: Parsed<Identity> | undefined;
}

export function factsOf(certificate: Certificate): Facts {
  return {
    attributes: attributesOf(certificate.subject),
    extensionIds: certificate.extensions.map(({ oid }) => oid),
    keyKind: Buffer.from(certificate.spki.subarray(0, 24)).includes(rsaEncryption) ? 'rsa' : 'ec',
    keyId: keyIdentifier(certificate.spki),
    keyFault: keyFault(certificate.spki),
    times: writtenTimes(certificate.tbs),
    identity: readIdentity(certificate),
  };
}

const rsaEncryption = Buffer.from('06092a864886f70d010101', 'hex');

function attributesOf({ rdns }: Name): NameAttribute[] {
  const all: NameAttribute[] = [];
  for (const rdn of rdns) for (const attribute of rdn) all.push(attribute);
  return all;
}

/** Issuers are few and are asked with everything they issue. */
const issuers = new WeakMap<Certificate, readonly NameAttribute[]>();

/** The attributes of the subject of an issuing certificate. */
export function issuerAttributes(issuer: Certificate): readonly NameAttribute[] {
  const known = issuers.get(issuer) ?? attributesOf(issuer.subject);
  issuers.set(issuer, known);
  return known;
}

function writtenTimes(tbs: Uint8Array): { tag: number; text: string }[] {
  const fields = inside(wholeTlv(tbs));
  for (let before = 0; before < 4; before++) fields.next();
  const validity = fields.sequence('certificate.validity');
  return [validity.next(), validity.next()].map((tlv) => ({
    tag: tlv.tag,
    text: Buffer.from(contentOf(tlv)).toString('latin1'),
  }));
}
