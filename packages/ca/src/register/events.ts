import { appendAudit, type Tx } from '@madoguchi/store';
import { japaneseDay } from '@madoguchi/ui/words';
import type { CaContext } from '../context.js';
import { CaError } from '../error.js';
import { identityOf, type Resident } from '../identity/resident.js';
import { auditChain } from '../issuance/record.js';
import { lockResident } from '../issuance/second-issue.js';
import { officeOf } from '../office/settings.js';
import { insertRevocation, type RecordKey, tellRevoked } from '../revocation/ledger.js';
import { publishSoon } from '../revocation/publish.js';
import { type EventKind, eventRules, revokedBy } from './event-rules.js';
import { searchOf } from './import.js';

/** One event as the municipality reports it. */
export interface RegisterEvent {
  /** The municipality's own number of the event: the same number is never applied twice. */
  readonly number: string;
  readonly municipality: string;
  /** 宛名番号 of the person. */
  readonly resident: string;
  readonly kind: EventKind;
  /** The day it took effect, YYYY-MM-DD, today at the latest. */
  readonly day: string;
  /** The new values, of those items that the kind may change. */
  readonly now: Partial<Pick<Resident, 'name' | 'address' | 'birthDate' | 'sex' | 'stayUntil'>>;
}

export type EventOutcome =
  | { readonly state: 'applied'; readonly revoked: number }
  /** This number was applied before. */
  | { readonly state: 'known' };

interface Person {
  id: string;
  name: string;
  kana: string;
  address: string;
  birthDate: string;
  sex: Resident['sex'];
  stayUntil: Date | null;
  ward: boolean;
  state: string;
}

/**
 * Applies one event: the register, the event's record and the revocations are one commit, so that none is there without the others. OCSP
 * tells it at once, the lists are published before this returns. `also` writes what belongs into the same commit. Throws CaError where the person is unknown, nothing would change, or the
 * day lies ahead.
 */
export async function applyEvent(
  ctx: CaContext,
  event: RegisterEvent,
  actor: string,
  also: (tx: Tx, revoked: number) => Promise<unknown> = async () => undefined,
): Promise<EventOutcome> {
  const rule = eventRules[event.kind];
  const now = ctx.clock();
  if (event.day > japaneseDay(now)) throw ahead(event);
  const revokes = revokedBy(event.kind, await officeOf(ctx));
  const done = await ctx.sql.begin(async (tx): Promise<RecordKey[] | undefined> => {
    const [person] = await tx<Person[]>`
      select id, name, kana, address, birth_date as "birthDate", sex, stay_until as "stayUntil", ward, state from ca.resident
      where municipality = ${event.municipality} and number = ${event.resident}`;
    if (person === undefined) throw nobody(event);
    await lockResident(tx, person.id);
    const [known] = await tx`select 1 from ca.register_event
      where municipality = ${event.municipality} and number = ${event.number}`;
    if (known !== undefined) return undefined;
    await changeRegister(tx, event, person);
    const revoked = [];
    for (const row of await livingCertificates(tx, event.municipality, person.id, now)) {
      const reason = revokes[cardProfileOf[row.profile]];
      if (reason === undefined) continue;
      const what = {
        reason,
        ground: rule.ground,
        at: new Date(Math.floor(now.getTime() / 1000) * 1000),
        actor,
      };
      if (await insertRevocation(ctx, tx, row, what)) revoked.push(row);
    }
    await tx`insert into ca.register_event ${tx({
      municipality: event.municipality,
      number: event.number,
      resident: person.id,
      kind: event.kind,
      day: event.day,
      recorded_at: now,
      actor,
      revoked: revoked.length,
    })}`;
    await appendAudit(tx, auditChain, {
      at: now,
      actor,
      action: `register.${event.kind}`,
      subject: person.id,
      detail: { day: event.day, revoked: revoked.length },
    });
    await also(tx, revoked.length);
    return revoked;
  });
  if (done === undefined) return { state: 'known' };
  for (const key of done) await tellRevoked(ctx, key);
  if (done.length > 0) await publishSoon(ctx);
  return { state: 'applied', revoked: done.length };
}

async function changeRegister(tx: Tx, event: RegisterEvent, person: Person): Promise<void> {
  const rule = eventRules[event.kind];
  const before = { ...person, stayUntil: person.stayUntil ?? undefined };
  const after = { ...before };
  for (const item of rule.changes) {
    if (event.now[item] !== undefined) Object.assign(after, { [item]: event.now[item] });
  }
  const { stayUntil, ...rest } = after;
  identityOf({ ...rest, municipality: event.municipality });
  const same = rule.changes.every((item) => String(before[item] ?? '') === String(after[item] ?? ''));
  if (rule.changes.length > 0 && same) throw nothingNew(event);
  if (rule.ward === person.ward) throw nothingNew(event);
  if (person.state === 'dead' || (rule.state !== undefined && rule.state === person.state))
    throw nothingNew(event);
  await tx`update ca.resident set ${tx({
    name: after.name,
    address: after.address,
    birth_date: after.birthDate,
    sex: after.sex,
    stay_until: stayUntil ?? null,
    state: rule.state ?? person.state,
    ward: rule.ward ?? person.ward,
    ...searchOf(after),
  })} where municipality = ${event.municipality} and id = ${person.id}`;
}

/** A smartphone's certificates end with those of the card. */
const cardProfileOf = {
  signature: 'signature',
  authentication: 'authentication',
  'phone-signature': 'signature',
  'phone-authentication': 'authentication',
} as const;

/** What could be used still: also what is signed but not handed over. */
function livingCertificates(tx: Tx, municipality: string, resident: string, now: Date) {
  return tx<(RecordKey & { profile: keyof typeof cardProfileOf })[]>`
    select municipality, authority, serial, alias, profile from ca.certificate c
    where municipality = ${municipality} and resident = ${resident} and state <> 'reserved' and not_after > ${now}
      and profile in ${tx(Object.keys(cardProfileOf))}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
}

function nobody({ number, resident }: RegisterEvent): CaError {
  return new CaError('event.resident', {
    ja: `異動「${number}」の宛名番号「${resident}」の人は、登録にいません。`,
    jaEasy: `{番号|ばんごう}「${resident}」の {人|ひと}は いません。`,
    en: `Event ${number}: nobody is registered under the number "${resident}".`,
  });
}

function nothingNew({ number }: RegisterEvent): CaError {
  return new CaError('event.nothing', {
    ja: `異動「${number}」では、登録の内容が何も変わりません。新しい内容を確かめてください。`,
    jaEasy: `{異動|いどう}「${number}」では なにも かわりません。`,
    en: `Event ${number} changes nothing in the register. Check the new values.`,
  });
}

function ahead({ number, day }: RegisterEvent): CaError {
  return new CaError('event.day', {
    ja: `異動「${number}」の日（${day}）はこれからです。その日になってから入力してください。`,
    jaEasy: `${day}に なってから {入|い}れて ください。`,
    en: `The day of event ${number} (${day}) lies ahead. Enter it on that day.`,
  });
}
