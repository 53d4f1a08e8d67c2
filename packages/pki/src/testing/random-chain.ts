import { writeGeneralName } from '../certificate/general-name.js';
import { issueCertificate } from '../certificate/issue.js';
import { buildCrl } from '../crl/build.js';
import { implicit, integer, namedBits, octetString, oid, sequence } from '../der/write.js';
import { keyIdentifier } from '../key/digest.js';
import type { Signer } from '../key/software.js';
import { buildName } from '../name.js';
import { anyPolicy, extensionIds } from '../oids.js';
import { caTrue, subjectKey } from '../profile/extensions.js';

interface Pair {
  publicKey: Uint8Array;
  signer: Signer;
}

const day = 86_400_000;
const policies = ['1.3.6.1.4.1.32473.1', '1.3.6.1.4.1.32473.2', anyPolicy];
const hosts = ['a.example.jp', 'b.example.jp', 'city.example.org'];
const subtrees = ['example.jp', 'a.example.jp', 'example.org'];

/**
 * A chain of two to four certificates whose signatures are all good and whose contents are drawn at random: validity, CA flag, path length,
 * key usage, policies with mappings and constraints, names with constraints, lists that are stale, missing or name the certificate.
 * `features` tells what was drawn beyond the ordinary.
 */
export async function randomChain(pairs: readonly Pair[], random: () => number, now: Date) {
  const below = (n: number): number => Math.floor(random() * n);
  const seldom = (): boolean => below(12) === 0;
  const features: string[] = [];
  const drawn = (what: string): true => {
    features.push(what);
    return true;
  };
  const length = 2 + below(3);
  const date = (days: number): Date => new Date(now.getTime() + days * day);
  const name = (level: number): Uint8Array =>
    buildName([
      ['O', 'JPKI-DEMO'],
      ['CN', `Level ${level}`],
    ]);
  const withPolicies = below(3) === 0 && drawn('policies');
  const certificates: Uint8Array[] = [];
  const crls: Uint8Array[] = [];
  for (let level = 0; level < length; level++) {
    const pair = pairs[level];
    const issuer = pairs[Math.max(0, level - 1)];
    if (pair === undefined || issuer === undefined) throw new RangeError('too few keys');
    const last = level === length - 1;
    const root = level === 0;
    const at = (what: string): true => drawn(`${what} at ${level}`);
    const extensions = [subjectKey(pair.publicKey)];
    const add = (id: string, critical: boolean, value: Uint8Array): void => {
      extensions.push({ oid: id, critical, value });
    };
    add(
      extensionIds.authorityKeyIdentifier,
      false,
      sequence(implicit(0, octetString(keyIdentifier(issuer.publicKey)))),
    );
    if (!last) {
      if (!(!root && seldom() && at('no CA')))
        extensions.push(caTrue(below(4) === 0 && at('path length') ? below(3) : undefined));
      const usage = !root && seldom() && at('no keyCertSign') ? [0, 6] : [5, 6];
      if (!(seldom() && at('no key usage'))) add(extensionIds.keyUsage, true, namedBits(usage));
    }
    if (withPolicies && !root && !(seldom() && at('no policies'))) {
      const chosen = policies.filter(() => below(2) === 0);
      const list = chosen.length === 0 ? [anyPolicy] : chosen;
      add(extensionIds.certificatePolicies, false, sequence(...list.map((each) => sequence(oid(each)))));
    }
    if (withPolicies && !root && !last && below(4) === 0 && at('mapping')) {
      const [a = '', b = ''] = policies;
      add(extensionIds.policyMappings, true, sequence(sequence(oid(a), oid(b))));
    }
    if (!root && below(8) === 0 && at('policy constraints')) {
      const tagged = (tag: number): Uint8Array => implicit(tag, integer(below(2)));
      add(extensionIds.policyConstraints, true, sequence(tagged(0), below(2) === 0 ? tagged(1) : undefined));
    }
    if (!root && !last && below(5) === 0 && at('name constraints')) {
      const subtree = sequence(writeGeneralName.dns(subtrees[below(3)] ?? ''));
      add(extensionIds.nameConstraints, true, sequence(implicit(below(2), sequence(subtree))));
    }
    if (last) {
      add(extensionIds.subjectAltName, false, sequence(writeGeneralName.dns(hosts[below(3)] ?? '')));
      if (seldom() && at('unknown critical'))
        add('1.3.6.1.4.1.32473.99', true, octetString(Uint8Array.of(1)));
    }
    const wrongName = !root && seldom() && at('wrong issuer name');
    const wrongKey = !root && seldom() && at('wrong key');
    const expired = seldom() && at('expired');
    const early = !expired && seldom() && at('not yet valid');
    certificates.push(
      await issueCertificate(
        {
          serial: Uint8Array.of(level + 1),
          issuer: name(root ? 0 : wrongName ? 9 : level - 1),
          subject: name(level),
          notBefore: date(early ? 5 : -20),
          notAfter: date(expired ? -2 : 400),
          publicKey: pair.publicKey,
          extensions,
        },
        (wrongKey ? pairs[4] : issuer)?.signer ?? issuer.signer,
      ),
    );
    if (last || (seldom() && at('no list'))) continue;
    const stale = seldom() && at('stale list');
    const revokes = seldom() && at('revokes');
    crls.push(
      await buildCrl(
        {
          issuer: name(level),
          issuerKeyIdentifier: keyIdentifier(pair.publicKey),
          thisUpdate: date(-3),
          nextUpdate: date(stale ? -1 : 4),
          number: 1n,
          entries: revokes ? [{ serial: Uint8Array.of(level + 2), date: date(-10) }] : [],
        },
        pair.signer,
      ),
    );
  }
  const [anchor = new Uint8Array(), ...others] = certificates;
  const leaf = others.pop() ?? anchor;
  return { leaf, anchor, intermediates: others, crls, features: features.join(', ') };
}
