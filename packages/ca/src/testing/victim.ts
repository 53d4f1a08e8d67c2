// A process that is killed: does one thing with an authority whose database its parent runs, and dies at the step it is told.
import { generateKeyPair } from '@madoguchi/pki';
import { openDatabase, openKeystore } from '@madoguchi/store';
import { openCa } from '../ca.js';
import { actById } from '../counter/acts.js';
import { imageCards } from '../counter/cards.js';
import { doCardWork } from '../counter/work.js';
import { demoResidents } from '../residents.js';
import { signPin } from './card.js';

/** What a victim is told, as JSON in its first argument. */
export interface VictimOrders {
  readonly url: string;
  readonly keys: string;
  readonly work: 'issue' | 'publish' | 'revoke' | 'act' | 'rollOver';
  /** For `revoke`. */
  readonly serial?: string;
  /** For `act`: one that a clerk has prepared, and the folder of the cards. */
  readonly act?: { readonly id: string; readonly cards: string };
  readonly dieAt: string;
  /** How far its clock is ahead of the machine's, in milliseconds. */
  readonly aheadMs?: number;
}

const orders = JSON.parse(process.argv[2] ?? '{}') as VictimOrders;
const database = await openDatabase({ databaseUrl: orders.url, connections: 4 });
const keystore = await openKeystore({ dir: orders.keys, demo: true, env: {} });
const ca = await openCa({
  sql: database.sql,
  keystore,
  clock: () => new Date(Date.now() + (orders.aheadMs ?? 0)),
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
if (orders.work === 'rollOver') await ca.rollOver({ kind: 'auth' });
if (orders.work === 'revoke') {
  await ca.revoke({ certificate: { serial: orders.serial ?? '' }, reason: 'cessationOfOperation' });
}
if (orders.work === 'act') {
  const act = await actById(ca.context, orders.act?.id ?? '');
  const imageKey = keystore.derive('card-image');
  const cards = imageCards({ dir: orders.act?.cards ?? '', imageKey, keystore });
  if (act === undefined) throw new Error('no such act');
  await doCardWork(ca, cards, act, { signature: signPin, authentication: '1357' });
}
await database.close();
