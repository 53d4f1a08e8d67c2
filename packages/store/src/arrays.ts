import type postgres from 'postgres';

/** OIDs of PostgreSQL's built-in types (pg_type). */
const oids = { bytes: 17, times: 1184 } as const;

/**
 * Arrays as parameters (`unnest(${arrayOf.bytes(sql, list)}::bytea[])`): the driver takes an array of bytes or times for one value of
 * that type unless it is told.
 */
export const arrayOf = {
  bytes: (sql: postgres.ISql, list: readonly Uint8Array[]) => sql.array([...list], oids.bytes),
  times: (sql: postgres.ISql, list: readonly Date[]) => sql.array([...list], oids.times),
} as const;
