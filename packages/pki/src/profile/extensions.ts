import { type Extension, type KeyUsage, keyUsages } from '../certificate/extensions.js';
import { writeGeneralName } from '../certificate/general-name.js';
import type { Certificate } from '../certificate/parse.js';
import {
  boolean,
  constructed,
  explicit,
  ia5String,
  implicit,
  namedBits,
  nullValue,
  octetString,
  oid,
  primitive,
  sequence,
} from '../der/write.js';
import { keyIdentifier } from '../key/digest.js';
import { access, extensionIds, policyQualifiers } from '../oids.js';

/** The extensions of our profiles, each as it stands in a certificate. */

/** Extensions of a few values that stand in one certificate after another: written once, and not to be changed. */
const written = new Map<string, Extension>();

function shared(key: string, write: () => Extension): Extension {
  const known = written.get(key);
  if (known !== undefined) return known;
  const made = write();
  if (written.size < 200) written.set(key, made);
  return made;
}

export function keyUsage(...usages: KeyUsage[]): Extension {
  return shared(`keyUsage ${usages.join()}`, () => ({
    oid: extensionIds.keyUsage,
    critical: true,
    value: namedBits(usages.map((usage) => keyUsages.indexOf(usage))),
  }));
}

export function extKeyUsage(critical: boolean, ...purposes: string[]): Extension {
  return { oid: extensionIds.extKeyUsage, critical, value: sequence(...purposes.map(oid)) };
}

export function caTrue(pathLength?: number): Extension {
  const length = pathLength === undefined ? undefined : primitive(0x02, Uint8Array.of(pathLength));
  return { oid: extensionIds.basicConstraints, critical: true, value: sequence(boolean(true), length) };
}

/** One policy, critical, with the place of the practice statement where there is one (a CPS URI). */
export function policy(policyOid: string, cps?: string): Extension {
  return shared(`policy ${policyOid} ${cps ?? ''}`, () => {
    const qualifiers =
      cps === undefined ? undefined : sequence(sequence(oid(policyQualifiers.cps), ia5String(cps)));
    return {
      oid: extensionIds.certificatePolicies,
      critical: true,
      value: sequence(sequence(oid(policyOid), qualifiers)),
    };
  });
}

export function altName(kind: 'subject' | 'issuer', ...names: Uint8Array[]): Extension {
  const id = kind === 'subject' ? extensionIds.subjectAltName : extensionIds.issuerAltName;
  return { oid: id, critical: false, value: sequence(...names) };
}

/** cRLDistributionPoints with one full name; `name` is a GeneralName in DER. */
export function crlDistributionPoint(name: Uint8Array): Extension {
  const fullName = constructed(0xa0, [name]);
  return {
    oid: extensionIds.crlDistributionPoints,
    critical: false,
    value: sequence(sequence(explicit(0, fullName))),
  };
}

export function ocspAccess(url: string): Extension {
  const value = sequence(sequence(oid(access.ocsp), writeGeneralName.uri(url)));
  return { oid: extensionIds.authorityInfoAccess, critical: false, value };
}

export function subjectKey(publicKey: Uint8Array): Extension {
  return {
    oid: extensionIds.subjectKeyIdentifier,
    critical: false,
    value: octetString(keyIdentifier(publicKey)),
  };
}

/** The issuer's key; in citizens' certificates also the issuer's own issuer and serial number, as in the JPKI profile. */
export function authorityKey(issuer: Certificate, withIssuerAndSerial = false): Extension {
  const keys = withIssuerAndSerial ? longKeys : shortKeys;
  const known = keys.get(issuer) ?? writeAuthorityKey(issuer, withIssuerAndSerial);
  keys.set(issuer, known);
  return known;
}

/** The same in everything an authority issues, so written once. */
const longKeys = new WeakMap<Certificate, Extension>();
const shortKeys = new WeakMap<Certificate, Extension>();

function writeAuthorityKey(issuer: Certificate, withIssuerAndSerial: boolean): Extension {
  const key = issuer.subjectKeyIdentifier ?? keyIdentifier(issuer.spki);
  return {
    oid: extensionIds.authorityKeyIdentifier,
    critical: false,
    value: sequence(
      implicit(0, octetString(key)),
      withIssuerAndSerial ? constructed(0xa1, [writeGeneralName.directory(issuer.issuer.der)]) : undefined,
      withIssuerAndSerial ? primitive(0x82, issuer.serial) : undefined,
    ),
  };
}

export function ocspNoCheck(): Extension {
  return { oid: extensionIds.ocspNoCheck, critical: false, value: nullValue() };
}
