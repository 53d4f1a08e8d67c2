import { isArray, type PdfDictionary, type PdfValue } from './value.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A value as it stands in a file, with delimiters where a neighbour would run into it. Streams are written with their own /Length. */
export function writeValue(value: PdfValue): Buffer {
  if (value === null) return latin1('null');
  if (typeof value === 'boolean') return latin1(String(value));
  if (typeof value === 'number') return latin1(writeNumber(value));
  if (isArray(value))
    return latin1(`[${value.map((each) => writeValue(each).toString('latin1')).join(' ')}]`);
  switch (value.kind) {
    case 'name':
      return latin1(`/${value.name.replace(/[^!-~]|[#()<>[\]{}/%]/g, escapeName)}`);
    case 'string':
      return latin1(value.hex ? `<${Buffer.from(value.bytes).toString('hex')}>` : literal(value.bytes));
    case 'reference':
      return latin1(`${value.number} ${value.generation} R`);
    case 'dictionary':
      return writeDictionary(value);
    case 'stream': {
      const entries = new Map([...value.dictionary.entries, ['Length', value.data.length] as const]);
      const head = writeDictionary({ kind: 'dictionary', entries });
      return Buffer.concat([head, latin1('\nstream\n'), value.data, latin1('\nendstream')]);
    }
  }
}

function writeDictionary({ entries }: PdfDictionary): Buffer {
  const parts = [...entries].map(
    ([key, value]) =>
      `${writeValue({ kind: 'name', name: key }).toString('latin1')} ${writeValue(value).toString('latin1')}`,
  );
  return latin1(`<<${parts.join(' ')}>>`);
}

/** No exponents: PDF has none (7.3.3). */
function writeNumber(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : value.toFixed(6).replace(/0+$/, '').replace(/\.$/, '');
}

const escapeName = (character: string): string => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

function literal(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  const escaped = text.replace(/[\\()\r\n]/g, (character) =>
    character === '\r' ? '\\r' : character === '\n' ? '\\n' : `\\${character}`,
  );
  return `(${escaped})`;
}

/** `N G obj … endobj` with a line end. */
export function writeObject(number: number, generation: number, value: PdfValue): Buffer {
  return Buffer.concat([latin1(`${number} ${generation} obj\n`), writeValue(value), latin1('\nendobj\n')]);
}
