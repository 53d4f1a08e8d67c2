import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generateKeyPair } from '@madoguchi/pki';
import { CaError } from '../error.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { type EventKind, eventKinds } from './event-rules.js';
import { applyEvent, type RegisterEvent } from './events.js';
import { findResidents } from './find.js';
import { importRegister } from './import.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority('p384');
});
after(() => authority.close());

/** A fixed sequence, so that a failure can be run again. */
let seed = 20261127;
const pick = <T>(list: readonly T[]): T => {
  seed = (seed * 48271) % 2147483647;
  return list[seed % list.length] as T;
};

type Profile = 'signature' | 'authentication';

/** What the life cycle's reference (3.2) says ends, written here by hand: the four items and leaving end the signature certificate, death both. */
const ends = (kind: EventKind): readonly Profile[] =>
  kind === 'death'
    ? ['signature', 'authentication']
    : ['address', 'name', 'birth', 'sex', 'correction', 'left', 'abroad'].includes(kind)
      ? ['signature']
      : [];

const newValues = (kind: EventKind, turn: number): RegisterEvent['now'] => {
  switch (kind) {
    case 'address':
      return { address: `見本県見本市港町${turn + 1}番地` };
    case 'name':
      return { name: `例示　${pick(['一', '二', '三'])}` };
    case 'birth':
      return { birthDate: `19${60 + (turn % 40)}-03-04` };
    case 'sex':
      return { sex: pick(['male', 'female', 'other']) };
    case 'correction':
      return pick([{ name: '例示　訂正' }, { address: '見本県見本市訂正１番地' }, {}]);
    case 'stay':
      return { stayUntil: new Date(Date.UTC(2031, turn % 12, 1)) };
    default:
      return {};
  }
};

/** Certificates in every state that one can be in when an event comes. */
const conditions = ['valid', 'valid', 'held', 'expired', 'notDelivered'] as const;

test('whatever happens to whom in whatever order, an event ends the living certificates that the law names of that one person, and nothing else', async () => {
  const { ca, db } = authority;
  const places = ['99201', '99301'];
  const rows = places.flatMap((place) =>
    [1, 2].map((n) => `${n},例示　${'甲'.repeat(n)},見本県見本市中央${n}番地,1980-01-02,男,${place}`),
  );
  const csv = ['number,name,address,birth,sex,municipality', ...rows, ''].join('\n');
  const taken = await importRegister(ca.context, new TextEncoder().encode(csv), 'test');
  assert.ok(taken.ok, JSON.stringify(taken));
  const people: { id: string; number: string; municipality: string }[] = [];
  for (const municipality of places)
    for (const resident of (await findResidents(ca.context, { municipality, words: '' })).found)
      people.push({ id: resident.id, number: resident.number ?? '', municipality });

  /** What the ledger must say of each certificate: undefined, a person's may still end. */
  const model = new Map<
    string,
    { person: string; profile: Profile; living: boolean; reason: string | undefined }
  >();
  for (const person of people)
    for (const profile of ['signature', 'authentication', 'signature'] as const) {
      const { publicKey } = await generateKeyPair('rsa2048');
      const resident = {
        name: '例示　乙',
        address: '見本県見本市中央９番地',
        birthDate: '1980-01-02',
        sex: 'male',
        municipality: person.municipality,
      } as const;
      const { alias } = await ca.issue({ publicKey, profile, resident });
      const condition = pick(conditions);
      await db.sql`update ca.certificate set resident = ${person.id} where alias = ${alias}`;
      if (condition === 'held') await ca.revoke({ certificate: { alias }, reason: 'certificateHold' });
      // Signed, and the process died before it was handed over: a state that is never gone back to, so the guard is lifted here.
      if (condition === 'notDelivered') {
        await db.sql`alter table ca.certificate disable trigger certificate_forward`;
        await db.sql`update ca.certificate set state = 'issued' where alias = ${alias}`;
        await db.sql`alter table ca.certificate enable trigger certificate_forward`;
      }
      if (condition === 'expired')
        await db.sql`update ca.certificate set not_after = ${new Date(authority.now.getTime() - 1000)} where alias = ${alias}`;
      model.set(alias, {
        person: person.id,
        profile,
        living: condition === 'valid' || condition === 'notDelivered',
        reason: condition === 'held' ? 'certificateHold' : undefined,
      });
    }

  const ledger = async () =>
    new Map(
      (await ca.list({ limit: 1000 }))
        .filter(({ alias }) => model.has(alias))
        .map(({ alias, revocation }) => [alias, revocation?.reason as string | undefined]),
    );
  const counts = { applied: 0, refused: 0, revoked: 0 };
  for (let turn = 0; turn < 36; turn += 1) {
    const person = pick(people);
    const kind = pick(eventKinds);
    const event = {
      number: `R${turn}`,
      municipality: person.municipality,
      resident: person.number,
      kind,
      day: '2026-01-05',
      now: newValues(kind, turn),
    };
    let revoked = 0;
    try {
      const outcome = await applyEvent(ca.context, event, 'clerk-1');
      assert.equal(outcome.state, 'applied');
      for (const one of model.values()) {
        if (one.person !== person.id || !one.living || !ends(kind).includes(one.profile)) continue;
        one.living = false;
        one.reason = kind === 'death' ? 'cessationOfOperation' : 'affiliationChanged';
        revoked += 1;
      }
      assert.equal(outcome.state === 'applied' ? outcome.revoked : -1, revoked, `${turn} ${kind}`);
      counts.applied += 1;
    } catch (error) {
      // Nothing new, or a person who is gone: then nothing may have changed either.
      if (!(error instanceof CaError) || error.rule !== 'event.nothing') throw error;
      counts.refused += 1;
    }
    counts.revoked += revoked;
    const expected = new Map([...model].map(([alias, { reason }]) => [alias, reason]));
    assert.deepEqual(await ledger(), expected, `after ${turn} ${kind}`);
    // The same number again changes nothing, whatever it says.
    if (revoked > 0)
      assert.equal(
        (await applyEvent(ca.context, { ...event, kind: 'death', now: {} }, 'clerk-1')).state,
        'known',
      );
  }
  assert.ok(counts.applied > 10 && counts.refused > 3 && counts.revoked > 2, JSON.stringify(counts));
  assert.ok(
    [...model.values()].some(({ living }) => living),
    'somebody is left untouched',
  );
});
