// What a page costs on the line: everything it loads, as it is served to a browser that takes Brotli, without web fonts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { demoProcedures } from '../demo-procedures.js';
import { loadProcedures } from '../procedures.js';
import { pageWeight } from '../testing/page-weight.js';
import { base, openRoom, origin, temporaryDatabase } from '../testing/room.js';

const budget = 60_000;

let db: Database;
let close: () => Promise<void>;
before(async () => {
  ({ db, close } = await temporaryDatabase());
});
after(() => close());

for (const level of ['municipal', 'prefectural', 'national'] as const)
  test(`every ${level} page a citizen opens first weighs at most 60 kB with all it loads`, async () => {
    const room = await openRoom(db);
    const procedures = loadProcedures(demoProcedures(level));
    room.options.procedures.splice(0, Number.POSITIVE_INFINITY, ...procedures);
    const paths = ['/', ...procedures.map(({ definition }) => `/procedures/${definition.id}`)];
    for (const path of paths) {
      const { octets, files } = await pageWeight(room.app, `${origin}${base}${path}`);
      assert.ok(files.length >= 3, `${path} loads its style and script`);
      assert.ok(
        octets <= budget,
        `${path} weighs ${octets} octets: ${files.map(({ name, octets }) => `${name} ${octets}`).join(', ')}`,
      );
    }
  });
