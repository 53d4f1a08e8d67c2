import {
  isGroup,
  type PostCodePlace,
  type PostCodes,
  type ProcedureDefinition,
  placesOfPostCode,
} from '@madoguchi/procedure';
import type { Go } from './go.js';
import { type Typed, typedOf } from './typed.js';

/** What a post code stands for, as the form shows it. */
export interface FoundPostCode {
  /** Name of the answer that holds the address. */
  readonly target: string;
  /** Name of the control that holds the post code. */
  readonly source: string;
  readonly code: string;
  readonly places: readonly PostCodePlace[];
}

/** The control beside an address that asks for its post code alone. It is no answer and is never signed. */
export const helperOf = (target: string): string => `_postcode.${target}`;

export const addressOf = ({ prefecture, municipality, town }: PostCodePlace): string =>
  prefecture + municipality + town;

/**
 * The form after a press of 住所を入れる: the address filled in where the code stands for one place, a choice where it stands for several.
 * An address that begins with the place already keeps what follows it.
 */
export function fillAddress(
  definition: ProcedureDefinition,
  values: Record<string, string>,
  posted: Record<string, unknown>,
  go: Extract<Go, { to: 'fill' }>,
  own?: PostCodes,
): Typed {
  const { target, source } = go;
  const typed = posted[source];
  if (!isAddress(definition, target) || typeof typed !== 'string') return typedOf(values);
  const places = placesOfPostCode(typed, own);
  const place = places.length === 1 ? places[0] : places[go.place ?? -1];
  const postCode = { target, source, code: typed, places: place === undefined ? places : [place] };
  if (place === undefined) return { ...typedOf(values), postCode };
  const address = addressOf(place);
  const before = values[target] ?? '';
  return { ...typedOf({ ...values, [target]: before.startsWith(address) ? before : address }), postCode };
}

function isAddress(definition: ProcedureDefinition, name: string): boolean {
  const [first, row, inRow] = name.split('.');
  const entry = definition.fields.find(({ id }) => id === first);
  if (entry === undefined) return false;
  if (!isGroup(entry)) return row === undefined && entry.kind === 'address';
  return (
    /^[0-9]{1,2}$/.test(row ?? '') && entry.fields.some(({ id, kind }) => id === inRow && kind === 'address')
  );
}
