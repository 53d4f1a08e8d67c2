/**
 * Arrays of PostgreSQL's base types, by their fixed numbers (pg_type.dat). The driver would ask each new connection for them, and a
 * connection lost during that question, which nobody awaits, ends the whole process (its issue 1223).
 */
import type postgres from 'postgres';

type Element = string | number | boolean | bigint | Date | Uint8Array | null;

interface Base {
  /** OID of the array type. */
  oid: number;
  /** From the text form of one element. */
  parse: (text: string) => Element;
}

const asText = (text: string) => text;

const bases: Record<string, Base> = {
  bool: { oid: 1000, parse: (text) => text === 't' },
  bytea: { oid: 1001, parse: (text) => Buffer.from(text.slice(2), 'hex') },
  name: { oid: 1003, parse: asText },
  int2: { oid: 1005, parse: Number },
  int4: { oid: 1007, parse: Number },
  text: { oid: 1009, parse: asText },
  varchar: { oid: 1015, parse: asText },
  int8: { oid: 1016, parse: asText },
  float8: { oid: 1022, parse: Number },
  date: { oid: 1182, parse: (text) => new Date(text) },
  timestamptz: { oid: 1185, parse: (text) => new Date(text) },
  numeric: { oid: 1231, parse: asText },
  uuid: { oid: 2951, parse: asText },
};

/** For the driver's option `types`: one dimension, which is all that the tables here hold. */
export const arrayTypes: Record<string, postgres.PostgresType> = Object.fromEntries(
  Object.entries(bases).map(([name, { oid, parse }]) => [
    `${name}[]`,
    { to: oid, from: [oid], serialize: writeArray, parse: (text: string) => readArray(text, parse) },
  ]),
);

function writeArray(list: unknown): string {
  // A text that is an array already.
  if (!Array.isArray(list)) return String(list);
  return `{${list.map(writeElement).join(',')}}`;
}

function writeElement(element: unknown): string {
  if (element === null) return 'null';
  if (element === undefined)
    throw new TypeError('an array for the database has an element that is undefined');
  const text =
    element instanceof Date
      ? element.toISOString()
      : element instanceof Uint8Array
        ? `\\x${Buffer.from(element.buffer, element.byteOffset, element.length).toString('hex')}`
        : String(element);
  // Nearly none has anything to escape.
  return text.includes('"') || text.includes('\\') ? `"${text.replace(/[\\"]/g, '\\$&')}"` : `"${text}"`;
}

/** An element as array_out writes it: in quotes with escapes, or plain. */
const element = /"((?:[^"\\]|\\[\s\S])*)"|([^{},"]+)/g;

function readArray<T>(text: string, parse: (text: string) => T): (T | null)[] {
  return Array.from(text.matchAll(element), ([, quoted, plain]) => {
    if (quoted !== undefined) return parse(quoted.replace(/\\([\s\S])/g, '$1'));
    return plain === undefined || plain === 'NULL' ? null : parse(plain);
  });
}
