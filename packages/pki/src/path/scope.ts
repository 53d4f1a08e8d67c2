import type { DistributionPoint, DistributionPointName } from '../certificate/extensions.js';
import type { GeneralName } from '../certificate/general-name.js';
import type { Certificate } from '../certificate/parse.js';
import type { CrlIndex } from '../crl/load.js';
import { extendedNameKey, type Name, nameKey } from '../name.js';

/** Reasons as a mask: bit n for bit n of ReasonFlags. All of 1 to 8 must be covered before a certificate counts as not revoked (RFC 5280 4.2.1.13). */
export const allReasons = 0x1fe;

function maskOf(reasons: ReadonlySet<number> | undefined): number {
  if (reasons === undefined) return allReasons;
  let mask = 0;
  // Bits that nobody has defined count as bit 0, which is never demanded.
  for (const bit of reasons) mask |= bit <= 8 ? 1 << bit : 1;
  return mask;
}

/** A place where the CRL of a certificate may be found: one of its distribution points, or the one every certificate has. */
export interface Place {
  /** Who may have issued the CRL. */
  issuers: readonly Name[];
  /** The CRL must be an indirect one. */
  indirect: boolean;
  names: { has(name: string): boolean };
  reasons: number;
}

/** The places of a certificate: its distribution points, then its issuer's own name (RFC 5280 6.3.3, last paragraph). */
export function placesOf(certificate: Certificate): Place[] {
  const own: Place = {
    issuers: [certificate.issuer],
    indirect: false,
    names: nameSet([nameKey(certificate.issuer)]),
    reasons: allReasons,
  };
  return [...(certificate.crlDistributionPoints ?? []).map((point) => placeOf(point, certificate)), own];
}

function placeOf(point: DistributionPoint, certificate: Certificate): Place {
  const named = (point.crlIssuer ?? []).flatMap((name) => (name.kind === 'directoryName' ? [name.name] : []));
  const indirect = point.crlIssuer !== undefined;
  const issuers = indirect ? named : [certificate.issuer];
  const [base] = issuers;
  const names =
    point.name !== undefined && base !== undefined ? keysOf(point.name, base) : named.map(nameKey);
  return { issuers, indirect, names: nameSet(names), reasons: maskOf(point.reasons) };
}

/** Of one or two names no set is made; of thousands one must be. */
function nameSet(names: readonly string[]): Place['names'] {
  return names.length > 4 ? new Set(names) : { has: (name) => names.includes(name) };
}

/** The reasons for which this CRL speaks about a certificate at this place; undefined where it does not (RFC 5280 6.3.3 (b), (d)). */
export function reasonsCovered(crl: CrlIndex, place: Place, certificate: Certificate): number | undefined {
  const idp = crl.issuingDistributionPoint;
  if (place.indirect && idp?.indirectCrl !== true) return undefined;
  if (idp === undefined) return place.reasons;
  const isCa = certificate.basicConstraints?.ca === true;
  if (
    idp.onlyContainsAttributeCerts ||
    (idp.onlyContainsUserCerts && isCa) ||
    (idp.onlyContainsCaCerts && !isCa)
  ) {
    return undefined;
  }
  if (idp.name !== undefined && !namesOf(crl).some((key) => place.names.has(key))) return undefined;
  return place.reasons & maskOf(idp.onlySomeReasons);
}

/** Whether two CRLs of one issuer have the same scope: a delta must have its base's (RFC 5280 6.3.3 (c)). */
export function sameScope(a: CrlIndex, b: CrlIndex): boolean {
  return scopeKey(a) === scopeKey(b);
}

function scopeKey(crl: CrlIndex): string {
  const idp = crl.issuingDistributionPoint;
  if (idp === undefined) return '';
  return JSON.stringify([
    [...namesOf(crl)].sort(),
    idp.onlyContainsUserCerts,
    idp.onlyContainsCaCerts,
    idp.onlyContainsAttributeCerts,
    idp.indirectCrl,
    idp.onlySomeReasons === undefined ? [] : [...idp.onlySomeReasons].sort(),
  ]);
}

const listNames = new WeakMap<CrlIndex, string[]>();

/** The names of a CRL's distribution point, computed once. */
export function namesOf(crl: CrlIndex): readonly string[] {
  const known = listNames.get(crl);
  if (known !== undefined) return known;
  const name = crl.issuingDistributionPoint?.name;
  const made = name === undefined ? [] : keysOf(name, crl.issuer);
  listNames.set(crl, made);
  return made;
}

/**
 * Comparable forms of a distribution point's names; a relative name stands behind `base`. A directory name's is its key, which begins with
 * a bracket, and no other kind of name does.
 */
function keysOf(name: DistributionPointName, base: Name): string[] {
  if ('fullName' in name) return name.fullName.map(keyOf);
  return [extendedNameKey(base, name.relativeName)];
}

function keyOf(name: GeneralName): string {
  switch (name.kind) {
    case 'directoryName':
      return nameKey(name.name);
    case 'uniformResourceIdentifier':
    case 'dNSName':
    case 'rfc822Name':
      return `${name.kind} ${name.value}`;
    case 'iPAddress':
      return `${name.kind} ${Buffer.from(name.octets).toString('hex')}`;
    case 'registeredID':
      return `${name.kind} ${name.oid}`;
    case 'otherName':
      return `${name.kind} ${name.type} ${Buffer.from(name.value.bytes.subarray(name.value.start, name.value.end)).toString('hex')}`;
    case 'x400Address':
    case 'ediPartyName':
      return `${name.kind} ${Buffer.from(name.der).toString('hex')}`;
  }
}

/** For lookups: the certificate's issuer where the CRL is indirect, else the CRL's own. */
export function entryIssuer(crl: CrlIndex, certificate: Certificate): Name | undefined {
  if (crl.issuingDistributionPoint?.indirectCrl !== true) return undefined;
  return nameKey(certificate.issuer) === nameKey(crl.issuer) ? undefined : certificate.issuer;
}
