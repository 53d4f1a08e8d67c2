import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { demoRegister } from '../register/demo.js';
import { findResidents } from '../register/find.js';
import { importRegister } from '../register/import.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { actById, beginAct, prepareAct } from './acts.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
  await importRegister(authority.ca.context, await readFile(demoRegister), 'ca');
});
after(() => authority.close());

test('an act whose process died is closed as failed, once, with its line in the audit chain; one under way is left alone', async () => {
  const { context } = authority.ca;
  const { found } = await findResidents(context, { words: '総務', municipality: '99201' });
  const [resident] = found;
  assert.ok(resident);
  const begin = async () => {
    const id = await prepareAct(context, {
      resident,
      kind: 'issue',
      clerk: 'clerk:1',
      presenter: 'self',
      evidence: ['card'],
      reason: 'first issue',
      pins: ['signature'],
    });
    const act = await actById(context, id ?? '');
    assert.ok(act && (await beginAct(context, act)));
    return act.id;
  };
  const old = await begin();
  authority.now = new Date(authority.now.getTime() + 46 * 60_000);
  const young = await begin();
  const ends = async () => [(await actById(context, old))?.state, (await actById(context, young))?.state];

  await authority.ca.recover();
  assert.deepEqual(await ends(), ['failed', 'working']);
  const linesOf = () => authority.db.sql`
    select 1 from store.audit_entries where subject = ${old} and action = 'counter.issue.failed'`;
  assert.equal((await linesOf()).length, 1);
  await authority.ca.recover();
  assert.equal((await linesOf()).length, 1);
  assert.ok((await authority.ca.verifyAudit()).ok);
});
