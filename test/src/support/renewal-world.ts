/** An authority over HTTP whose clock the test moves, a resident with a card from its counter, and an agent that knows both. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  type Ca,
  caListener,
  demoRegister,
  imageCards,
  importRegister,
  initCa,
  keepCard,
  openCa,
} from '@madoguchi/ca';
import { openOwnerSession } from '@madoguchi/card';
import { type CardChannel, CardSession, imageChannel, startAgent } from '@madoguchi/client';
import { parseCertificate } from '@madoguchi/pki';
import { openDatabase, openKeystore } from '@madoguchi/store';
import { temporaryFolder } from './running-city.js';

export const renewalPins = { sign: 'TARO2026', auth: '4826' } as const;

export interface RenewalWorld {
  readonly ca: Ca;
  readonly url: string;
  readonly dir: string;
  readonly card: string;
  readonly channel: CardChannel;
  readonly imageKey: Uint8Array;
  readonly resident: string;
  readonly anchors: Uint8Array[];
  /** Of authority and agent. */
  now: Date;
  /** What is logged. */
  readonly log: string[];
  agent(): ReturnType<typeof startAgent>;
  /** The certificate that the card has in use. */
  inUse(key: 'sign' | 'auth'): Promise<Uint8Array>;
  /** The authority's word on the certificates of this person's card: newest first. */
  statuses(profile: 'signature' | 'authentication'): Promise<string[]>;
  /** The authority's word on one certificate. */
  statusOf(certificate: Uint8Array): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function renewalWorld(renewalDays?: number): Promise<RenewalWorld> {
  const { dir, remove } = await temporaryFolder('renewal');
  const db = await openDatabase({ dataDir: dir });
  const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
  const log: string[] = [];
  const time = { now: new Date() };
  const clock = () => time.now;
  await initCa({ sql: db.sql, keystore, scheme: 'national', now: clock() });
  const ca = await openCa({
    ...{ sql: db.sql, keystore, clock },
    ...(renewalDays === undefined ? {} : { renewalDays }),
  });
  await importRegister(ca.context, await readFile(demoRegister), 'operator');
  const server = createServer(
    caListener(ca, {
      access: { open: true },
      log: (line) => log.push(JSON.stringify(line)),
      onFault: (_, error) => log.push(String(error)),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const record = (await ca.residents('99201')).find(({ name }) => name === '総務　太郎');
  assert.ok(record);
  const expiry = new Date(clock().getTime() + 9.5 * 365.25 * 24 * 3600_000);
  const imageKey = keystore.derive('card-image');
  const cards = imageCards({ dir: path.join(dir, 'cards'), imageKey, keystore });
  const { id, ...person } = record;
  const name = await cards.make({ ...record, number: undefined, kana: '', state: 'present' }, expiry);
  const inReader = await cards.open(name);
  try {
    const owner = await openOwnerSession(inReader.transmit, inReader.cardKey);
    await owner.setPin('signature', renewalPins.sign);
    await owner.setPin('authentication', renewalPins.auth);
    await ca.issueToCard({
      ...{ transmit: inReader.transmit, cardKey: inReader.cardKey, resident: person, residentId: id },
      ...{ cardExpiry: expiry, signPin: renewalPins.sign },
    });
  } finally {
    await inReader.close();
  }
  await keepCard(ca.context, record, { name, expiry });
  const card = path.join(dir, 'cards', name);
  const channel = imageChannel(card, imageKey);
  const known = await ca.anchors();
  const anchors = [...known.signature, ...known.authentication];
  const session = new CardSession(channel);
  return {
    ...{ ca, url, dir, card, channel, imageKey, resident: id, anchors, log },
    get now() {
      return time.now;
    },
    set now(at) {
      time.now = at;
    },
    agent: () =>
      startAgent({
        port: 0,
        channels: async () => [channel],
        anchors: { agency: known.agency, citizen: anchors },
        demo: true,
        phrase: '青いつばめ',
        authorities: { responder: `${url}/ocsp`, renewal: url },
        clock,
      }),
    inUse: (key) => session.readCertificate(key, renewalPins[key]),
    statuses: async (profile) =>
      (await ca.list({ resident: id, profile })).map(
        ({ status, state, revocation }) => `${state} ${revocation?.reason ?? status}`,
      ),
    async statusOf(certificate) {
      const parsed = parseCertificate(certificate);
      assert.ok(parsed.ok);
      return (await ca.show({ serial: Buffer.from(parsed.value.serial).toString('hex') }))?.status;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await db.close();
      await remove();
    },
  };
}

export function endOf(certificate: Uint8Array): Date {
  const parsed = parseCertificate(certificate);
  assert.ok(parsed.ok);
  return parsed.value.notAfter;
}
