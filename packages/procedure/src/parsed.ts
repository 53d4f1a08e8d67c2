/**
 * What a reader of bytes returns: the value, or the rule that failed and the place.
 * `offset` counts octets of the input (characters where the input is text).
 */
export type Parsed<T> = { ok: true; value: T } | { ok: false; rule: string; offset: number };
