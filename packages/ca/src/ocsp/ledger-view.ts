import type { RevocationReason } from '@madoguchi/pki';
import { arrayOf, gather, type Sql } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { hexOf } from '../hex.js';
import type { CaReason } from '../reasons.js';

export type Status = 'good' | 'unknown' | { readonly revoked: Date; readonly reason?: RevocationReason };

/**
 * What the ledger says of certificates, kept in memory for as long as the database tells this process of every revocation: answers may be
 * served without asking, and a revocation is seen everywhere as soon as it is committed.
 */
export interface LedgerView {
  /** Status of certificates (issuer's id, content octets of the serial number), in the order asked. */
  statusesOf(authority: string, serials: readonly Uint8Array[]): Promise<Status[]>;
  /** The same of one certificate where it is kept and may be relied on; else undefined. */
  knownStatus(authority: string, serial: Uint8Array): Status | undefined;
  /** Whether what is kept may be relied on now. */
  isLive(): boolean;
  /** The latest moment that the authority has recorded anything at, as far as it is known here: milliseconds, at most a second old. */
  readonly latest: number;
  /** Rises whenever anything was revoked: what was read before must not be kept after. */
  readonly version: number;
  /** Told of each certificate (`authority serial-hex`) whose status has changed; undefined: of any. */
  onChange(listener: (key: string | undefined) => void): void;
}

const beatEveryMs = 1000;
/** Without a beat for so long, the database is asked again for everything. */
const deafAfterMs = 3000;
/** Of one authority. */
const keptStatuses = 200_000;
const channel = 'ca_revocation';
const beat = '.';

export const statusKey = (authority: string, serial: Uint8Array) => `${authority} ${hexOf(serial)}`;

/** The views of this process, by their database: what is revoked here is forgotten here before the revocation is answered. */
const viewsOf = new WeakMap<Sql, Set<(key: string) => void>>();

/** Forgets what this process keeps about a certificate; other processes are told by the database. */
export function forgetStatus(sql: Sql, authority: string, serial: Uint8Array): void {
  for (const forget of viewsOf.get(sql) ?? []) forget(statusKey(authority, serial));
}

/**
 * Opens the view. It listens on a connection of its own and sends itself a beat every second over the same way: a lost connection is
 * noticed by the silence, and until it speaks again nothing is answered from memory.
 */
export function openLedgerView(ctx: CaContext): LedgerView {
  /** By authority, then by the serial number in hexadecimal. */
  const kept = new Map<string, Map<string, Status>>();
  const listeners: ((key: string | undefined) => void)[] = [];
  let version = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let heardAt = Number.NEGATIVE_INFINITY;

  const forget = (key: string | undefined): void => {
    version++;
    if (key === undefined) kept.clear();
    else {
      const [authority = '', serial = ''] = key.split(' ');
      kept.get(authority)?.delete(serial);
    }
    for (const listener of listeners) listener(key);
  };

  const views = viewsOf.get(ctx.sql) ?? new Set();
  viewsOf.set(ctx.sql, views.add(forget));

  const hear = (text: string): void => {
    heardAt = performance.now();
    if (text !== beat) forget(text);
  };

  const listen = async (): Promise<void> => {
    // What was told while nobody listened is not known: everything is forgotten with each new connection.
    await ctx.sql.listen(channel, hear, () => forget(undefined));
  };
  const sendBeat = async (): Promise<void> => {
    const [row] = await ctx.sql<{ latest: Date | null }[]>`
      select case when isfinite(latest) then latest end as latest, pg_notify(${channel}, ${beat}) from ca.clock`;
    latest = row?.latest?.getTime() ?? latest;
  };
  let timer: NodeJS.Timeout | undefined;
  let isListening = false;
  let isBusy = false;
  const turn = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      if (!isListening) await listen();
      isListening = true;
      await sendBeat();
    } catch (error) {
      // The pool was closed: whoever opened the authority is done with it.
      if (error instanceof Error && 'code' in error && error.code === 'CONNECTION_ENDED')
        clearInterval(timer);
    } finally {
      isBusy = false;
    }
  };
  /** With the first question: an authority that nobody asks needs no connection. */
  const begin = (): void => {
    if (timer !== undefined) return;
    timer = setInterval(() => void turn(), beatEveryMs);
    timer.unref();
    void turn();
  };

  const ask = gather<{ authority: string; serial: Uint8Array }, Status>(
    async (items) => (await askLedger(ctx, items)).map((value) => ({ ok: true, value })),
    { items: 256, linger: 1 },
  );

  const isLive = () => performance.now() - heardAt < deafAfterMs;
  return {
    isLive: () => {
      begin();
      return isLive();
    },
    get version() {
      return version;
    },
    get latest() {
      return latest;
    },
    onChange: (listener) => listeners.push(listener),
    knownStatus: (authority, serial) => (isLive() ? kept.get(authority)?.get(hexOf(serial)) : undefined),
    statusesOf: (authority, serials) => {
      begin();
      return Promise.all(
        serials.map(async (serial) => {
          const key = hexOf(serial);
          const known = isLive() ? kept.get(authority)?.get(key) : undefined;
          if (known !== undefined) return known;
          const before = version;
          const status = await ask({ authority, serial });
          // A number that is not issued yet may be in the next moment, and nobody tells of that.
          if (before === version && isLive() && status !== 'unknown') {
            const own = kept.get(authority) ?? new Map<string, Status>();
            if (own.size >= keptStatuses) own.delete(own.keys().next().value ?? '');
            kept.set(authority, own.set(key, status));
          }
          return status;
        }),
      );
    },
  };
}

/** A number that was never issued by this key is unknown, and so is one whose signing is under way. */
async function askLedger(
  ctx: CaContext,
  items: readonly { authority: string; serial: Uint8Array }[],
): Promise<Status[]> {
  const rows = await ctx.sql<
    {
      authority: string;
      serial: Uint8Array;
      state: string;
      revoked_at: Date | null;
      reason: CaReason | null;
    }[]
  >`
    select c.authority, c.serial, c.state, r.revoked_at, r.reason
    from unnest(${items.map((item) => item.authority)}::text[], ${arrayOf.bytes(
      ctx.sql,
      items.map((item) => item.serial),
    )}::bytea[])
      as t (authority, serial)
    join ca.certificate c using (authority, serial)
    left join ca.revocation r using (municipality, authority, serial)`;
  const found = new Map(rows.map((row) => [statusKey(row.authority, row.serial), row]));
  return items.map(({ authority, serial }): Status => {
    const row = found.get(statusKey(authority, serial));
    if (row === undefined) return 'unknown';
    if (row.revoked_at !== null) {
      const reason = row.reason === null || row.reason === 'unspecified' ? {} : { reason: row.reason };
      return { revoked: row.revoked_at, ...reason };
    }
    return row.state === 'issued' || row.state === 'delivered' ? 'good' : 'unknown';
  });
}
