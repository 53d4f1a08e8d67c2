/** Where a press of a button in the form leads, as the value of `_go`. Without one: on to the next step, or to the signature. */
export type Go =
  | { to: 'on' | 'back' }
  | { to: 'step'; id: string }
  | { to: 'add'; group: string }
  | { to: 'drop'; group: string; row: number }
  /** The address `target` from the post code that stands under `source`; `place`: which of several. */
  | { to: 'fill'; target: string; source: string; place?: number };

export const goAdd = (group: string) => `add:${group}`;
export const goFill = (target: string, source: string, place?: number) =>
  `fill:${target}:${source}${place === undefined ? '' : `:${place}`}`;
export const goDrop = (group: string, row: number) => `drop:${group}:${row}`;

/** Anything that is none of these means on: a press is never lost. `value`: as it was posted. */
export function readGo(value: unknown): Go {
  const [verb, name = '', row = '', place = ''] = (typeof value === 'string' ? value : '').split(':');
  if (verb === 'back') return { to: 'back' };
  if (verb === 'step') return { to: 'step', id: name };
  if (verb === 'add') return { to: 'add', group: name };
  if (verb === 'drop' && /^[0-9]{1,2}$/.test(row)) return { to: 'drop', group: name, row: Number(row) };
  if (verb === 'fill')
    return {
      to: 'fill',
      target: name,
      source: row,
      ...(/^[0-9]{1,2}$/.test(place) ? { place: Number(place) } : {}),
    };
  return { to: 'on' };
}
