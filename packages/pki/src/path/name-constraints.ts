import type { GeneralSubtree, NameConstraints } from '../certificate/extensions.js';
import type { GeneralName } from '../certificate/general-name.js';
import type { Certificate } from '../certificate/parse.js';
import { attempt } from '../der/fault.js';
import { readString } from '../der/values.js';
import { isEmptyName, nameValues, nameWithin } from '../name.js';
import { attributeTypes } from '../oids.js';
import type { Budget } from './context.js';

/** The constraints gathered along one path (RFC 5280 4.2.1.10, 6.1.3 (b) (c), 6.1.4 (g)). */
export class NameConstraintState {
  readonly #sets: NameConstraints[] = [];
  readonly #budget: Pick<Budget, 'names'>;

  /** Names × subtrees are charged to `budget`: an attacker chooses both. */
  constructor(budget: Pick<Budget, 'names'>) {
    this.#budget = budget;
  }

  add(constraints: NameConstraints): void {
    this.#sets.push(constraints);
  }

  /** The broken rule for a certificate's names, or undefined. Every set of constraints must agree: that is their intersection. */
  check(certificate: Certificate): string | undefined {
    if (this.#sets.length === 0) return undefined;
    for (const name of namesOf(certificate)) {
      for (const { permitted, excluded } of this.#sets) {
        this.#budget.names -= permitted.length + excluded.length;
        if (this.#budget.names < 0) return 'path.nameConstraints.work';
        const rule = checkName(name, permitted, excluded);
        if (rule !== undefined) return rule;
      }
    }
    return undefined;
  }
}

/** A mail address with letters beyond ASCII (RFC 9598 3), as an otherName. */
const smtpUtf8Mailbox = '1.3.6.1.5.5.7.8.9';

/** What constraints on mail addresses are about too (RFC 9598 6): else they were passed by writing an address in the other form. */
function mailboxesOf(names: readonly GeneralName[]): GeneralName[] {
  return names.flatMap((name): GeneralName[] => {
    if (name.kind !== 'otherName' || name.type !== smtpUtf8Mailbox) return [];
    const read = attempt(() => readString(name.value));
    // What is no text is no address, and no constraint clears it.
    return [{ kind: 'rfc822Name', value: read.ok ? (read.value ?? '') : '' }];
  });
}

/** The subject, the alternative names, and e-mail addresses written into the subject as in old certificates. */
function namesOf(certificate: Certificate): GeneralName[] {
  const given = certificate.subjectAltNames ?? [];
  const names = [...given, ...mailboxesOf(given)];
  if (!isEmptyName(certificate.subject)) names.push({ kind: 'directoryName', name: certificate.subject });
  for (const value of nameValues(certificate.subject, attributeTypes.emailAddress)) {
    names.push({ kind: 'rfc822Name', value });
  }
  return names;
}

function checkName(
  name: GeneralName,
  permitted: readonly GeneralSubtree[],
  excluded: readonly GeneralSubtree[],
): string | undefined {
  const same = ({ base }: GeneralSubtree): boolean => isSameForm(name, base);
  for (const { base } of excluded.filter(same)) {
    const inside = within(name, base, 'excluded');
    if (inside === undefined) return 'path.nameConstraints.unsupported';
    if (inside) return 'path.nameConstraints.excluded';
  }
  const allowed = permitted.filter(same);
  if (allowed.length === 0) return undefined;
  let found = false;
  for (const { base } of allowed) {
    const inside = within(name, base, 'permitted');
    if (inside === undefined) return 'path.nameConstraints.unsupported';
    found ||= inside;
  }
  return found ? undefined : 'path.nameConstraints.permitted';
}

/** Whether a constraint is about names of this form; other names under another type are another form (RFC 5280 4.2.1.6). */
function isSameForm(name: GeneralName, base: GeneralName): boolean {
  if (name.kind === 'otherName' && base.kind === 'otherName') return name.type === base.type;
  return name.kind === base.kind;
}

type Side = 'permitted' | 'excluded';

/** Whether a name lies in a subtree; undefined where that cannot be said, which the caller refuses. */
function within(name: GeneralName, base: GeneralName, side: Side): boolean | undefined {
  if (name.kind === 'directoryName' && base.kind === 'directoryName') return nameWithin(name.name, base.name);
  if (name.kind === 'dNSName' && base.kind === 'dNSName') return dnsWithin(name.value, base.value, side);
  if (name.kind === 'rfc822Name' && base.kind === 'rfc822Name')
    return mailWithin(name.value, base.value, side);
  if (name.kind === 'uniformResourceIdentifier' && base.kind === 'uniformResourceIdentifier') {
    return uriWithin(name.value, base.value);
  }
  if (name.kind === 'iPAddress' && base.kind === 'iPAddress') return addressWithin(name.octets, base.octets);
  return undefined;
}

/** Labels with dots between them, perhaps below a wildcard: what else stands in a dNSName is no name of a host (RFC 1123 2.1; `_` is found). */
const hostName = /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

function dnsWithin(value: string, constraint: string, side: Side): boolean | undefined {
  const host = value.toLowerCase().replace(/\.$/, '');
  const base = constraint.toLowerCase().replace(/\.$/, '');
  if (base === '') return true;
  if (!hostName.test(host)) return undefined;
  // A leading dot is no form of the RFC but is found: strictly below when it permits, below or equal when it excludes.
  const dotted = base.startsWith('.');
  const bare = dotted ? base.slice(1) : base;
  const below = host.endsWith(`.${bare}`);
  if (side === 'excluded' && host.startsWith('*.')) {
    // A wildcard reaches every host one label below its base, also the excluded ones.
    const reach = host.slice(2);
    if (bare === reach || bare.endsWith(`.${reach}`)) return true;
  }
  return below || (host === bare && (!dotted || side === 'excluded'));
}

/** Local-part: atoms with dots between them, or a quoted string (RFC 5321 4.1.2). */
const localPart = /^(?:[^\s"(),.:;<>@[\\\]]+(?:\.[^\s"(),.:;<>@[\\\]]+)*|"(?:[^"\\]|\\.)*")$/;

function mailWithin(value: string, constraint: string, side: Side): boolean | undefined {
  const at = value.lastIndexOf('@');
  if (at < 1 || !localPart.test(value.slice(0, at))) return undefined;
  const host = value.slice(at + 1).toLowerCase();
  const split = constraint.lastIndexOf('@');
  if (split >= 0) {
    return (
      value.slice(0, at) === constraint.slice(0, split) && host === constraint.slice(split + 1).toLowerCase()
    );
  }
  const base = constraint.toLowerCase();
  if (base === '') return side === 'excluded';
  return base.startsWith('.') ? host.endsWith(base) : host === base;
}

function uriWithin(value: string, constraint: string): boolean | undefined {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::\d*)?(?:[/?#]|$)/i.exec(value);
  const host = match?.[1]?.toLowerCase();
  // Without a host name there is nothing to compare: RFC 5280 wants such a URI refused.
  if (host === undefined || !host.includes('.') || /^[\d.]+$/.test(host)) return undefined;
  const base = constraint.toLowerCase();
  return base.startsWith('.') ? host.endsWith(base) : host === base;
}

function addressWithin(octets: Uint8Array, constraint: Uint8Array): boolean | undefined {
  if (constraint.length !== 8 && constraint.length !== 32) return undefined;
  if (octets.length !== 4 && octets.length !== 16) return undefined;
  if (constraint.length !== 2 * octets.length) return false;
  if (!isPrefix(constraint.subarray(octets.length))) return undefined;
  return octets.every((octet, index) => {
    const mask = constraint[octets.length + index] ?? 0;
    return (octet & mask) === ((constraint[index] ?? 0) & mask);
  });
}

/** Whether a mask has its ones in front, as RFC 4632 has it; of another nobody can say what it was meant to hold. */
function isPrefix(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return !bits.includes('01');
}
