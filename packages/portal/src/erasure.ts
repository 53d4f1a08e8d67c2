import type { Sql } from '@madoguchi/store';
import { eraseOldSeats } from './classes/seats.js';
import { eraseOldTickets } from './helpdesk/tickets.js';

/** Erases what people wrote and who came, when its time is over; to be called from time to time, whether or not anybody comes by. */
export async function erasePortal(sql: Sql, now: Date): Promise<{ tickets: number; seats: number }> {
  return { tickets: await eraseOldTickets(sql, now), seats: await eraseOldSeats(sql, now) };
}
