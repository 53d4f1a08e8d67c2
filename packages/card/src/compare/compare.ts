import { randomBytes } from 'node:crypto';
import { efs, fileKey } from '../files.js';
import { type Medium, media } from '../media.js';
import { demoMyNumber } from '../my-number.js';
import { newCardContent } from '../new-card.js';
import { splitResponse } from '../status-words.js';
import { type Transmit, VirtualCard } from '../virtual-card.js';
import { type Finding, findings } from './findings.js';
import { harmlessOnly } from './guard.js';
import { type Mark, probes } from './probes.js';
import { type Shape, shapeOf } from './shape.js';

/** One question, with what the card at hand and ours answered. */
export interface ComparedRow {
  readonly id: string;
  readonly application: string;
  readonly ja: string;
  readonly en: string;
  readonly mark: Mark;
  readonly card: Shape;
  readonly virtual: Shape;
  readonly same: boolean;
}

/** A report that holds shapes only: it can be given to anybody. */
export interface Comparison {
  /** The kind of card by its label; `unknown` when the label is none of ours. */
  readonly medium: Medium | 'unknown';
  readonly rows: readonly ComparedRow[];
  /** What the card confirms or refutes of the things that are not sure. */
  readonly findings: readonly Finding[];
}

const reset = Buffer.from('00A4040C0AD392F000260100000001', 'hex');

async function survey(transmit: Transmit): Promise<Map<string, Shape>> {
  const ask = harmlessOnly(transmit);
  const found = new Map<string, Shape>();
  for (const { id, commands, template } of probes) {
    let answer: Uint8Array = new Uint8Array(0);
    for (const command of commands) {
      answer = await ask(command);
      // A step that fails is the answer: what comes after would speak of another file.
      const status = splitResponse(answer)?.status;
      if (command !== commands.at(-1) && status?.kind !== 'ok') break;
    }
    found.set(id, shapeOf(answer, template === true));
  }
  await ask(reset);
  return found;
}

async function mediumOf(transmit: Transmit): Promise<Medium | 'unknown'> {
  const ask = harmlessOnly(transmit);
  await ask(reset);
  await ask(Buffer.from('00A4020C020006', 'hex'));
  const answer = splitResponse(await ask(Buffer.from('00B0000020', 'hex')));
  const label = Buffer.from(answer?.data ?? [])
    .toString('latin1')
    .replace(/[\0\s]+$/, '');
  const names = Object.keys(media) as Medium[];
  return names.find((name) => media[name].label === label) ?? 'unknown';
}

/** A virtual card of the same medium, filled as an issued one is. Its person is invented. */
async function virtualCard(medium: Medium): Promise<VirtualCard> {
  const content = await newCardContent({
    imageKey: randomBytes(32),
    cardKey: randomBytes(32),
    medium,
    text: {
      name: '総務　太郎',
      address: '見本県見本市中央１丁目１番１号',
      birthDate: '1980-02-03',
      sex: 'male',
      myNumber: demoMyNumber('compare'),
    },
    expiry: '2035-02-03',
    authPin: '1234',
    signPin: 'ABC123',
    textPin: '1234',
    municipality: '99201',
    blankFace: true,
  });
  const { jpki } = efs;
  const certificate = (size: number) => {
    const bytes = Buffer.alloc(size, 0xff);
    bytes.set([0x30, 0x82, 0x05, 0x00]);
    return bytes;
  };
  const certificates = [
    jpki.signatureCertificate,
    jpki.signatureCaCertificate,
    jpki.authenticationCertificate,
    jpki.authenticationCaCertificate,
  ].map((file) => [fileKey(file), certificate(file.size)]);
  const files = { ...content.files, ...Object.fromEntries(certificates) };
  return new VirtualCard({ ...content, files }, async () => undefined);
}

/** One virtual card of each medium a process: nothing a comparison sends changes it. */
const virtualCards = new Map<Medium, Promise<VirtualCard>>();

/**
 * Asks a card and a virtual one of the same kind the same harmless questions: no PIN is sent, no try spent, nothing written, and of the
 * answers only status words, classes of lengths and known tags are kept. Rejects only when the card cannot be reached.
 */
export async function compareCard(transmit: Transmit): Promise<Comparison> {
  const medium = await mediumOf(transmit);
  const card = await survey(transmit);
  const kind = medium === 'unknown' ? 'my-number-card' : medium;
  const made = virtualCards.get(kind) ?? virtualCard(kind);
  virtualCards.set(kind, made);
  const ours = await made;
  const virtual = await survey((command) => ours.execute(command));
  const nothing: Shape = { sw: 'none', data: '0' };
  const rows = probes.map(({ id, application, ja, en, mark }) => {
    const pair = { card: card.get(id) ?? nothing, virtual: virtual.get(id) ?? nothing };
    return { id, application, ja, en, mark, ...pair, same: sameShape(pair.card, pair.virtual) };
  });
  return { medium, rows, findings: findings(card) };
}

/** The number of tries left is the state of a card, not its kind: 63C2 and 63C3 are the same answer. */
function sameShape(a: Shape, b: Shape): boolean {
  const kind = (sw: string) => (sw.startsWith('63C') ? '63Cx' : sw);
  return kind(a.sw) === kind(b.sw) && a.data === b.data && a.tags === b.tags;
}
