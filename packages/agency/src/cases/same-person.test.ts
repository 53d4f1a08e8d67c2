// One open application per procedure and person: recognised whatever certificate signed it and however the name is spaced; a person decides what to do about it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import { openTogether } from '../intake/open-together.js';
import { sendWell } from '../testing/arrivals.js';
import { openDesk } from '../testing/desk-room.js';
import { envelopeFor, issue, temporaryDatabase } from '../testing/room.js';
import { sampleAnswers, sampleFiles } from '../testing/sample-answers.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { appendAction } from './queries.js';
import { openCasesOfSamePerson, personDigest } from './same-person.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
const code = '99201';
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
after(() => close());

const others = async (receipt: string) =>
  (await openCasesOfSamePerson(db.sql, code, receipt)).map(({ receiptNumber }) => receiptNumber);

test('the digest knows a person by name, birth date and address, not by spelling; another secret or agency gives another', () => {
  const { secret } = room.options.keys;
  const digest = (change: Partial<typeof taro> = {}, key = secret, agency = code) =>
    personDigest(key, agency, { ...taro, ...change });
  assert.equal(digest(), digest({ name: '総務 太郎', address: '見本県見本市中央一丁目2番3号' }));
  assert.notEqual(digest(), digest({ birthDate: '1975-04-02' }));
  assert.notEqual(digest(), digest({ name: '総務　次郎' }));
  assert.notEqual(digest(), digest({}, new Uint8Array(32)));
  assert.notEqual(digest(), digest({}, secret, '99202'));
});

test('the same person again is recognised, opened alone or in a group; decided ones and other people are not counted', async () => {
  const first = await room.file();
  assert.deepEqual(await others(first), []);
  const issued = await issue(room);
  const { number: second } = await sendWell(room, issued, await envelopeFor(room, issued));
  assert.deepEqual(await openTogether(room.options, room.trust, [second]), []);
  assert.deepEqual(await others(second), [first]);
  assert.deepEqual(await others(first), [second]);
  const stranger = await room.file({ identity: { ...taro, name: '架空　花子' } });
  assert.deepEqual(await others(stranger), []);
  await db.sql.begin((tx) =>
    appendAction(tx, code, first, { at: room.time.now, actor: 'officer:1', kind: 'rejected' }),
  );
  assert.deepEqual(await others(second), []);
});

test('the desk tells the officer which other application is open', async () => {
  const nursing = room.procedures.find(({ definition }) => definition.id === 'kaigo-nintei');
  assert.ok(nursing?.definition.oneOpenPerPerson);
  const answers = sampleAnswers(nursing.definition);
  const files = sampleFiles(nursing.definition, answers).map(({ rule, claimed }) => ({
    name: claimed.name,
    rule: rule.id,
    bytes: Buffer.from('%PDF-1.7'),
  }));
  const how = { procedure: 'kaigo-nintei', answers, files };
  const [first, second] = [await room.file({}, how), await room.file({}, how)];
  const officer = await openDesk(room)('officer-1');
  const html = await officer.page(`/cases/${second}`);
  assert.match(html, /この手続は1人1件です/);
  assert.ok(html.includes(`/desk/cases/${first}`));
});
