import type { DocumentEvidence } from './document.js';
import { parsePolicy, policyShape } from './parse-policy.js';
import { choice, flag, list, type ObjectShape, type ShapeFault, shapeFaults, text, whole } from './shape.js';
import { coveredFiles, moment, sha256Hex } from './shapes.js';

const rule = text('the name of a rule');
const oid = text('an object identifier');
const algorithm = text('a signature algorithm, e.g. rsa-sha256');
const outcome = choice('PASSED', 'FAILED', 'INDETERMINATE');

const certificate: ObjectShape = {
  kind: 'object',
  required: {
    der: text('a certificate, DER in base64'),
    sha256: text('SHA-256 of the certificate, hexadecimal'),
    notBefore: moment,
    notAfter: moment,
    keyUsage: list(text('a key usage, as RFC 5280 names it')),
    policies: list(oid),
    demo: flag,
  },
  optional: { extKeyUsage: list(oid), algorithm, keyBits: whole() },
};

const chain: ObjectShape = {
  kind: 'object',
  note: 'What path validation said, without revocation, at the moment `at`.',
  required: { at: moment, indication: outcome, reason: text('one sentence'), path: list(certificate) },
  optional: { subIndication: text('a sub-indication of ETSI EN 319 102-1') },
};

const counterSignature: ObjectShape = {
  kind: 'object',
  required: { intact: flag },
  optional: { rule, certificateSha256: text('SHA-256, hexadecimal'), signingTime: moment },
};

const signature: ObjectShape = {
  kind: 'object',
  required: { signers: whole() },
  optional: {
    subIndication: text('a sub-indication of ETSI EN 319 102-1'),
    rule,
    contentType: oid,
    number: whole(),
    signer: {
      kind: 'object',
      required: { signingCertificate: choice('v1', 'v2', 'both', 'absent'), attributesOrdered: flag },
      optional: {
        signingTime: moment,
        algorithm,
        keyBits: whole(),
        counterSignatures: list(counterSignature),
        signaturePolicy: {
          kind: 'object',
          required: { oid },
          optional: { sha256: text('SHA-256, hexadecimal') },
        },
      },
    },
  },
};

const revocationItem: ObjectShape = {
  kind: 'object',
  required: {
    kind: choice('crl', 'ocsp'),
    certificate: text('SHA-256 of the certificate it speaks about'),
    source: text('where it came from'),
    obtainedAt: moment,
    sha256: text('SHA-256 of the list or answer'),
    authentic: flag,
  },
  optional: {
    rule,
    thisUpdate: moment,
    nextUpdate: moment,
    status: choice('good', 'revoked', 'unknown'),
    revokedAt: moment,
    reason: text('a reason, as RFC 5280 names it'),
    algorithm,
    keepsExpiredSince: moment,
  },
};

const timeStamp: ObjectShape = {
  kind: 'object',
  required: { kind: choice('signature', 'archive'), sha256: text('SHA-256 of the token'), intact: flag },
  optional: {
    rule,
    time: moment,
    // RFC 3161 allows seconds up to 2^31 here (tsp/info.ts).
    accuracyMs: whole(0, 2 ** 41),
    digest: text('a digest algorithm'),
    algorithm,
    keyBits: whole(),
    chain,
    covers: list(text('SHA-256 of what it covers')),
  },
};

const xml: ObjectShape = {
  kind: 'object',
  required: {
    form: choice('xmldsig', 'xades'),
    digests: list(text('a digest algorithm')),
    uncovered: list(text('path of an element')),
    unjudged: list(text('name of a property')),
  },
  optional: { fault: text('rule, line and column') },
};

const pdf: ObjectShape = {
  kind: 'object',
  required: { intact: flag },
  optional: {
    rule,
    offset: whole(),
    signature: {
      kind: 'object',
      required: {
        named: flag,
        faults: list({ kind: 'object', required: { rule, offset: whole() } }),
        fileCovered: flag,
        changes: list({
          kind: 'object',
          required: { kind: text('the kind of change'), permitted: flag, rule, object: whole() },
          optional: { visible: flag },
        }),
      },
      optional: {
        type: text('/Type'),
        subFilter: text('/SubFilter'),
        time: moment,
        signedLength: whole(),
        certifies: whole(),
        message: {
          kind: 'object',
          required: { signers: whole(), certificateInside: flag, signedAttributes: flag, signingTime: flag },
          optional: { digest: text('a digest algorithm') },
        },
      },
    },
  },
};

const evidence: ObjectShape = {
  kind: 'object',
  required: {
    format: choice('madoguchi-evidence/1'),
    policy: text('id of the policy it was collected for'),
    revocation: list(revocationItem),
  },
  optional: {
    nonceTime: moment,
    arrivalTime: moment,
    container: {
      kind: 'object',
      required: { intact: flag },
      optional: { rule, offset: whole() },
    },
    xml,
    pdf,
    signature,
    chain,
    timeStamps: list(timeStamp),
    attempts: list({
      kind: 'object',
      required: {
        certificate: text('SHA-256 of the certificate it was about'),
        source: text('the address that was asked'),
        at: moment,
        failure: rule,
      },
    }),
  },
};

/** The frozen evidence of a document (docs/schemas/evidence.json). */
export const documentEvidenceShape: ObjectShape = {
  kind: 'object',
  required: {
    format: choice('madoguchi-document-evidence/1'),
    gatheredAt: moment,
    policy: policyShape,
    document: {
      kind: 'object',
      required: {
        name: text('its name, without a folder'),
        size: whole(),
        sha256: sha256Hex,
        form: text('the format, e.g. ASiC-E'),
      },
    },
    signatures: list({
      kind: 'object',
      required: {
        id: text('what tells it from the others'),
        covers: coveredFiles,
        evidence,
      },
    }),
  },
};

export type DocumentEvidenceRead =
  | { readonly ok: true; readonly evidence: DocumentEvidence }
  | { readonly ok: false; readonly faults: readonly ShapeFault[] };

/** Reads frozen evidence from parsed JSON; every departure from its shape is named. What fits can be evaluated and never makes that throw. */
export function parseDocumentEvidence(json: unknown): DocumentEvidenceRead {
  const faults = shapeFaults(json, documentEvidenceShape);
  if (faults.length > 0) return { ok: false, faults };
  // The shape is the type, member by member.
  const evidence = json as DocumentEvidence;
  const policy = parsePolicy(evidence.policy);
  return policy.ok ? { ok: true, evidence: { ...evidence, policy: policy.policy } } : policy;
}
