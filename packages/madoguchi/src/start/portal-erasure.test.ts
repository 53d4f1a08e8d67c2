import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { portalMigrations } from '@madoguchi/portal';
import { migrate, openDatabase } from '@madoguchi/store';
import type { Lifecycle } from './lifecycle.js';
import type { Log } from './log.js';
import { erasePortalHourly } from './portal-erasure.js';

test('from the start on, what people wrote goes when its time is over, though nobody comes by', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'erasure-'));
  const database = await openDatabase({ dataDir: dir });
  const stops: (() => unknown)[] = [];
  const lifecycle = { onStop: (_: string, stop: () => unknown) => stops.push(stop) } as unknown as Lifecycle;
  const now = new Date('2026-11-27T00:00:00Z');
  const events: string[] = [];
  const log = {
    write: (_: string, event: string) => events.push(event),
    fault: assert.fail,
  } as unknown as Log;
  try {
    const { sql } = database;
    await migrate(sql, portalMigrations);
    for (const [number, closed] of [
      ['H2026-000001', '2026-08-01'],
      ['H2026-000002', '2026-11-01'],
    ] as const) {
      await sql`insert into portal.tickets (number, code_sha256, once_sha256, opened_at, topic, register, body, call_at)
        values (${number}, ${Buffer.of(0)}, ${Buffer.from(number)}, ${new Date(closed)}, 'card', 'ja', 'ひみつ', 'none')`;
      await sql`insert into portal.ticket_actions (ticket, position, at, helper, kind)
        values (${number}, 1, ${new Date(closed)}, 'helper-1', 'closed')`;
    }
    erasePortalHourly({ sql, clock: () => now, log, lifecycle });
    while (events.length === 0) await pause(20);
    assert.deepEqual(events, ['erased']);
    const rows = await sql<{ body: string | null }[]>`select body from portal.tickets order by number`;
    assert.deepEqual(
      rows.map(({ body }) => body),
      [null, 'ひみつ'],
    );
  } finally {
    for (const stop of stops) stop();
    await database.close();
    await rm(dir, { recursive: true, force: true });
  }
});
