import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { CertificateId } from './certificate-id.js';
import { buildOcspResponse, buildOcspResponseNow, type OcspStatus } from './response.js';

/** Few of each, so that answers that fit the one before and answers that do not come in all mixtures. */
function drawn() {
  const one = <T>(...choices: readonly [T, ...T[]]): T =>
    choices[Math.floor(Math.random() ** 2 * choices.length)] ?? choices[0];
  const hashAlgorithm = one<CertificateId['hashAlgorithm']>('sha1', 'sha256');
  const hash = (seed: number) => Buffer.alloc(hashAlgorithm === 'sha1' ? 20 : 32, seed);
  const moment = new Date(one(1_780_000_000_000, 1_780_000_001_000));
  const next = one(new Date(moment.getTime() + 3_600_000), undefined);
  const answer = () => ({
    certId: {
      hashAlgorithm,
      issuerNameHash: hash(one(1, 2)),
      issuerKeyHash: hash(one(3, 4)),
      serial: Buffer.concat([Buffer.of(1), randomBytes(one(4, 3, 19))]),
    },
    status: one<OcspStatus>('good', 'unknown', { revoked: moment, reason: 'superseded' }),
    thisUpdate: moment,
    ...(next === undefined ? {} : { nextUpdate: next }),
  });
  const nonce = one(randomBytes(16), randomBytes(32), undefined);
  const certificate = one(certificates[0], certificates[1], undefined);
  return {
    input: {
      responses: one(1, 2) === 1 ? [answer()] : [answer(), answer()],
      producedAt: one(moment, new Date(0)),
      ...(nonce === undefined ? {} : { nonce }),
      responder: {
        keyHash: one(keyHashes[0], keyHashes[1]),
        ...(certificate === undefined ? {} : { certificate }),
      },
    },
    signature: randomBytes(one(71, 72, 70)),
  };
}

const certificates = [randomBytes(600), randomBytes(90)] as const;
const keyHashes = [randomBytes(20), randomBytes(20)] as const;

test('an answer written over the one before is, octet for octet, the answer written anew', async () => {
  const publicKey = new Uint8Array();
  for (let count = 0; count < 3000; count++) {
    const { input, signature } = drawn();
    const signed: string[] = [];
    const algorithm = 'ecdsa-sha256';
    const note = (data: Uint8Array) => {
      signed.push(Buffer.from(data).toString('hex'));
      return signature;
    };
    const now = buildOcspResponseNow(input, { algorithm, signNow: note });
    const anew = await buildOcspResponse(input, { algorithm, publicKey, sign: async (data) => note(data) });
    assert.equal(Buffer.from(now).toString('hex'), Buffer.from(anew).toString('hex'));
    assert.equal(signed[0], signed[1]);
    // Who asked may use their octets for something else.
    for (const { certId } of input.responses) certId.issuerKeyHash.fill(9);
    input.nonce?.fill(9);
  }
});
