/** Where a press of a button in the form leads, as the value of `_go`. Without one: on to the next step, or to the signature. */
export type Go =
  | { to: 'on' | 'back' }
  | { to: 'step'; id: string }
  | { to: 'add'; group: string }
  | { to: 'drop'; group: string; row: number };

export const goAdd = (group: string) => `add:${group}`;
export const goDrop = (group: string, row: number) => `drop:${group}:${row}`;

/** Anything that is none of these means on: a press is never lost. */
export function readGo(value: string | undefined): Go {
  const [verb, name = '', row = ''] = (value ?? '').split(':');
  if (verb === 'back') return { to: 'back' };
  if (verb === 'step') return { to: 'step', id: name };
  if (verb === 'add') return { to: 'add', group: name };
  if (verb === 'drop' && /^[0-9]{1,2}$/.test(row)) return { to: 'drop', group: name, row: Number(row) };
  return { to: 'on' };
}
