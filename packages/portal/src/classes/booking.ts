import { type FieldError, fill } from '@madoguchi/ui';
import type { Booking } from './seats.js';
import { faults } from './words.js';

const ascii = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[ー−‐―]/g, '-')
    .trim();

/** Reads the form of a class; what is wrong is told by field. */
export function readBooking(
  posted: Record<string, unknown>,
): { ok: true; booking: Booking } | { ok: false; errors: FieldError[] } {
  const text = (name: string) => (typeof posted[name] === 'string' ? posted[name] : '');
  const errors: FieldError[] = [];
  const name = text('name').trim();
  if (name === '' || [...name].length > 40 || /\p{Cc}/u.test(name))
    errors.push({ field: 'name', message: faults.name });
  const people = Number(/^[1-4]$/.exec(ascii(text('people')))?.[0] ?? Number.NaN);
  if (Number.isNaN(people)) errors.push({ field: 'people', message: faults.people });
  const telephone = ascii(text('telephone'));
  if (telephone !== '' && !/^\+?[0-9][0-9-]{8,16}$/.test(telephone))
    errors.push({ field: 'telephone', message: faults.telephone });
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, booking: { name, people, ...(telephone === '' ? {} : { telephone }) } };
}

export function tooFewSeats(left: number): FieldError {
  return { field: 'people', message: fill(faults.left, { n: Math.max(0, left) }) };
}
