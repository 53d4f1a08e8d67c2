import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { demoOids } from '../oids.js';
import { buildTimeStampRequest, parseTimeStampRequest } from '../tsp/request.js';
import { buildTimeStampResponse, parseTimeStampResponse } from '../tsp/response.js';
import type { Party } from './world.js';

let counter = 0;

/** The whole answer of an authority to a stamp over a digest. */
export async function stampResponse(
  tsa: Party,
  time: Date,
  input: {
    data: Uint8Array;
    nonce?: Uint8Array;
    algorithm?: 'sha256' | 'sha384';
    wantsCertificate?: boolean;
  },
): Promise<Uint8Array> {
  const { algorithm = 'sha256', data, ...rest } = input;
  const imprint = { algorithm, digest: createHash(algorithm).update(data).digest() };
  const request = parseTimeStampRequest(buildTimeStampRequest({ imprint, ...rest }));
  assert.ok(request.ok);
  counter += 1;
  return buildTimeStampResponse({
    request: request.value,
    time,
    serial: Uint8Array.of(1, counter >> 8, counter & 255),
    terms: {
      policy: demoOids.timeStamping,
      accuracy: { seconds: 1 },
      named: true,
    },
    signer: { signer: tsa.signer, certificate: tsa.der },
  });
}

/** A token over a digest, for tests that are not about the asking. */
export async function stampDigest(
  tsa: Party,
  time: Date,
  imprint: { algorithm: 'sha256' | 'sha384' | 'sha512' | 'sha1'; digest: Uint8Array },
): Promise<Uint8Array> {
  counter += 1;
  const response = await buildTimeStampResponse({
    request: { imprint, wantsCertificate: true, extensions: [] },
    time,
    serial: Uint8Array.of(1, counter >> 8, counter & 255),
    terms: { policy: demoOids.timeStamping },
    signer: { signer: tsa.signer, certificate: tsa.der },
  });
  const parsed = parseTimeStampResponse(response);
  assert.ok(parsed.ok && parsed.value.token !== undefined);
  return parsed.value.token;
}
