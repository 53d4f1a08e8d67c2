/**
 * The second PC/SC program, in a process of its own: it never stops trying to use the card without a password.
 *
 * Two ways in turn, each over a shared connection and left without a reset, so that nothing is tidied up for the card's
 * owner: as it finds the card (no SELECT, which would lock it), and after SELECT of the JPKI application. Standard input names
 * the phase, a line each; the counts go to standard output as JSON, a line each.
 */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { aids, apdu, efs } from '@madoguchi/card';
import pcsc, { type Card, type Reader } from 'pcsc-mini';

const [readerName = ''] = process.argv.slice(2);

/** Counts of one phase: by status word, or by PC/SC's reason where it did not get in. */
interface Counts {
  refused: Record<string, number>;
  /** What the visit before left behind. */
  inherited: Record<string, number>;
  read: Record<string, number>;
  signed: Record<string, number>;
}

const phases: Record<string, Counts> = {};
let current = enter('start');

function enter(name: string): Counts {
  const counts = phases[name] ?? { refused: {}, inherited: {}, read: {}, signed: {} };
  phases[name] = counts;
  return counts;
}

function count(where: Record<string, number>, what: string): void {
  where[what] = (where[what] ?? 0) + 1;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

const { signatureCertificate, signatureKey } = efs.jpki;
const read = apdu.readBinaryShort(signatureCertificate.id, 0, 4);
const sign = apdu.computeSignature(Buffer.alloc(51, 1), signatureKey);

async function ask(card: Card, command: Uint8Array): Promise<string> {
  const answer = Buffer.from(await card.transmit(command));
  return answer.subarray(-2).toString('hex').toUpperCase();
}

async function attempt(reader: Reader, select: boolean): Promise<void> {
  // The phase in which it began: what is answered later in it would be the owner's fault all the same.
  const phase = current;
  let card: Card;
  try {
    card = await reader.connect(pcsc.CardMode.SHARED);
  } catch (error) {
    count(phase.refused, codeOf(error));
    return;
  }
  try {
    if (!select) {
      count(phase.inherited, await ask(card, read));
      count(phase.inherited, await ask(card, sign));
      return;
    }
    await ask(card, apdu.selectApplication(aids.jpki));
    count(phase.read, await ask(card, read));
    count(phase.signed, await ask(card, sign));
  } catch (error) {
    count(phase.refused, codeOf(error));
  } finally {
    await card.disconnect(pcsc.CardDisposition.LEAVE).catch(() => undefined);
  }
}

/** Held until the process ends: the garbage collector would stop it, and wait for news of a reader. */
const client = new pcsc.Client();

async function findReader(): Promise<Reader> {
  client.on('error', () => process.exit(1));
  client.start();
  for (;;) {
    const reader = client.reader(readerName);
    if (reader !== undefined) return reader;
    await pause(20);
  }
}

createInterface({ input: process.stdin })
  .on('line', (name) => {
    current = enter(name);
  })
  .on('close', () => process.exit(0));

const reader = await findReader();
for (let turn = 0; ; turn += 1) {
  await attempt(reader, turn % 2 === 1);
  if (turn % 10 === 9) process.stdout.write(`${JSON.stringify(phases)}\n`);
  // A little air: an owner who never finds the card free would be told that it is busy, and rightly.
  await pause(2);
}
