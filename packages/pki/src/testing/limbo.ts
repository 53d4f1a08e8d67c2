import { readFileSync } from 'node:fs';
import type { GeneralName } from '../certificate/general-name.js';
import { parseCertificate } from '../certificate/parse.js';
import { keyPurposes } from '../oids.js';
import { validatePath } from '../path/validate.js';

/** What we read of a case of x509-limbo (its `limbo-schema.json`). */
interface LimboCase {
  readonly id: string;
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly extended_key_usage: readonly string[];
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly expected_peer_name: { readonly kind: string; readonly value: string } | null;
  readonly max_chain_depth: number | null;
  readonly crls: readonly string[];
}

/** How we answered: as the suite wants; or not, because the host name is the caller's to compare; or else not. */
export interface LimboAnswer {
  readonly id: string;
  readonly answer: 'right' | 'host' | 'different';
  /** Processor time in milliseconds. */
  readonly ms: number;
}

const purposes: Record<string, string> = {
  serverAuth: keyPurposes.serverAuth,
  clientAuth: keyPurposes.clientAuth,
};

/** Every case of a `limbo.json`, answered by `validatePath`. Cases of BetterTLS are about servers of TLS, so that purpose is demanded there. */
export function answerLimbo(place: string): LimboAnswer[] {
  const { testcases } = JSON.parse(readFileSync(place, 'utf8')) as { testcases: LimboCase[] };
  return testcases.map((each) => {
    const leaf = der(each.peer_certificate);
    const before = process.cpuUsage();
    const { valid } = validatePath({
      leaf,
      anchors: each.trusted_certs.map(der),
      intermediates: each.untrusted_intermediates.map(der),
      crls: each.crls.map(der),
      checkRevocation: each.crls.length > 0,
      time: each.validation_time === null ? new Date() : new Date(each.validation_time),
      extKeyUsage: each.id.startsWith('bettertls')
        ? [keyPurposes.serverAuth]
        : each.extended_key_usage.flatMap((name) => purposes[name] ?? []),
      ...(each.max_chain_depth === null ? {} : { maxDepth: each.max_chain_depth }),
    });
    const { user, system } = process.cpuUsage(before);
    const right = valid === (each.expected_result === 'SUCCESS');
    const answer = right ? 'right' : valid && !isNamed(leaf, each) ? 'host' : 'different';
    return { id: each.id, answer, ms: (user + system) / 1000 };
  });
}

function der(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
}

/** Whether a certificate's alternative names hold the host asked for; without a host asked for it is no question. */
function isNamed(leaf: Uint8Array, { expected_peer_name: wanted }: LimboCase): boolean {
  const parsed = parseCertificate(leaf);
  if (!parsed.ok || wanted === null) return true;
  return (parsed.value.subjectAltNames ?? []).some((name) =>
    isHost(name, wanted.kind, wanted.value.toLowerCase()),
  );
}

function isHost(name: GeneralName, kind: string, wanted: string): boolean {
  if (kind === 'IP')
    return name.kind === 'iPAddress' && name.octets.length === 4 && [...name.octets].join('.') === wanted;
  if (name.kind !== 'dNSName') return false;
  const value = name.value.toLowerCase();
  const [, ...parent] = wanted.split('.');
  return (
    value === wanted || (value.startsWith('*.') && parent.length > 1 && value.slice(2) === parent.join('.'))
  );
}
