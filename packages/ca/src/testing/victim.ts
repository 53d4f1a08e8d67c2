// A process that is killed: does one thing with an authority whose database its parent runs, and dies at the step it is told.
import { generateKeyPair } from '@madoguchi/pki';
import { openDatabase, openKeystore } from '@madoguchi/store';
import { openCa } from '../ca.js';
import { demoResidents } from '../residents.js';

/** What a victim is told, as JSON in its first argument. */
export interface VictimOrders {
  readonly url: string;
  readonly keys: string;
  readonly work: 'issue' | 'publish' | 'revoke';
  /** For `revoke`. */
  readonly serial?: string;
  readonly dieAt: string;
}

const orders = JSON.parse(process.argv[2] ?? '{}') as VictimOrders;
const database = await openDatabase({ databaseUrl: orders.url, connections: 4 });
const keystore = await openKeystore({ dir: orders.keys, demo: true, env: {} });
const ca = await openCa({
  sql: database.sql,
  keystore,
  clock: () => new Date(),
  onStep: async (step) => {
    if (step !== orders.dieAt) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
});
const [resident] = demoResidents;
if (orders.work === 'issue' && resident !== undefined) {
  const { publicKey } = await generateKeyPair('p256');
  await ca.issue({ profile: 'signature', publicKey, resident });
}
if (orders.work === 'publish') await ca.publishAll();
if (orders.work === 'revoke') {
  await ca.revoke({ certificate: { serial: orders.serial ?? '' }, reason: 'cessationOfOperation' });
}
await database.close();
