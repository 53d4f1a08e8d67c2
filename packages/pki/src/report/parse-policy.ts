import { keyUsages } from '../certificate/extensions.js';
import { signatureSchemes } from '../key/algorithm.js';
import { checkIds } from './evaluate.js';
import { citizenSignaturePolicy, type ValidationPolicy } from './policy.js';
import {
  choice,
  flag,
  isRecord,
  list,
  type ObjectShape,
  type ShapeFault,
  shapeFaults,
  text,
  whole,
} from './shape.js';
import { moment, objectIdentifier, sha256Hex } from './shapes.js';

const algorithms = Object.keys(signatureSchemes);

/** A policy in a file. What it leaves out is as in `citizen-signature`; a word it does not know is a fault, so that a slip weakens nothing. */
export const policyShape: ObjectShape = {
  kind: 'object',
  closed: true,
  required: { id: text('a name for the policy, with its version', /^[\w.\-/]{1,100}$/) },
  optional: {
    $schema: text('the address of this schema'),
    description: text('what the policy is for'),
    demo: flag,
    freshness: {
      kind: 'either',
      of: [
        { kind: 'object', closed: true, required: { by: choice('nextUpdate') } },
        { kind: 'object', closed: true, required: { by: choice('maximumAge'), seconds: whole(1) } },
        { kind: 'object', closed: true, required: { by: choice('afterArrival') } },
      ],
    },
    skewSeconds: whole(),
    holdIsRevoked: flag,
    algorithms: list(choice(...algorithms)),
    algorithmEnds: { kind: 'record', names: choice(...algorithms), of: moment },
    minimumRsaBits: whole(1024),
    weakRsa: { kind: 'object', closed: true, required: { belowBits: whole(1024), until: moment } },
    keyUsage: list(choice(...keyUsages)),
    extKeyUsage: list(objectIdentifier),
    certificatePolicies: list(objectIdentifier),
    contentTypes: list(objectIdentifier),
    requireSigningCertificate: flag,
    signaturePolicies: { kind: 'record', names: objectIdentifier, of: sha256Hex },
    anchorEnds: { kind: 'record', names: sha256Hex, of: moment },
    levels: {
      kind: 'record',
      names: choice(...checkIds),
      of: choice('FAIL', 'WARN', 'INFORM', 'IGNORE'),
    },
  },
};

export type PolicyRead =
  | { readonly ok: true; readonly policy: ValidationPolicy }
  | { readonly ok: false; readonly faults: readonly ShapeFault[] };

/**
 * Reads a policy from parsed JSON (docs/schemas/policy.json). `defaults`: what holds where the file says nothing. Every fault is named with its
 * place, what was found and what is allowed.
 */
export function parsePolicy(json: unknown, defaults: ValidationPolicy = citizenSignaturePolicy): PolicyRead {
  const faults = shapeFaults(json, policyShape);
  if (faults.length > 0 || !isRecord(json)) return { ok: false, faults };
  const { $schema: _, description: __, ...given } = json;
  // The shape is the type, member by member.
  return { ok: true, policy: { ...defaults, ...(given as Partial<ValidationPolicy>) } };
}
