import {
  agencyCodeOf,
  agencyNameOf,
  type Certificate,
  demoOids,
  type KeyUsage,
  parseCertificate,
  validatePath,
  verifyOcspResponse,
} from '@madoguchi/pki';

/** What is needed to judge an agency's certificate, at the agent and at anyone who reads a receipt. */
export interface AgencyTrust {
  /** Agency roots, DER: never the citizens' authorities. */
  anchors: Uint8Array[];
  /** Whether the demo authority counts. With false, a certificate under the demo arc is refused. */
  demo: boolean;
  now: Date;
  /** For intermediate authorities, which no stapled answer covers. */
  crls?: Uint8Array[] | undefined;
  /** Oldest stapled OCSP answer that still counts. Default: one day. */
  ocspMaxAgeMs?: number | undefined;
  /** Certificate policies of agencies outside the demo, for signing and for encryption. */
  policies?: { signing: string[]; encryption: string[] } | undefined;
}

/** What an agency's certificate is asked to be good for. */
export type AgencyUse = 'signing' | 'encryption';

export type SignerRule =
  | 'signer.certificate'
  | 'signer.demo'
  | 'signer.path'
  | 'signer.expired'
  | 'signer.revocationUnknown'
  | 'signer.revoked'
  | 'signer.agency';

/** An agency as its certificate names it. */
export interface Agency {
  code: string;
  name: string;
  certificate: Certificate;
}

export type AgencySigner = { ok: true; agency: Agency } | { ok: false; rule: SignerRule };

const oneDay = 24 * 3600 * 1000;

/**
 * Judges a certificate as an agency's: it chains to an agency anchor under the agency policy, is in force, and carries an agency
 * code. A citizen's certificate fails by its anchor, by its policy and by the missing code.
 *
 * `revocation`: `required` wants a fresh, good OCSP answer (fail closed); `ifStapled` judges one that is there.
 */
export function verifyAgencySigner(
  chain: Uint8Array[],
  ocsp: Uint8Array | undefined,
  trust: AgencyTrust,
  use: { for: AgencyUse; keyUsage: KeyUsage[]; revocation: 'required' | 'ifStapled' },
): AgencySigner {
  const fail = (rule: SignerRule): AgencySigner => ({ ok: false, rule });
  const [leaf, ...intermediates] = chain;
  const parsed = leaf && parseCertificate(leaf);
  if (!leaf || !parsed?.ok) return fail('signer.certificate');
  const certificate = parsed.value;
  const demoPolicy = use.for === 'signing' ? demoOids.agency : demoOids.agencyEncryption;
  const named = certificate.policies?.map((policy) => policy.oid) ?? [];
  if (!trust.demo && named.includes(demoPolicy)) return fail('signer.demo');

  const asked = {
    leaf,
    intermediates,
    anchors: trust.anchors,
    time: trust.now,
    initialPolicies: [...(trust.policies?.[use.for] ?? []), ...(trust.demo ? [demoPolicy] : [])],
    requireExplicitPolicy: true,
    keyUsage: use.keyUsage,
  };
  const path = validatePath({ ...asked, checkRevocation: false });
  if (!path.valid) {
    const { notBefore, notAfter } = certificate;
    return fail(trust.now < notBefore || trust.now > notAfter ? 'signer.expired' : 'signer.path');
  }
  if (path.path.length > 2) {
    const whole = validatePath({
      ...asked,
      crls: trust.crls ?? [],
      ocspResponses: ocsp ? [ocsp] : [],
    });
    if (whole.indication === 'FAILED') return fail('signer.revoked');
    if (whole.indication !== 'PASSED') return fail('signer.revocationUnknown');
  }
  const issuer = path.path[1];
  if (!issuer) return fail('signer.path');
  const revocation = judgeOcsp(leaf, issuer, ocsp, trust, use.revocation);
  if (revocation) return fail(revocation);

  const code = agencyCodeOf(certificate);
  const name = agencyNameOf(certificate);
  if (!code || !name) return fail('signer.agency');
  return { ok: true, agency: { code, name, certificate } };
}

function judgeOcsp(
  leaf: Uint8Array,
  issuer: Uint8Array,
  ocsp: Uint8Array | undefined,
  trust: AgencyTrust,
  revocation: 'required' | 'ifStapled',
): SignerRule | undefined {
  if (!ocsp) return revocation === 'required' ? 'signer.revocationUnknown' : undefined;
  const answer = verifyOcspResponse({
    response: ocsp,
    certificate: leaf,
    issuer,
    time: trust.now,
    maxAgeMs: trust.ocspMaxAgeMs ?? oneDay,
  });
  if (answer.ok && answer.status === 'revoked') return 'signer.revoked';
  if (answer.ok && answer.status === 'good') return undefined;
  return 'signer.revocationUnknown';
}
