import type postgres from 'postgres';

const separator = '\u001f';

/** The same memory as a Buffer. */
const asBuffer = (bytes: Uint8Array) =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * Arrays as parameters (`unnest(${arrayOf.bytes(sql, list)}::bytea[])`): the driver takes an array of bytes or times for one value of
 * that type unless it is told. Times go as ISO 8601, bytes as one text in base64, which is a third of what the driver's own form takes.
 * None may be empty.
 */
export const arrayOf = {
  bytes: (sql: postgres.ISql, list: readonly Uint8Array[]) => {
    const texts = list.map((bytes) => asBuffer(bytes).toString('base64'));
    return sql`(select coalesce(array_agg(decode(x, 'base64') order by n), '{}')
      from unnest(string_to_array(${texts.join(',')}, ',')) with ordinality as given (x, n))`;
  },
  /** Texts of ours (ids, words, digests, JSON), joined by a sign that none of them has: the driver's own form escapes each. */
  texts: (sql: postgres.ISql, list: readonly string[]) => {
    const joined = list.join(separator);
    // Of nothing but one empty text the database would make an empty array.
    if (joined === '' || list.some((text) => text.includes(separator))) return sql`${[...list]}::text[]`;
    return sql`string_to_array(${joined}, ${separator})`;
  },
  times: (sql: postgres.ISql, list: readonly Date[]) =>
    arrayOf.texts(
      sql,
      list.map((time) => time.toISOString()),
    ),
} as const;
