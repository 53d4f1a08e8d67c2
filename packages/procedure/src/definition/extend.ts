import { isObject, type Json, type JsonObject } from '../json.js';

/** What an agency changes in a common definition (市町村ごとの違い): the common one's id, and a patch. */
export interface Extension {
  extends: string;
  changes: JsonObject;
}

/** Whether a JSON document changes another definition instead of being one. */
export function isExtension(value: Json): value is JsonObject & Extension {
  return isObject(value) && typeof value.extends === 'string' && isObject(value.changes ?? null);
}

/** The definition with an agency’s changes in it, or where they do not fit. */
export type Extended = { ok: true; value: JsonObject } | { ok: false; path: string; message: string };

/**
 * Puts an agency's changes over a common definition, before it is read with `parseDefinition`. Objects are merged, `null` takes a member
 * out (RFC 7396). In a list whose members have an `id` (or options a `value`), one of the same id is changed in its place,
 * `{"id": …, "remove": true}` takes it out, a new one comes at the end or, with `"before": id`, in front of another. Every other
 * list is replaced whole. `path` in a fault is a JSON Pointer within `changes`.
 */
export function extendDefinition(common: JsonObject, changes: JsonObject): Extended {
  try {
    return { ok: true, value: mergeObjects(common, changes, '') };
  } catch (fault) {
    if (!(fault instanceof MergeFault)) throw fault;
    return { ok: false, path: fault.path, message: fault.message };
  }
}

class MergeFault extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

function mergeObjects(base: JsonObject, changes: JsonObject, path: string): JsonObject {
  const merged: JsonObject = { ...base };
  for (const [key, change] of Object.entries(changes)) {
    const here = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key === '__proto__') throw new MergeFault(here, 'no member of this name');
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    if (change === null) delete merged[key];
    else merged[key] = mergeValues(before, change, here);
  }
  return merged;
}

function mergeValues(before: Json | undefined, change: Json, path: string): Json {
  if (isObject(change) && before !== undefined && isObject(before)) return mergeObjects(before, change, path);
  if (Array.isArray(change) && Array.isArray(before)) return mergeLists(before, change, path);
  return change;
}

function nameOf(value: Json | undefined): string | undefined {
  if (value === undefined || !isObject(value)) return undefined;
  const name = value.id ?? value.value;
  return typeof name === 'string' ? name : undefined;
}

function mergeLists(before: Json[], changes: Json[], path: string): Json[] {
  const isNamed = (list: Json[]) => list.length > 0 && list.every((one) => nameOf(one) !== undefined);
  if (!isNamed(before) || !isNamed(changes)) return changes;
  const list = [...before];
  changes.forEach((change, index) => {
    const here = `${path}/${index}`;
    if (!isObject(change)) return;
    const name = nameOf(change);
    const at = list.findIndex((one) => nameOf(one) === name);
    const { remove, before: next, ...rest } = change;
    if (remove !== undefined) {
      if (remove !== true || at < 0) throw new MergeFault(here, `there is no ${name} to take out`);
      list.splice(at, 1);
      return;
    }
    const own = list[at];
    if (own !== undefined && isObject(own)) list[at] = mergeObjects(own, rest, here);
    else if (next === undefined) list.push(rest);
    else {
      const place = list.findIndex((one) => nameOf(one) === next);
      if (place < 0) throw new MergeFault(here, `there is no ${String(next)} to stand before`);
      list.splice(place, 0, rest);
    }
  });
  return list;
}
