// What an operator does beside a running agency: keys exchanged without losing an envelope, a case taken out as one file, held, erased by rule.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { demoResidents, type Resident } from '@madoguchi/ca';
import { readAsic } from '@madoguchi/pki';
import { openDatabase, readRun } from '@madoguchi/store';
import { enterDesk } from './support/desk.js';
import { type Asked, askForRequest, seal, sendEnvelope, signWithCard } from './support/forger.js';
import { freePorts } from './support/free-ports.js';
import { madoguchi, type RunningCity, startCity, temporaryFolder } from './support/running-city.js';
import { type CitizenCard, issueCardIn } from './support/test-city.js';

const [taro] = demoResidents as readonly [Resident];
let dir: string;
let remove: () => Promise<void>;
let city: RunningCity;
let card: CitizenCard;
let args: string[];
before(async () => {
  ({ dir, remove } = await temporaryFolder('operator'));
  const port = await freePorts(3);
  args = ['--port', String(port), '--agent-port', String(port + 2)];
  city = await startCity({ dir, args });
  card = await issueCardIn(dir, taro);
});
after(async () => {
  await city?.stop();
  await remove();
});

function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [madoguchi, ...words, '--data', dir],
      { cwd: dir, encoding: 'utf8' },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code ?? 70), out, err }),
    );
  });
}

async function prepared(): Promise<{ asked: Asked; envelope: Uint8Array }> {
  const asked = await askForRequest(city.addresses.agency);
  return { asked, envelope: await seal(asked, await signWithCard(asked, card)) };
}

/** Until reception has looked at it: its state, then. */
async function stateOf(receipt: string): Promise<string> {
  const database = await openDatabase({ dataDir: dir });
  try {
    for (;;) {
      const [row] = await database.sql`select state from agency.cases where receipt_number = ${receipt}`;
      if (row !== undefined && !['arrived', 'opened'].includes(String(row.state))) return String(row.state);
      await pause(50);
    }
  } finally {
    await database.close();
  }
}

const encOf = (asked: Asked) => asked.claims.enc;

let kept: string;

test('a key is exchanged while the agency runs: what was sealed before is opened, also after a restart, and new requests name the new key', async () => {
  const [before, late] = [await prepared(), await prepared()];
  const rotated = await run('agency', 'key', 'rotate');
  assert.equal(rotated.code, 0, rotated.err);
  assert.match(rotated.out, /encrypted for key g2/);
  // The running agency takes the new key by itself.
  let fresh = await prepared();
  while (encOf(fresh.asked) === encOf(before.asked)) {
    await pause(200);
    fresh = await prepared();
  }
  for (const { asked, envelope } of [before, fresh]) {
    const { receiptNumber } = await sendEnvelope(asked, envelope);
    assert.equal(await stateOf(receiptNumber), 'verified');
    kept = receiptNumber;
  }
  assert.equal(await city.stop(), 0);
  city = await startCity({ dir, args });
  const { receiptNumber } = await sendEnvelope(late.asked, late.envelope);
  assert.equal(
    await stateOf(receiptNumber),
    'verified',
    'sealed for the retired key, arrived after the restart',
  );
  const listed = await run('agency', 'key', 'list', '--json');
  const { keys } = JSON.parse(listed.out) as { keys: { id: string; retiredAt: string | null }[] };
  assert.deepEqual(
    keys.map(({ id, retiredAt }) => [id, retiredAt === null]),
    [
      ['g1', false],
      ['g2', true],
    ],
  );
});

/** Has the archive looked after now instead of within the minute, and waits for the stamp of the authority's own service. */
async function stamped(receipt: string): Promise<void> {
  const database = await openDatabase({ dataDir: dir });
  try {
    await database.sql`select graphile_worker.add_job('agency.archive', '{"agency":"99201"}'::json, job_key := 'agency.archive:99201')`;
    for (;;) {
      const rows = await database.sql`select 1 from agency.evidence_stamps where receipt_number = ${receipt}`;
      if (rows.length > 0) return;
      await pause(50);
    }
  } finally {
    await database.close();
  }
}

test('a case leaves as one file with the authority’s time stamp, by the command and from the desk', async () => {
  await stamped(kept);
  const file = path.join(dir, 'case.asice');
  const exported = await run('agency', 'export', kept, '-o', file);
  assert.equal(exported.code, 0, exported.err);
  const read = readAsic(readFileSync(file));
  assert.ok(read.ok);
  const names = [...read.value.files.keys()];
  assert.ok(names.includes('stamps/1.tst') && names.includes(`submissions/${kept}.asice`), names.join(' '));
  const officer = await enterDesk(city.addresses.desk);
  const answer = await officer.press(kept, 'bundle');
  assert.equal(answer.status, 200);
  assert.ok(readAsic(new Uint8Array(await answer.arrayBuffer())).ok);
  const unknown = await run('agency', 'export', '2026-7777777', '-o', file);
  assert.equal(unknown.code, 1);
  assert.match(unknown.err, /no case 2026-7777777/);
});

test('a hold is set and let go; cases are erased by rule only where a rule is configured', async () => {
  const without = await run('agency', 'retention');
  assert.equal(without.code, 64);
  assert.match(without.err, /No rule says when cases end/);
  const config = path.join(dir, 'rule.json');
  writeFileSync(config, JSON.stringify({ retention: { default: 1 } }));
  const due = await run('agency', 'retention', '--config', config, '--json');
  assert.equal(due.code, 0, due.err);
  assert.deepEqual(JSON.parse(due.out), { agency: '99201', cases: [] });
  const ahead = await run('agency', 'retention', '--config', config, '--on', '2027-04-01');
  assert.equal(ahead.code, 0, ahead.err);
  assert.match(ahead.out, /0 cases will be due on 2027-04-01.*Nothing was erased/);
  for (const wrong of [
    ['--on', 'morgen'],
    ['--on', '2027-04-01', '--erase'],
  ])
    assert.equal((await run('agency', 'retention', '--config', config, ...wrong)).code, 64);
  assert.equal((await run('agency', 'hold', kept, '--reason', '監査')).code, 0);
  assert.equal((await run('agency', 'hold', kept, '--reason', '監査')).code, 1, 'it is held already');
  assert.equal((await run('agency', 'hold', kept, '--release', '--reason', '監査が終わった')).code, 0);
  assert.equal((await run('audit', 'verify')).code, 0);
  assert.ok((await readRun(dir)) !== undefined, 'all of it beside the running city');
});
