import type { Sql } from '@madoguchi/store';
import { japaneseDay } from '@madoguchi/ui';
import { codeDigest, newCode, sha256 } from '../helpdesk/code.js';
import type { ClassDate } from './class-list.js';

export interface Booking {
  name: string;
  telephone?: string;
  people: number;
}

/** The day of a class in Japan, `YYYY-MM-DD`. */
const dayOf = ({ start }: ClassDate) => japaneseDay(start);

/** Seats taken of each class, by id. */
export async function takenSeats(sql: Sql, classes: readonly ClassDate[]): Promise<Map<string, number>> {
  const rows = await sql<{ class: string; day: string; people: number }[]>`
    select class, day::text as day, sum(people)::int as people from portal.class_seats
    where class in ${sql(['', ...classes.map(({ id }) => id)])} group by class, day`;
  return new Map(
    classes.map((one) => [
      one.id,
      rows.find((row) => row.class === one.id && row.day === dayOf(one))?.people ?? 0,
    ]),
  );
}

/** Takes seats, never more than there are, whoever comes at the same moment. The code cancels it; it is told once. */
export async function takeSeats(
  sql: Sql,
  one: ClassDate,
  { name, telephone, people }: Booking,
  once: string,
  now: Date,
): Promise<{ ok: true; code?: string } | { ok: false; left: number }> {
  const code = newCode();
  const day = dayOf(one);
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${`portal.class:${one.id}`}))`;
    const [before] = await tx`select 1 from portal.class_seats where once_sha256 = ${sha256(once)}`;
    if (before !== undefined) return { ok: true as const };
    const [taken] = await tx<{ people: number }[]>`select coalesce(sum(people), 0)::int as people
      from portal.class_seats where class = ${one.id} and day = ${day}`;
    const left = one.seats - (taken?.people ?? 0);
    if (people > left) return { ok: false as const, left };
    await tx`insert into portal.class_seats (class, day, code_sha256, once_sha256, taken_at, name, telephone, people)
      values (${one.id}, ${day}, ${codeDigest(code)}, ${sha256(once)}, ${now}, ${name}, ${telephone ?? null}, ${people})`;
    return { ok: true as const, code };
  });
}

/** Gives seats back: the class, or undefined where the code is unknown. */
export async function cancelSeats(sql: Sql, code: string): Promise<string | undefined> {
  const [row] = await sql<{ class: string }[]>`delete from portal.class_seats
    where code_sha256 = ${codeDigest(code)} returning class`;
  return row?.class;
}

/** Who comes to a class, for those who hold it. */
export async function listSeats(sql: Sql, one: ClassDate): Promise<Booking[]> {
  const rows = await sql<{ name: string; telephone: string | null; people: number }[]>`
    select name, telephone, people from portal.class_seats
    where class = ${one.id} and day = ${dayOf(one)} order by taken_at`;
  return rows.map(({ telephone, ...row }) => (telephone === null ? row : { ...row, telephone }));
}

/** How long names are kept after a class. */
export const seatsKeptDays = 30;

/** Forgets who came to classes that are long over; how many bookings. */
export async function eraseOldSeats(sql: Sql, now: Date): Promise<number> {
  const before = new Date(now.getTime() - seatsKeptDays * 86_400_000);
  const gone = await sql`delete from portal.class_seats where day < ${before} returning 1`;
  return gone.length;
}
