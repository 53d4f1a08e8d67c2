// The whole process is killed at each step of an act at the counter: SIGKILL, so nothing of it can tidy up.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type CounterResident, residentById } from '../register/find.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { openCounterRoom } from '../testing/counter-room.js';
import { runVictim } from '../testing/run-victim.js';
import { actById, prepareAct } from './acts.js';
import { closeBrokenActs } from './open-acts.js';

let authority: TestAuthority;
let resident: CounterResident;
before(async () => {
  authority = await startAuthority('p384');
  const room = await openCounterRoom(authority);
  const id = await room.residentId('福田　龍之介');
  const found = await residentById(authority.ca.context, id, '99201');
  assert.ok(found);
  resident = found;
});
after(() => authority.close());

/** An act that a clerk has prepared, done by a process that dies at this step; the act afterwards. */
async function killedAt(dieAt: string) {
  const { ca, dir } = authority;
  authority.now = new Date();
  const id = await prepareAct(ca.context, {
    resident,
    kind: 'issue',
    clerk: 'clerk-1',
    presenter: 'self',
    evidence: ['licence'],
    reason: '',
    pins: ['signature', 'authentication'],
  });
  assert.ok(id);
  const act = { id, cards: path.join(dir, 'cards') };
  assert.equal(await runVictim(authority, { work: 'act', act, dieAt }), 'SIGKILL');
  assert.equal((await actById(ca.context, id))?.state, 'working');
  authority.now = new Date();
  assert.equal(await closeBrokenActs(ca.context, -1000), 1);
  return actById(ca.context, id);
}

const statuses = async () =>
  (await authority.ca.list({ resident: resident.id })).map(({ status }) => status).sort();

test('killed at any step before the card held everything, an act leaves nothing valid, and it can be done again', async () => {
  for (const dieAt of ['reserved', 'linted', 'intended', 'signed', 'issued', 'written']) {
    const act = await killedAt(dieAt);
    assert.equal(act?.state, 'failed', dieAt);
    assert.ok(
      (await statuses()).every((status) => status === 'revoked'),
      dieAt,
    );
  }
  const records = await authority.ca.list({ limit: 1000 });
  assert.equal(new Set(records.map(({ serial }) => serial)).size, records.length, 'no number twice');
  // The same resident, a process that is not killed before the end: neither a second issue nor a lock stands in the way.
  const act = await killedAt('delivered');
  assert.equal(act?.state, 'done', 'both certificates were read back: the act was done');
  assert.equal((await statuses()).filter((status) => status === 'valid').length, 2);
  assert.ok((await authority.ca.verifyAudit()).ok);
  assert.deepEqual(await authority.ca.recheck(), []);
});
