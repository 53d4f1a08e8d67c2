import type { Words } from '@madoguchi/ui';
import type { CheckState, DoctorCheck, DoctorCheckId, DoctorFix } from './report.js';
import { nothingToDo, titles } from './words.js';

export function check(
  id: DoctorCheckId,
  state: CheckState,
  found: Words,
  means: Words,
  next: Words = nothingToDo,
  fix?: DoctorFix,
): DoctorCheck {
  return { id, state, title: titles[id], found, means, next, ...(fix === undefined ? {} : { fix }) };
}
