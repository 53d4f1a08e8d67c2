import { ageOn } from '../validity.js';
import type { Resident } from './resident.js';

/** No signature certificate for children under this age. */
export const signatureAge = 15;

/**
 * Who gets no signature certificate, and whom a representative acts for: children under 15 and adult wards (成年被後見人). Source: municipal pages since
 * 2016 (Omura, Kasai, Setagaya, Sakuragawa, Fujiidera).
 */
export function incapacityOf(
  resident: Pick<Resident, 'birthDate' | 'ward'>,
  now: Date,
): 'child' | 'ward' | undefined {
  const age = ageOn(now, resident.birthDate);
  if (age !== undefined && age < signatureAge) return 'child';
  return resident.ward === true ? 'ward' : undefined;
}
