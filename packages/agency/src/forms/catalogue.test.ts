// Every procedure of the catalogue goes the whole way: page, answers, request, envelope, arrival, and what the officer is shown.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { drawApplication, isGroup, type ProcedureDefinition } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { listActions } from '../cases/actions.js';
import { findCase } from '../cases/queries.js';
import { decide } from '../desk/decide.js';
import { openArrived } from '../intake/open.js';
import { readParts } from '../parts/case-parts.js';
import { decidePart, newestForPart } from '../parts/decide-part.js';
import { demoProcedures, type Level, loadProcedures } from '../procedures.js';
import { readSigning } from '../signers/signing.js';
import { cardHolder, cosign, lookAgain } from '../testing/cosigning.js';
import {
  base,
  envelopeFor,
  issue,
  openRoom,
  origin,
  type Room,
  send,
  temporaryDatabase,
} from '../testing/room.js';
import { sampleAnswers, sampleFiles } from '../testing/sample-answers.js';
import { openVerificationRoom } from '../testing/verification-room.js';

let db: Database;
let close: () => Promise<void>;
let opened: Room;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  opened = await openRoom(db);
});
after(() => close());

function roomOf(level: Level): Room {
  const procedures = loadProcedures(demoProcedures(level));
  const options = { ...opened.options, procedures };
  return { ...opened, procedures, options, app: new Hono().route(base, agencyApp(options)) };
}

for (const level of ['municipal', 'prefectural', 'national'] as const) {
  for (const { definition } of loadProcedures(demoProcedures(level))) {
    test(`${definition.title.ja} (${level}) is filed, and the officer is shown everything that was answered`, async () => {
      const room = roomOf(level);
      const bytes = Buffer.from('%PDF-1.4 sample');
      const answers = sampleAnswers(definition);
      const files = sampleFiles(definition, answers).map(({ claimed }) => ({
        ...claimed,
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }));
      const page = await room.app.request(`${origin}${base}/procedures/${definition.id}`);
      assert.equal(page.status, 200);
      const issued = await issue(room, definition.id, answers, files);
      const envelope = await envelopeFor(
        room,
        issued,
        {},
        files.map(({ name }) => ({ name, bytes })),
      );
      assert.equal((await send(room, issued.claims.ticket, envelope)).status, 201);
      const [row] = await db.sql`select receipt_number from agency.cases where jti = ${issued.jti}`;
      let shown: string[] = [];
      await openArrived(room.options, row?.receipt_number, async ({ opened: submission }) => {
        assert.ok(submission.ok, submission.ok ? '' : submission.rule);
        const drawn = drawApplication(submission.value.definition, submission.value.application);
        assert.deepEqual(drawn.faults, []);
        shown = drawn.rows.map(({ id }) => id);
      });
      for (const name of Object.keys(answers)) assert.ok(shown.includes(name), `${name} is not shown`);
      for (const { rule = '' } of files) assert.ok(shown.includes(rule), `${rule} is not shown`);
    });
  }
}

/** Answers by which a definition asks for every signature that it can. */
function asking(definition: ProcedureDefinition): Record<string, string> {
  const chosen = (definition.signers ?? []).flatMap(({ when }) =>
    when !== undefined && 'is' in when ? [[when.field, when.is[0] ?? ''] as const] : [],
  );
  return sampleAnswers(definition, Object.fromEntries(chosen));
}

for (const level of ['municipal', 'prefectural', 'national'] as const) {
  const together = loadProcedures(demoProcedures(level)).filter(
    ({ definition }) => definition.signers !== undefined || definition.parts !== undefined,
  );
  for (const { definition } of together) {
    test(`${definition.title.ja} (${level}) is signed by everybody it needs and decided by every office of it`, async () => {
      const room = await openVerificationRoom(db, loadProcedures(demoProcedures(level)));
      const bytes = Buffer.from('%PDF-1.4 sample');
      const answers = asking(definition);
      const files = sampleFiles(definition, answers).map(({ claimed }) => ({
        name: claimed.name,
        rule: claimed.rule ?? '',
        bytes,
      }));
      const receipt = await room.file({}, { procedure: definition.id, answers, files });
      const signing = await readSigning(db.sql, '99201', receipt);
      assert.equal((signing?.progress.length ?? 0) > 0, definition.signers !== undefined);
      for (const { wanted } of signing?.progress ?? []) {
        const { name, address, birthDate } = wanted.person;
        const holder = await cardHolder(room, {
          name,
          ...(address === undefined ? {} : { address }),
          ...(birthDate === undefined ? { birthDate: '1977-05-05' } : { birthDate }),
        });
        const mandate = { from: '2026-11-01', until: '2027-01-31', powers: 'file' };
        const own = await cosign(room, receipt, wanted.id, holder, mandate);
        assert.equal((await findCase(db.sql, '99201', own))?.state, 'joined', wanted.id);
      }
      await lookAgain(room, receipt);
      const decision = {
        decision: 'accept',
        reason: '確かめた',
        officer: 'desk',
        at: room.time.now,
      } as const;
      for (const { part } of (await readParts(db.sql, '99201', receipt))?.progress ?? []) {
        const seen = await newestForPart(db.sql, '99201', receipt, part.id);
        const fault = await decidePart(db.sql, '99201', receipt, { ...decision, part: part.id, seen });
        assert.equal(fault, undefined, part.id);
      }
      if (definition.parts === undefined) {
        const seen = (await listActions(db.sql, '99201', receipt)).at(-1)?.seq ?? 0;
        assert.equal(await decide(db.sql, '99201', receipt, { ...decision, seen }), undefined);
      }
      assert.equal((await findCase(db.sql, '99201', receipt))?.state, 'accepted');
    });
  }
}

test('totals are what the forms’ own examples say', () => {
  const taxOf = (change: Record<string, string>) => {
    const tax = loadProcedures(demoProcedures('national')).find(
      ({ definition }) => definition.id === 'shotokuzei-shinkoku',
    );
    assert.ok(tax);
    const blank = Object.fromEntries(
      tax.definition.fields
        .filter((entry) => !isGroup(entry) && entry.kind === 'money')
        .map(({ id }) => [id, '0']),
    );
    return sampleAnswers(tax.definition, { ...blank, 'dependants.0.kind': 'under16', ...change });
  };
  // Salary 5,000,000: income 3,560,000; basic deduction 680,000 (income up to 4,890,000); social insurance 700,000.
  const answers = taxOf({ salary: '5000000', social: '700000', withheld: '200000' });
  assert.equal(answers.salaryIncome, '3560000');
  assert.equal(answers.basic, '680000');
  assert.equal(answers.taxable, '2180000');
  // 2,180,000 × 10 % − 97,500 = 120,500; × 2.1 % = 2,530.5 → 2,530; refund 200,000 − 123,030.
  assert.equal(answers.tax, '120500');
  assert.equal(answers.reconstruction, '2530');
  assert.equal(answers.balance, '-76970');
  // To pay: rounded down to 100 yen.
  assert.equal(taxOf({ salary: '5000000', social: '700000' }).balance, '123000');
  // Another year has other deductions: the table here is not for it.
  assert.throws(() => taxOf({ year: '2026', salary: '5000000' }), /year: .*deductions and rates of 2025/);
});
