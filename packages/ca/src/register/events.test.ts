import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { residents } from '../queries.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { newCard, signPin } from '../testing/card.js';
import { openCounterRoom } from '../testing/counter-room.js';
import { applyEvents } from './apply-events.js';
import { type EventKind, eventKinds } from './event-rules.js';
import { applyEvent, type RegisterEvent } from './events.js';
import { findResidents } from './find.js';
import { importRegister } from './import.js';
import { readEvents } from './read-events.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority('p384');
});
after(() => authority.close());

const day = () => new Date(authority.now.getTime() + 9 * 3600_000).toISOString().slice(0, 10);
let count = 0;

/** A person with both certificates in a card, and a neighbour who must not be touched. */
async function person() {
  count += 1;
  const number = `P${count}`;
  const csv = `number,name,address,birth,sex,municipality,stay_until\n${number},例示　${'一'.repeat(count)},見本県見本市中央${count}番地,1980-01-02,男,99201,2031-01-01\n`;
  const done = await importRegister(authority.ca.context, new TextEncoder().encode(csv), 'test');
  assert.ok(done.ok, JSON.stringify(done));
  const { ca } = authority;
  const resident = (await findResidents(ca.context, { words: number })).found[0];
  assert.ok(resident);
  const { card, cardKey } = await newCard(authority, resident, 'next-card');
  card.powerOn();
  await ca.issueToCard({ transmit: card.transmit, cardKey, resident, residentId: resident.id, signPin });
  await card.close();
  return { number, id: resident.id };
}

/** What each kind must revoke: written out here again, so that a changed rule is noticed. */
const expected: Readonly<Record<EventKind, readonly ('signature' | 'authentication')[]>> = {
  address: ['signature'],
  name: ['signature'],
  birth: ['signature'],
  sex: ['signature'],
  correction: ['signature'],
  left: ['signature'],
  abroad: ['signature'],
  death: ['authentication', 'signature'],
  stay: [],
  ward: [],
  wardEnded: [],
};

const changes: Readonly<Record<EventKind, RegisterEvent['now']>> = {
  address: { address: '見本県見本市港町９番地' },
  name: { name: '見本　改' },
  birth: { birthDate: '1981-01-02' },
  sex: { sex: 'female' },
  correction: { name: '例示　訂正' },
  left: {},
  abroad: {},
  death: {},
  stay: { stayUntil: new Date('2033-01-01T14:59:59Z') },
  ward: {},
  wardEnded: {},
};

test('each kind of event revokes what its rule says and nothing else, in ledger and published list alike, and never twice', async () => {
  const { ca } = authority;
  const neighbour = await person();
  for (const kind of eventKinds) {
    const { number, id } = await person();
    if (kind === 'wardEnded') await authority.db.sql`update ca.resident set ward = true where id = ${id}`;
    const event = {
      number: `E-${kind}`,
      municipality: '99201',
      resident: number,
      kind,
      day: day(),
      now: changes[kind],
    };
    const outcome = await applyEvent(ca.context, event, 'clerk-1');
    assert.deepEqual(outcome, { state: 'applied', revoked: expected[kind].length }, kind);
    const records = await ca.list({ resident: id });
    const revoked = records.filter(({ status }) => status === 'revoked');
    assert.deepEqual(revoked.map(({ profile }) => profile).sort(), expected[kind], kind);
    for (const { authority: issuer, revocation } of revoked) {
      assert.equal(revocation?.reason, kind === 'death' ? 'cessationOfOperation' : 'affiliationChanged');
      const crl = await ca.crl(issuer, '99201');
      assert.ok(crl !== undefined && crl.thisUpdate >= revocation.at, 'the list is published at once');
    }
    assert.deepEqual(
      await applyEvent(ca.context, event, 'clerk-1'),
      { state: 'known' },
      'the same number again',
    );
    const untouched = await ca.list({ resident: neighbour.id });
    assert.deepEqual(
      untouched.map(({ status }) => status),
      ['valid', 'valid'],
      `${kind}: the neighbour`,
    );
  }
  assert.equal((await ca.verifyAudit()).ok, true);
});

test('an event that changes nothing, lies ahead, or belongs to nobody is refused in words and revokes nothing', async () => {
  const { ca } = authority;
  const { number, id } = await person();
  const base = { municipality: '99201', resident: number, day: day() } as const;
  const same = (await residents(ca.context)).find((one) => one.id === id);
  const refused: [RegisterEvent, string][] = [
    [{ ...base, number: 'N1', kind: 'address', now: { address: same?.address ?? '' } }, 'event.nothing'],
    [{ ...base, number: 'N2', kind: 'name', now: {} }, 'event.nothing'],
    [{ ...base, number: 'N3', kind: 'death', day: '2999-01-01', now: {} }, 'event.day'],
    [{ ...base, number: 'N4', kind: 'death', resident: 'nobody', now: {} }, 'event.resident'],
    [{ ...base, number: 'N5', kind: 'name', now: { name: '' } }, 'resident.name'],
  ];
  for (const [event, rule] of refused) {
    await assert.rejects(applyEvent(ca.context, event, 'clerk-1'), { rule });
  }
  assert.deepEqual(
    (await ca.list({ resident: id })).map(({ status }) => status),
    ['valid', 'valid'],
  );
});

test('a process that dies between event and commit leaves neither; the same event then does both', async () => {
  const { ca, db } = authority;
  const { number, id } = await person();
  const event: RegisterEvent = {
    number: 'K1',
    municipality: '99201',
    resident: number,
    kind: 'death',
    day: day(),
    now: {},
  };
  await db.sql`create function ca.stop_here() returns trigger language plpgsql as $$ begin raise exception 'power lost'; end $$`;
  await db.sql`create trigger stop_here before insert on ca.register_event for each row execute function ca.stop_here()`;
  await assert.rejects(applyEvent(ca.context, event, 'clerk-1'));
  await db.sql`drop trigger stop_here on ca.register_event`;
  assert.deepEqual(
    (await ca.list({ resident: id })).map(({ status }) => status),
    ['valid', 'valid'],
  );
  assert.deepEqual(await applyEvent(ca.context, event, 'clerk-1'), { state: 'applied', revoked: 2 });
});

test('a file of events is applied in order, may be sent again, and a fault in its form applies nothing', async () => {
  const { ca } = authority;
  const { number } = await person();
  const head = 'number,municipality,resident,kind,day,address';
  const file = (...rows: string[]) => new TextEncoder().encode([head, ...rows, ''].join('\n'));
  const move = `F1,99201,${number},address,${day()},見本県見本市緑が丘１番地`;
  const bad = await applyEvents(
    ca.context,
    file(move, `F2,99201,${number},divorce,${day()},`, 'F3,99201,x,death,soon,'),
    'operator',
  );
  assert.deepEqual(
    bad.faults.map(({ line, field }) => [line, field]),
    [
      [3, 'kind'],
      [4, 'day'],
    ],
  );
  assert.equal(bad.applied, 0);
  const rows = [move, `F2,99201,nobody,death,${day()},`, `F3,99201,${number},death,${day()},`];
  const first = await applyEvents(ca.context, file(...rows), 'operator');
  assert.deepEqual(
    { ...first, faults: first.faults.map(({ line }) => line) },
    { applied: 2, known: 0, revoked: 2, faults: [3] },
  );
  const again = await applyEvents(ca.context, file(...rows), 'operator');
  assert.deepEqual(
    { ...again, faults: again.faults.length },
    { applied: 0, known: 2, revoked: 0, faults: 1 },
  );
  const inJapanese = `異動番号,団体コード,宛名番号,異動事由,異動日\nF9,992011,${number},死亡,${day().replaceAll('-', '/')}\n`;
  assert.deepEqual(readEvents(new TextEncoder().encode(inJapanese)), {
    ok: true,
    events: [
      {
        line: 2,
        event: { number: 'F9', municipality: '99201', resident: number, kind: 'death', day: day(), now: {} },
      },
    ],
  });
  const shifted = readEvents(file(`${move},`));
  assert.ok(!shifted.ok && shifted.faults[0]?.rule === 'events.cells', 'a cell too many is no event');
  const text = new TextDecoder().decode(file(move));
  for (let at = 0; at < text.length; at += 1) {
    for (const sign of ['', '"', ',', '\n', '\0'])
      readEvents(new TextEncoder().encode(text.slice(0, at) + sign + text.slice(at + 1)));
  }
});

test('entered by hand at the counter, a correction, a change of sex and a new end of stay revoke by the same rules; what cannot be read does nothing', async () => {
  const { ca } = authority;
  const room = await openCounterRoom(authority);
  const supervisor = await room.byLink('chief-1', 'supervisor');
  const clerk = await room.byLink('clerk-1', 'clerk');
  const { id } = await person();
  const page = `/counter/residents/${id}`;
  let number = 0;
  const enter = (eventKind: string, eventValue: string, by = supervisor) =>
    by.post(`${page}/event`, { eventKind, eventValue, eventNumber: `H${++number}`, eventDay: day() }, page);
  const living = async () =>
    (await ca.list({ resident: id }))
      .filter(({ status }) => status === 'valid')
      .map(({ profile }) => profile)
      .sort();
  assert.equal(
    (await enter('correction-name', '例示　改', clerk)).status,
    403,
    'ex officio is the supervisor’s',
  );
  for (const [kind, value] of [
    ['sex', '両方'],
    ['sex', 'constructor'],
    ['stay', '来年'],
    ['stay', '2031-02-30'],
    ['correction-birth', 'きのう'],
    ['correction-name', ''],
    ['correction', '例示　改'],
    ['constructor', 'x'],
  ] as const)
    assert.equal((await enter(kind, value)).status, 422, `${kind} ${value}`);
  assert.deepEqual(await living(), ['authentication', 'signature']);

  assert.equal((await enter('stay', '2033-03-31')).status, 303);
  assert.deepEqual(await living(), ['authentication', 'signature'], 'the stay is none of the four items');
  assert.equal((await enter('correction-name', '例示 改')).status, 303);
  assert.deepEqual(await living(), ['authentication']);
  assert.match(await supervisor.text(page), /例示\u3000改.*2033年3月31日/s);
  const record = await supervisor.text('/counter/record?kind=event');
  assert.match(record, /chief-1.*氏名の記録の訂正.*職権.*chief-1.*在留期限の変更/s);
});
