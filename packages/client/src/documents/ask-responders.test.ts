import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  buildOcspResponse,
  certificateId,
  citizenSignaturePolicy,
  evaluateDocument,
  keyIdentifier,
  type OcspStatus,
  parseOcspRequest,
} from '@madoguchi/pki';
import { citizenWorld, now, type Party } from '@madoguchi/testing';
import { signingWorld } from '../testing/signing-world.js';
import type { OcspSend } from './ask-responders.js';
import { collectDocument } from './collect.js';
import { documentFormats } from './formats.js';

const world = await signingWorld();
const stranger = await citizenWorld();
const policy = { ...citizenSignaturePolicy, demo: true };
const format = documentFormats.find(({ id }) => id === 'cades');
assert.ok(format);
const cades = format;
const bytes = await cades.sign({
  files: [{ name: 'a', bytes: Buffer.from('a') }],
  level: 'B',
  signer: world.signer,
  signingTime: now,
});
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

interface Answer {
  by?: Party;
  about?: Party;
  status?: OcspStatus;
  thisUpdate?: Date;
  nonce?: 'echo' | 'other' | 'none';
}

/** A responder that can be wrong in every way. */
const responder =
  ({
    by = world.ca,
    about = world.citizen,
    status = 'good',
    thisUpdate = now,
    nonce = 'echo',
  }: Answer): OcspSend =>
  async (_address, request) => {
    const asked = parseOcspRequest(request);
    assert.ok(asked.ok && asked.value.nonce);
    const sent =
      nonce === 'echo'
        ? { nonce: asked.value.nonce }
        : nonce === 'other'
          ? { nonce: Buffer.from('0123456789abcdef') }
          : {};
    const nextUpdate = new Date(thisUpdate.getTime() + 3_600_000);
    const der = await buildOcspResponse(
      {
        responses: [
          { certId: certificateId(about.certificate, world.ca.certificate), status, thisUpdate, nextUpdate },
        ],
        producedAt: thisUpdate,
        responder: { keyHash: keyIdentifier(by.certificate.spki) },
        ...sent,
      },
      by.signer,
    );
    return { ok: true, bytes: der };
  };

async function outcome(send: OcspSend, addressOf = (): string | undefined => 'http://responder.example/') {
  const evidence = await collectDocument({
    format: cades,
    file: { name: 'a.p7s', bytes },
    trust: { anchors: [world.ca.der], revocation: [] },
    policy,
    time: now,
    ocsp: { addressOf, send, clock: () => now },
  });
  const { indication, subIndication } = evaluateDocument(evidence);
  const [found] = evidence.signatures;
  return [indication, subIndication, ...(found?.evidence.attempts ?? []).map(({ failure }) => failure)]
    .filter((part) => part !== undefined)
    .join(' ');
}

test('an answer that holds settles what a missing list leaves open', async () => {
  assert.equal(await outcome(responder({})), 'TOTAL_PASSED');
  assert.equal(await outcome(responder({ nonce: 'none' })), 'TOTAL_PASSED');
  assert.equal(
    await outcome(responder({ status: { revoked: minutes(-10), reason: 'keyCompromise' } })),
    'INDETERMINATE REVOKED_NO_POE',
  );
});

test('no answer, or one that does not hold, is told and rejects nobody', async () => {
  const cases: [string, OcspSend][] = [
    ['ocsp.unreachable', async () => ({ ok: false, why: 'connection refused' })],
    ['der.empty', async () => ({ ok: true, bytes: new Uint8Array() })],
    ['ocsp.nonce.differs', responder({ nonce: 'other' })],
    ['ocsp.certId.other', responder({ about: world.tsa })],
    ['ocsp.time.stale', responder({ thisUpdate: minutes(-120) })],
    ['ocsp.time.future', responder({ thisUpdate: minutes(60) })],
    ['ocsp.responder', responder({ by: stranger.ca })],
  ];
  for (const [failure, send] of cases) {
    const told = await outcome(send);
    assert.match(told, /^INDETERMINATE TRY_LATER \S+$/, failure);
    assert.match(
      told,
      new RegExp(failure.replace('der.empty', '(der|ocsp)').replace('ocsp.responder', 'ocsp')),
      told,
    );
  }
  // "unknown" is neither good nor revoked.
  assert.equal(await outcome(responder({ status: 'unknown' })), 'INDETERMINATE TRY_LATER');
});

test('where no responder is known nobody is called, and a path that leads nowhere is not asked about', async () => {
  const never: OcspSend = () => assert.fail('nobody is to be called');
  assert.equal(await outcome(never, () => undefined), 'INDETERMINATE TRY_LATER ocsp.noAddress');
  const evidence = await collectDocument({
    format: cades,
    file: { name: 'a.p7s', bytes },
    trust: { anchors: [world.stampRoot.der], revocation: [] },
    policy,
    time: now,
    ocsp: { addressOf: () => 'http://attacker.example/', send: never, clock: () => now },
  });
  assert.equal(evaluateDocument(evidence).subIndication, 'NO_CERTIFICATE_CHAIN_FOUND');
});

test('a list that is good and fresh carries the verdict when the responder is silent, with a warning', async () => {
  const evidence = await collectDocument({
    format: cades,
    file: { name: 'a.p7s', bytes },
    trust: { anchors: [world.ca.der], revocation: await world.lists(now) },
    policy,
    time: now,
    ocsp: { addressOf: () => 'http://x/', send: async () => ({ ok: false, why: 'no' }), clock: () => now },
  });
  const report = evaluateDocument(evidence);
  assert.equal(report.indication, 'TOTAL_PASSED');
  const [signature] = report.signatures;
  assert.ok(
    signature?.report.checks.some(
      ({ finding, result }) => finding === 'validity.responderSilent' && result === 'warn',
    ),
  );
});
