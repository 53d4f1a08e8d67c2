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
import { demoProcedures, type Level } from '../demo-procedures.js';
import { decide } from '../desk/decide.js';
import { openArrived } from '../intake/open.js';
import { readParts } from '../parts/case-parts.js';
import { decidePart, newestForPart } from '../parts/decide-part.js';
import { loadProcedures } from '../procedures.js';
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

const definitionOf = (level: Level, id: string): ProcedureDefinition => {
  const found = loadProcedures(demoProcedures(level)).find(({ definition }) => definition.id === id);
  assert.ok(found);
  return found.definition;
};

/** Answers with no money anywhere but what is said, and no dependant that counts. */
function moneyOf(definition: ProcedureDefinition, change: Record<string, string>): Record<string, string> {
  const blank = definition.fields.flatMap((entry) =>
    isGroup(entry)
      ? entry.fields.filter(({ kind }) => kind === 'money').map(({ id }) => `${entry.id}.0.${id}`)
      : entry.kind === 'money'
        ? [entry.id]
        : [],
  );
  const none = { ...Object.fromEntries(blank.map((name) => [name, '0'])), 'dependants.0.kind': 'under16' };
  return sampleAnswers(definition, { ...none, ...change });
}

test('所得税: totals are what the tables of its year say', () => {
  const tax = definitionOf('national', 'shotokuzei-shinkoku');
  const of = (change: Record<string, string>) => moneyOf(tax, change);
  // Salary 5,000,000: income 3,560,000; basic deduction 680,000 (income up to 4,890,000); social insurance 700,000.
  const answers = of({ salary: '5000000', social: '700000', withheld: '200000' });
  assert.equal(answers.salaryIncome, '3560000');
  assert.equal(answers.basic, '680000');
  assert.equal(answers.taxable, '2180000');
  // 2,180,000 × 10 % − 97,500 = 120,500; × 2.1 % = 2,530.5 → 2,530; refund 200,000 − 123,030.
  assert.equal(answers.tax, '120500');
  assert.equal(answers.reconstruction, '2530');
  assert.equal(answers.balance, '-76970');
  // To pay: rounded down to 100 yen; what was prepaid comes off; a credit lowers the reconstruction tax too.
  assert.equal(of({ salary: '5000000', social: '700000' }).balance, '123000');
  assert.equal(of({ salary: '5000000', social: '700000', prepaid: '80000' }).balance, '43000');
  // 120,500 − 20,500 = 100,000; × 2.1 % = 2,100.
  assert.equal(of({ salary: '5000000', social: '700000', housing: '20500' }).balance, '102100');
  // Pensions of 3,000,000: 65 and over 1,100,000 off; younger 25 % + 275,000.
  assert.equal(of({ pensionGross: '3000000', age65: 'yes' }).pensionNet, '1900000');
  assert.equal(of({ pensionGross: '3000000', age65: 'no' }).pensionNet, '1975000');
  // Salary and pension: 100,000 + 100,000 − 100,000. Salary above 8,500,000 with a child: a tenth of what is above, up to 10,000,000.
  assert.equal(of({ salary: '3000000', pensionGross: '3000000', age65: 'yes' }).adjustment, '100000');
  assert.equal(of({ salary: '9000001', adjustmentFor: 'yes' }).adjustment, '50001');
  assert.equal(of({ salary: '20000000', adjustmentFor: 'yes' }).adjustment, '150000');
  // Half of what was held long and of the occasional counts.
  assert.equal(of({ longGain: '400000', temporary: '200000', shortGain: '100000' }).incomeSum, '400000');
  const student = { 'dependants.0.kind': 'relative', 'dependants.0.income': '900000' };
  assert.equal(of(student).dependantSum, '610000');
  assert.equal(of({ ...student, 'dependants.0.income': '1230001' }).dependantSum, '0');
  const lone = { widow: 'single', disabled: 'special', 'dependants.0.disabled': 'together' };
  assert.equal(of(lone).personalSum, String(350_000 + 400_000 + 750_000));
  // Another year has other deductions: the table here is not for it.
  assert.throws(() => of({ year: '2026', salary: '5000000' }), /year: .*deductions and rates of 2025/);
});

test('市民税: the same income, the deductions of its own law', () => {
  const definition = definitionOf('municipal', 'shiminzei-shinkoku');
  const of = (change: Record<string, string>) => moneyOf(definition, change);
  assert.equal(of({ salary: '5000000', social: '700000' }).deductionSum, String(700_000 + 430_000));
  assert.equal(of({ business: '24100000' }).basic, '290000');
  const student = { 'dependants.0.kind': 'relative', 'dependants.0.income': '900000' };
  assert.equal(of(student).dependantSum, '450000');
  assert.equal(of({ widow: 'widow', 'dependants.0.disabled': 'general' }).personalSum, '520000');
  assert.throws(() => of({ year: '2027' }), /year: .*income of 2025/);
});

test('法人県民税: levy by capital and reserves, business tax by brackets, less what is fixed already', () => {
  const definition = definitionOf('prefectural', 'hojin-kenmin-zei');
  const of = (change: Record<string, string>) => moneyOf(definition, change);
  const answers = of({ income: '9000999', corporateTax: '1500999', capitalAndReserve: '10000001' });
  assert.equal(answers.corporateLevy, '15000');
  assert.equal(answers.equalLevy, '50000');
  // 4,000,000 × 3.5 % + 4,000,000 × 5.3 % + 1,000,000 × 7.0 %; × 37 %.
  assert.equal(answers.businessTax, String(140_000 + 212_000 + 70_000));
  assert.equal(answers.special, '156100');
  assert.equal(answers.balance, String(15_000 + 50_000 + 422_000 + 156_100));
  assert.equal(of({ paidEqual: '30000' }).balance, '-10000');
  assert.throws(() => of({ from: '2026-01-01' }), /until: .*12 months/);
});

test('自動車: by the month only where it is registered; the price with its extras; weight tax by the half tonne', () => {
  const tax = definitionOf('prefectural', 'jidosha-zei');
  const car = {
    price: '2000500',
    extras: '100600',
    performance: 'p2',
    displacement: 'd20',
    registeredMonth: '11',
  };
  const bought = sampleAnswers(tax, { ...car, reason: 'new' });
  assert.equal(bought.base, '2101000');
  assert.equal(bought.environment, '42000');
  // 36,000 × 4 months of 12.
  assert.equal(bought.monthly, '12000');
  assert.equal(sampleAnswers(tax, { ...car, reason: 'transfer' }).monthly, '0');
  const oss = definitionOf('national', 'jidosha-oss');
  const filed = sampleAnswers(oss, { ...car, weight: '1501', weightClass: 'normal' });
  assert.equal(filed.weightTax, String(4 * 12_300));
  assert.equal(filed.sum, String(40_000 + 12_000 + 49_200 + 2_600));
});

test('登記: the registration tax is at least 1,000 yen, and a share list goes with elected officers', () => {
  const land = definitionOf('national', 'fudosan-toki');
  const sale = { 'properties.0.kind': 'land', 'properties.0.value': '12345678' };
  assert.equal(sampleAnswers(land, sale).tax, '185100');
  assert.equal(sampleAnswers(land, { ...sale, 'properties.0.value': '20000' }).tax, '1000');
  const company = definitionOf('national', 'shogyo-toki');
  const files = (causes: string) =>
    sampleFiles(company, sampleAnswers(company, { causes })).map(({ rule }) => rule.id);
  assert.equal(files('officers').includes('shareholders'), true);
  assert.equal(files('move').includes('shareholders'), false);
});

test('道路占用: the city takes the prefecture’s form with rates of its own', () => {
  const ask = { area: '1.5', pieces: '2', object: 'sign', from: '2026-04-01', until: '2026-09-30' };
  const ids = ({ fields }: ProcedureDefinition) => fields.map(({ id }) => id);
  const [city, prefecture] = [
    definitionOf('municipal', 'douro-senyo'),
    definitionOf('prefectural', 'douro-senyo'),
  ];
  assert.deepEqual(ids(city), ids(prefecture));
  assert.notEqual(city.contact.telephone, prefecture.contact.telephone);
  assert.equal(sampleAnswers(city, ask).charge, String(1.5 * 2 * 6 * 600));
  assert.equal(sampleAnswers(prefecture, ask).charge, String(1.5 * 2 * 6 * 950));
});
