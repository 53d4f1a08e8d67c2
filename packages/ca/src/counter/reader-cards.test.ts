/** The applicant's card in a reader of the counter, over a port that a test fills: whose card it is, and what happens when it is not there any more. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openCardImage, type Transmit } from '@madoguchi/card';
import { CaError } from '../error.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { type CounterBrowser, openCounterRoom } from '../testing/counter-room.js';
import { type CounterCards, imageCards, orderCard } from './cards.js';
import type { CounterReaders } from './reader-port.js';

/** One reader; `lies` is the card image in it. */
class Desk implements CounterReaders {
  lies: string | undefined;
  /** Runs before each command of the card in the reader. */
  onCommand: (command: Uint8Array) => void = () => undefined;
  readonly commands: string[] = [];
  held = 0;
  readonly #imageKey: Uint8Array;

  constructor(imageKey: Uint8Array) {
    this.#imageKey = imageKey;
  }

  async list() {
    return [{ name: 'Desk 0', holds: this.lies === undefined ? ('nothing' as const) : ('card' as const) }];
  }

  async withCard<T>(_: string, work: (transmit: Transmit) => Promise<T>): Promise<T> {
    if (this.lies === undefined) throw gone();
    const card = await openCardImage(this.lies, { imageKey: this.#imageKey });
    this.held += 1;
    try {
      card.powerOn();
      return await work(async (command) => {
        this.commands.push(Buffer.from(command.subarray(0, 2)).toString('hex'));
        this.onCommand(command);
        return card.transmit(command);
      });
    } finally {
      this.held -= 1;
      card.reset();
      await card.close();
    }
  }
}

const gone = () => new CaError('reader.card-removed', { ja: '抜', jaEasy: '抜', en: 'pulled out' }, 69);

let authority: TestAuthority;
let desk: Desk;
let cards: CounterCards;
let clerk: CounterBrowser;
let folder: string;
let residentId: (name: string) => Promise<string>;

before(async () => {
  authority = await startAuthority('p384');
  const { keystore } = authority;
  folder = path.join(authority.dir, 'cards');
  const imageKey = keystore.derive('card-image');
  desk = new Desk(imageKey);
  cards = imageCards({ dir: folder, imageKey, keystore, readers: desk });
  const room = await openCounterRoom(authority, { cards });
  residentId = room.residentId;
  clerk = await room.byLink('clerk-1', 'clerk');
});
after(() => authority.close());

const taro = '総務　太郎';
const pins = {
  signature: 'DEMO1234',
  signature2: 'DEMO1234',
  authentication: '1357',
  authentication2: '1357',
};
const order = async (number: string) =>
  path.join(folder, await orderCard(authority.ca, cards, { municipality: '99201', number }));
const page = async () => `/counter/residents/${await residentId(taro)}`;
const valid = async () =>
  (await authority.ca.list({ resident: await residentId(taro) })).filter(({ status }) => status === 'valid');

async function begin(kind: string): Promise<string> {
  const from = await page();
  const begun = await clerk.post(`${from}/act`, { kind, who: 'self', evidence: 'licence' }, from);
  assert.equal(begun.status, 303, await begun.clone().text());
  return begun.headers.get('location') ?? '';
}

test('keys and certificates go into the card in the reader; a second one is not ordered beside it', async () => {
  desk.lies = await order('00001001');
  assert.match(
    await clerk.text(await page()),
    /Desk 0: <[^>]*>この方のカードが入っています|この方のカードが入っています/,
  );
  const to = await begin('issue');
  assert.equal((await clerk.post(to, pins, to)).status, 303);
  assert.equal((await valid()).length, 2);
  assert.equal(desk.held, 0);
  assert.ok(desk.commands.filter((one) => one === '0047').length >= 2, 'the keys were made in it');
  await assert.rejects(
    order('00001001'),
    (error) => error instanceof CaError && error.rule === 'order.valid',
  );
  await assert.rejects(order('9'), (error) => error instanceof CaError && error.rule === 'order.resident');
});

test('a card exchanged or taken out between the clerk’s check and the PINs: nothing is done, with words', async () => {
  const [mine, before] = [desk.lies, await valid()];
  const strange = await order('00001002');
  for (const now of [undefined, strange]) {
    desk.lies = mine;
    const to = await begin('renew');
    desk.lies = now;
    desk.commands.length = 0;
    const answer = await clerk.post(to, pins, to);
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /この方のカードがリーダーにありません/);
    assert.ok(!desk.commands.includes('002c'), 'no PIN went to a card');
    assert.equal(desk.held, 0);
  }
  assert.deepEqual(await valid(), before);
  desk.lies = mine;
});

test('a card with somebody else’s certificate is asked nothing but that', async () => {
  const mine = desk.lies;
  // The stranger's card has a certificate of its own, issued at the command line.
  const other = path.join(folder, path.basename(await order('00001003')));
  const card = await cards.open(path.basename(other));
  const { transmit, cardKey } = card;
  const resident = {
    name: '例示　花子',
    address: '見本県見本市中央一丁目１番１号',
    birthDate: '1980-01-01',
    sex: 'female' as const,
    municipality: '99201',
  };
  await authority.ca.issueToCard({ transmit, cardKey, resident });
  await card.close();
  desk.lies = other;
  desk.commands.length = 0;
  assert.match(await clerk.text(await page()), /この方のカードではないか/);
  assert.ok(!desk.commands.includes('0082'), 'no key was tried on it');
  desk.lies = mine;
});

test('a card pulled out in the middle of the work: told, what had been made is revoked, and the same again goes through', async () => {
  const mine = desk.lies;
  const to = await begin('renew');
  desk.onCommand = (command) => {
    if (command[1] === 0xd6) throw gone();
  };
  const answer = await clerk.post(to, pins, to);
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /抜/);
  assert.equal((await valid()).length, 0);
  assert.equal(desk.held, 0);
  desk.onCommand = () => undefined;
  desk.lies = mine;
  const again = await begin('issue');
  assert.equal((await clerk.post(again, pins, again)).status, 303);
  assert.equal((await valid()).length, 2);
});
