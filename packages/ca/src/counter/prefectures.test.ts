// The counter of a municipality in the scheme of 2008: a governor's signature certificate for three years, and no other.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { type CounterBrowser, type CounterRoom, openCounterRoom } from '../testing/counter-room.js';
import { imageCards } from './cards.js';
import { closeBrokenActs } from './open-acts.js';

let authority: TestAuthority;
let room: CounterRoom;
let clerk: CounterBrowser;
let printed: { parts?: { title: string }[] } = {};
before(async () => {
  authority = await startAuthority('p384', 'prefectures');
  const { keystore, dir } = authority;
  room = await openCounterRoom(authority, {
    cards: imageCards({ dir: path.join(dir, 'cards'), imageKey: keystore.derive('card-image'), keystore }),
    typeset: (_, data) => {
      printed = { ...data };
      return new TextEncoder().encode('%PDF');
    },
  });
  clerk = await room.byLink('clerk-1', 'supervisor');
});
after(() => authority.close());

const name = '総務　太郎';
const pins = { signature: 'DEMO1234', signature2: 'DEMO1234' };

async function walk(kind: 'issue' | 'renew' | 'pin') {
  const page = `/counter/residents/${await room.residentId(name)}`;
  const begun = await clerk.post(`${page}/act`, { kind, who: 'self', evidence: 'licence' }, page);
  const to = begun.headers.get('location') ?? '';
  const asked = await clerk.text(to);
  const done = await clerk.post(to, pins, to);
  return { asked, at: done.headers.get('location') ?? '', status: done.status };
}

const records = async () => authority.ca.list({ resident: await room.residentId(name) });

test('issued, its password set anew, renewed: the signature password alone is asked for, and the certificate is the governor’s, for three years to the day before', async () => {
  const issued = await walk('issue');
  assert.equal(issued.status, 303);
  assert.match(issued.asked, /name="signature2"/);
  assert.doesNotMatch(issued.asked, /利用者証明用/);
  const [record, ...others] = await records();
  assert.deepEqual(others, []);
  assert.deepEqual(
    [record?.profile, record?.authority, record?.status],
    ['signature', 'sign-g1-99', 'valid'],
  );
  const japan = new Date(authority.now.getTime() + 9 * 3600_000);
  const end = Date.UTC(japan.getUTCFullYear() + 3, japan.getUTCMonth(), japan.getUTCDate() - 1, 14, 59, 59);
  assert.equal(record?.notAfter?.getTime(), end);
  assert.equal((await clerk.ask(`${issued.at}/copy.pdf`)).status, 200);
  assert.deepEqual(
    printed.parts?.map(({ title }) => title),
    ['署名用電子証明書'],
  );

  assert.equal((await walk('pin')).status, 303);
  assert.equal((await walk('renew')).status, 303);
  assert.deepEqual(
    (await records()).map(({ status, revocation }) => revocation?.reason ?? status),
    ['valid', 'superseded'],
  );
});

test('an act whose last line was lost was done when its one certificate was handed over', async () => {
  const { sql } = authority.db;
  await sql`update ca.counter_act set state = 'working', ended_at = null where kind = 'renew'`;
  assert.equal(await closeBrokenActs(authority.ca.context, -1000), 1);
  const acts = await sql<{ state: string }[]>`select state from ca.counter_act where kind = 'renew'`;
  assert.deepEqual([...acts], [{ state: 'done' }]);
});

test('a child and an adult ward get none, and are told so before anything is asked', async () => {
  const { sql } = authority.db;
  const [child] = await sql<{ id: string }[]>`
    select id from ca.resident where birth_date > '2013-01-01' and state = 'present' limit 1`;
  const page = `/counter/residents/${child?.id}`;
  const shown = await clerk.text(page);
  assert.match(shown, /15歳未満の方と成年被後見人には発行できません/);
  assert.doesNotMatch(shown, /発行する<\/h2>/);
  const forced = { kind: 'issue', who: 'guardian', evidence: 'licence' };
  assert.equal((await clerk.post(`${page}/act`, forced, page)).status, 404);
});
