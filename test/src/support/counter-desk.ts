/** A counter over HTTP whose clerks log in by card, and a clerk's computer: the signing agent with a reader of its own, in which a card lies. */
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { typeset } from '@madoguchi/agency';
import {
  type Ca,
  caListener,
  demoRegister,
  imageCards,
  importRegister,
  initCa,
  openCa,
  orderCard,
} from '@madoguchi/ca';
import { type Agent, type CardChannel, imageChannel, startAgent } from '@madoguchi/client';
import { generateKeyPair, softwareSigner } from '@madoguchi/pki';
import { openDatabase, openKeystore, type Sql } from '@madoguchi/store';
import { temporaryFolder } from './running-city.js';

export interface CounterDesk {
  readonly ca: Ca;
  readonly sql: Sql;
  readonly base: string;
  readonly agent: Agent;
  readonly log: string[];
  /** Has a card made for the resident of this number, as its maker would send it. */
  order(number: string): Promise<CardChannel>;
  /** The same; the card's file. */
  orderFile(number: string): Promise<string>;
  readonly imageKey: Uint8Array;
  /** What lies in the readers of the clerk's computer. */
  inReaders: CardChannel[];
  /** How far the clocks of authority and agent stand ahead, in milliseconds. */
  aheadMs: number;
  /** The card act whose request gets lost on its way from the agent; empty: none. */
  lost: string;
  /** A clerk's computer that is no counter's. */
  stranger(): Promise<Agent>;
  close(): Promise<void>;
}

export async function counterDesk(): Promise<CounterDesk> {
  const { dir, remove } = await temporaryFolder('counter-desk');
  const db = await openDatabase({ dataDir: dir });
  const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
  const desk = { inReaders: [] as CardChannel[], aheadMs: 0, lost: '' };
  const clock = () => new Date(Date.now() + desk.aheadMs);
  await initCa({ sql: db.sql, keystore, scheme: 'national', now: clock() });
  const ca = await openCa({ sql: db.sql, keystore, clock });
  await importRegister(ca.context, await readFile(demoRegister), 'operator');
  const log: string[] = [];
  let handler: RequestListener = (_, response) => response.destroy();
  const server = createServer((request, response) => handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const anchors = await ca.anchors();
  const agentWith = (counters: readonly string[]) =>
    startAgent({
      port: 0,
      channels: async () => desk.inReaders,
      anchors: { agency: anchors.agency, citizen: [...anchors.signature, ...anchors.authentication] },
      demo: true,
      phrase: '青いつばめ',
      counters,
      clock,
      fetch: (url, init) =>
        desk.lost !== '' && String(url).endsWith(`/${desk.lost}`)
          ? Promise.reject(new TypeError('network lost'))
          : fetch(url, init),
    });
  const agent = await agentWith([base]);
  const pair = await generateKeyPair('p256');
  const office = await ca.issue({
    ...{ publicKey: pair.publicKey, profile: 'agency', agencyCode: '99201', agencyName: '見本市' },
    hosts: ['127.0.0.1'],
  });
  const imageKey = keystore.derive('card-image');
  const cards = imageCards({ dir: path.join(dir, 'cards'), imageKey, keystore });
  const listener = caListener(ca, {
    access: { open: true },
    counter: {
      cards,
      typeset,
      login: {
        origin: base,
        agentOrigin: `http://127.0.0.1:${agent.port}`,
        code: '99201',
        signer: softwareSigner(pair.pkcs8),
        chain: [office.certificate],
        demo: true,
      },
    },
    log: (line) => log.push(JSON.stringify(line)),
    onFault: (_, error) => log.push(String(error)),
  });
  handler = listener as RequestListener;
  const orderFile = async (number: string) =>
    path.join(dir, 'cards', await orderCard(ca, cards, { municipality: '99201', number }));
  const others: Agent[] = [];
  return Object.assign(desk, {
    ...{ ca, sql: db.sql, base, agent, log, imageKey, orderFile },
    order: async (number: string) => imageChannel(await orderFile(number), imageKey),
    async stranger() {
      const one = await agentWith([]);
      others.push(one);
      return one;
    },
    async close() {
      for (const one of [agent, ...others]) await one.close();
      server.close();
      server.closeAllConnections();
      await db.close();
      await remove();
    },
  });
}
