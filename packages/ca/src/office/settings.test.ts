import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { sendLetter } from '../counter/letters.js';
import { CaError } from '../error.js';
import { demoRegister } from '../register/demo.js';
import { applyEvent } from '../register/events.js';
import { findResidents } from '../register/find.js';
import { importRegister } from '../register/import.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { openCounterRoom } from '../testing/counter-room.js';
import { renewingCard } from '../testing/renewing.js';
import { officeOf, officeSettingNames, officeSettings, setOffice } from './settings.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority('p384');
  await importRegister(authority.ca.context, await readFile(demoRegister), 'ca');
});
after(() => authority.close());

const ruleOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'good',
    (error: unknown) => (error instanceof CaError ? error.rule : String(error)),
  );

test('each setting has its default, refuses what it does not allow, and every change stands in the audit chain', async () => {
  const ctx = authority.ca.context;
  const office = await officeOf(ctx);
  for (const name of officeSettingNames) assert.equal(String(office[name]), officeSettings[name].default);
  assert.equal(await ruleOf(setOffice(ctx, 'letterWeeks', '1', 'operator')), 'office.name');
  for (const bad of ['0', '367', '-1', '1.5', '', '1e2', 'x'])
    assert.equal(await ruleOf(setOffice(ctx, 'letterDays', bad, 'operator')), 'office.value', bad);
  assert.equal(await ruleOf(setOffice(ctx, 'wardRevokes', 'authentication', 'operator')), 'office.value');
  await setOffice(ctx, 'letterDays', '30', 'operator');
  assert.equal((await officeOf(ctx)).letterDays, 30);
  const [entry] = await authority.db.sql<{ subject: string; detail: string }[]>`
    select subject, detail from store.audit_entries where action = 'office.setting' order by seq desc limit 1`;
  assert.deepEqual([entry?.subject, entry?.detail], ['letterDays', '{"value":"30"}']);
});

test('a letter and a session last as long as the office says', async () => {
  const { ca } = authority;
  const room = await openCounterRoom(authority);
  const { found } = await findResidents(ca.context, { municipality: '99201', words: '総務 太郎' });
  assert.ok(found[0]);
  const letter = await sendLetter(ca.context, found[0], ['issue'], 'clerk-1');
  assert.equal(letter.until.getTime() - letter.sentAt.getTime(), 30 * 24 * 3600_000);
  await setOffice(ca.context, 'idleMinutes', '2', 'operator');
  const clerk = await room.byLink('clerk-8', 'supervisor');
  authority.now = new Date(authority.now.getTime() + 1.5 * 60_000);
  assert.equal((await clerk.ask('/counter')).status, 200);
  authority.now = new Date(authority.now.getTime() + 2.1 * 60_000);
  assert.equal((await clerk.ask('/counter')).status, 401);
});

test('guardianship ends nothing by default, the signature certificate alone where the office says so', async () => {
  const ctx = authority.ca.context;
  for (const [index, wardRevokes] of (['nothing', 'signature'] as const).entries()) {
    await setOffice(ctx, 'wardRevokes', wardRevokes, 'operator');
    const { resident, card } = await renewingCard(authority, 20 + index);
    const [row] = await authority.db.sql<{ number: string }[]>`
      select number from ca.resident where id = ${resident.id}`;
    const event = { number: `W${index}`, municipality: '99201', resident: row?.number ?? '' };
    await applyEvent(ctx, { ...event, kind: 'ward', day: '2020-01-01', now: {} }, 'clerk-1');
    const ended = (await authority.ca.list({ resident: resident.id })).filter(
      ({ status }) => status === 'revoked',
    );
    assert.deepEqual(
      ended.map(({ profile, revocation }) => `${profile} ${revocation?.reason}`),
      wardRevokes === 'nothing' ? [] : ['signature cessationOfOperation'],
    );
    await card.close();
  }
});
