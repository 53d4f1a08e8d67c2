import type { Parsed } from '@madoguchi/pki';

/** 基本4情報 as the input-support application (券面事項入力補助AP, EF 0002) holds them. */
export interface TextItems {
  name: string;
  address: string;
  /** YYYY-MM-DD */
  birthDate: string;
  sex: 'male' | 'female' | 'other' | 'unknown';
}

const tags = { name: 0xdf22, address: 0xdf23, birthDate: 0xdf24, sex: 0xdf25 } as const;
const sexes: ReadonlyMap<string | undefined, TextItems['sex']> = new Map([
  ['1', 'male'],
  ['2', 'female'],
  ['9', 'other'],
]);

/**
 * Reads the template FF20 {DF21 offsets, DF22 name, DF23 address, DF24 birth date YYYYMMDD, DF25 sex}. Lengths may
 * take the forms 81 and 82. Filler after the template is ignored. Source: myna (`text.rs`), myna-card.
 */
export function parseTextItems(bytes: Uint8Array): Parsed<TextItems> {
  const template = readTlv(bytes, 0, bytes.length);
  if (template?.tag !== 0xff20) return { ok: false, rule: 'text.template', offset: 0 };
  const found = new Map<number, Uint8Array>();
  for (let at = template.start; at < template.end; ) {
    const item = readTlv(bytes, at, template.end);
    if (item === undefined) return { ok: false, rule: 'text.length', offset: at };
    if (found.has(item.tag)) return { ok: false, rule: 'text.twice', offset: at };
    found.set(item.tag, bytes.subarray(item.start, item.end));
    at = item.end;
  }
  const text: Partial<Record<keyof typeof tags, string>> = {};
  for (const [field, tag] of Object.entries(tags) as [keyof typeof tags, number][]) {
    const value = found.get(tag);
    if (value === undefined) return { ok: false, rule: `text.${field}`, offset: template.start };
    try {
      text[field] = new TextDecoder('utf-8', { fatal: true }).decode(value);
    } catch {
      return { ok: false, rule: `text.${field}.utf8`, offset: value.byteOffset - bytes.byteOffset };
    }
  }
  const date = /^(\d{4})(\d{2})(\d{2})$/.exec(text.birthDate ?? '');
  if (date === null) return { ok: false, rule: 'text.birthDate.form', offset: template.start };
  return {
    ok: true,
    value: {
      name: text.name ?? '',
      address: text.address ?? '',
      birthDate: `${date[1]}-${date[2]}-${date[3]}`,
      sex: sexes.get(text.sex) ?? 'unknown',
    },
  };
}

function readTlv(bytes: Uint8Array, at: number, limit: number) {
  const first = bytes[at + 2];
  if (at + 3 > limit || first === undefined) return undefined;
  const tag = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || more > 2 || at + 3 + more > limit) return undefined;
  let length = more === 0 ? first : 0;
  for (let index = 0; index < more; index += 1) length = (length << 8) | (bytes[at + 3 + index] ?? 0);
  const start = at + 3 + more;
  return start + length > limit ? undefined : { tag, start, end: start + length };
}
