import type { CardContent } from '../card-content.js';
import type { CardSettings } from '../card-settings.js';
import type { Medium } from '../media.js';
import { demoMyNumber } from '../my-number.js';
import { type NewCard, newCardContent } from '../new-card.js';
import { VirtualCard } from '../virtual-card.js';

export const pins = { signature: 'ABC123', authentication: '1234', text: '4321' };
export const cardKey = new Uint8Array(32).fill(7);
export const imageKey = new Uint8Array(32).fill(9);
export const myNumber = demoMyNumber('総務太郎');
/** 1980-02-03 is 昭和55年; expiry 2035, security code 1111. */
export const numberB = '55020320351111';

export const demoCard: NewCard = {
  imageKey,
  cardKey,
  text: {
    name: '総務　太郎',
    address: '見本県見本市中央１丁目１番１号',
    birthDate: '1980-02-03',
    sex: 'male',
    myNumber,
  },
  expiry: '2035-02-03',
  authPin: pins.authentication,
  signPin: pins.signature,
  textPin: pins.text,
  municipality: '99201',
  securityCode: '1111',
};

const made = new Map<Medium, Promise<CardContent>>();

/** The demo card's memory, once a process: its keys take their time. */
export function demoContent(medium: Medium = 'my-number-card'): Promise<CardContent> {
  const content = made.get(medium) ?? newCardContent({ ...demoCard, medium });
  made.set(medium, content);
  return content;
}

const base = await demoContent();

/** A card in memory; `saved` holds each content that became durable, in order. */
export function cardInMemory(
  settings?: Partial<CardSettings>,
  from: CardContent = base,
): { card: VirtualCard; saved: CardContent[] } {
  const saved: CardContent[] = [];
  const content = { ...from, settings: { ...from.settings, ...settings } };
  const card = new VirtualCard(content, async (next) => {
    saved.push(next);
  });
  return { card, saved };
}

/** Sends hex with free spaces, gives the answer as upper-case hex. */
export async function send(card: VirtualCard, hex: string): Promise<string> {
  const answer = await card.execute(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  return Buffer.from(answer).toString('hex').toUpperCase();
}

export function ascii(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}

/** A small seeded generator (mulberry32): the same mutations in each run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
