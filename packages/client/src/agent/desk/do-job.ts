import { CardError, type KeyName, type OwnerPin, setPinByWord, spareSession } from '@madoguchi/card';
import { cardAlgorithm } from '../../card-signature.js';
import { CardVisit, type KeyKind } from '../../card-visit.js';
import type { CardChannel } from '../../channel.js';
import { ClientError } from '../../client-error.js';
import { checkNewCertificate } from '../../renewal/new-certificate.js';
import { RenewalError } from '../../renewal/renewal-error.js';
import { type SpareVisit, visitSpare } from '../../renewal/spare-visit.js';
import type { DeskJob } from './desk-job.js';
import { JobError, type JobService } from './job-service.js';
import { jobStopped } from './job-troubles.js';

export interface DeskMeans {
  readonly channels: () => Promise<CardChannel[]>;
  readonly service: JobService;
  /** Whom certificates may come from. */
  readonly anchors: readonly Uint8Array[];
  readonly clock: () => Date;
}

/** What the applicant typed, in buffers that are zeroed here when the work is over. */
export type TypedPins = Partial<Record<'signature' | 'authentication', Buffer>>;

/** A card in a reader of this desk. */
interface SeenCard {
  readonly channel: CardChannel;
  /** Its authentication certificate; undefined where none is written yet. */
  readonly certificate: Uint8Array | undefined;
}

const keyKind: Readonly<Record<KeyName, KeyKind>> = { signature: 'sign', authentication: 'auth' };

/**
 * All card work of a job: the applicant's card found, the passwords set, keys made in the card, certificates written, read back and put into use. What
 * was begun is ended towards the authority in any case. Leaves the job at `done`, at `ask` (nothing begun) or at `over`. Never throws.
 */
export async function doJob(job: DeskJob, pins: TypedPins, means: DeskMeans): Promise<void> {
  const { service } = means;
  const { act } = job.accepted.claims;
  let begun = false;
  try {
    job.moveTo({ at: 'working', step: 'looking' });
    const cards = await look(means.channels);
    if (cards.length === 0) throw new ClientError('no-card');
    const { nonce, order } = await service.take(cards.map(({ certificate }) => certificate));
    begun = true;
    job.moveTo({ at: 'working', step: 'pins' });
    const channel = await setPins(cards, order, { pins, service });
    if (act.kind !== 'pin')
      for (const key of ['authentication', 'signature'] as const) {
        const pin = pins[key];
        if (pin === undefined) continue;
        job.moveTo({ at: 'working', step: key });
        await makeKey(channel, { key, pin, nonce }, means);
      }
    job.moveTo({ at: 'working', step: 'ending' });
    await service.end({ ok: true });
    job.moveTo({ at: 'done' });
  } catch (error) {
    if (begun) await service.end({ ok: false, rule: ruleOf(error) }).catch(() => undefined);
    const trouble = jobStopped(inJobWords(error), begun);
    job.moveTo(begun ? { at: 'over', trouble } : { at: 'ask', notice: trouble });
  } finally {
    for (const pin of Object.values(pins)) pin.fill(0);
  }
}

/** The cards in the readers, and by which certificate each is known; what is no card of ours is left alone. */
async function look(channels: () => Promise<CardChannel[]>): Promise<SeenCard[]> {
  const seen: SeenCard[] = [];
  for (const channel of await channels()) {
    const certificate = await channel
      .withCard(async (transmit, extras) => {
        const visit = new CardVisit(transmit, extras);
        await visit.selectJpki();
        if (!['my-number-card', 'next-card'].includes(await visit.kind())) return 'other';
        return await visit.readCertificate('auth').catch((error: unknown) => {
          if (error instanceof ClientError && error.code === 'no-certificate') return undefined;
          throw error;
        });
      })
      .catch(() => 'other' as const);
    if (certificate !== 'other') seen.push({ channel, certificate });
  }
  return seen;
}

/** So many words for one card, then it is another: a person has few cards, and an authority that always has one more does not hold the reader for ever. */
const mostWords = 50;

/** Sets the passwords in the first card that takes the authority's word; the others are not touched. */
async function setPins(
  cards: readonly SeenCard[],
  order: readonly number[],
  { pins, service }: { readonly pins: TypedPins; readonly service: JobService },
): Promise<CardChannel> {
  const wanted: [OwnerPin, Buffer][] = [];
  if (pins.signature !== undefined) wanted.push(['signature', pins.signature]);
  if (pins.authentication !== undefined)
    wanted.push(['authentication', pins.authentication], ['text', pins.authentication]);
  for (const index of order) {
    const channel = cards[index]?.channel;
    if (channel === undefined) continue;
    for (let candidate = 0; candidate < mostWords; candidate += 1) {
      const taken = await channel.withCard(async (transmit) => {
        for (const [pin, value] of wanted) {
          const ask = (challenge: Uint8Array) => service.word(pin, challenge, candidate);
          try {
            await setPinByWord(transmit, pin, value, ask);
          } catch (error) {
            if (error instanceof CardError && error.status?.kind === 'wrongValue') return 'anotherCard';
            if (error instanceof JobError && error.rule === 'job.card') return 'noMore';
            throw error;
          }
        }
        return 'set';
      });
      if (taken === 'set') return channel;
      if (taken === 'noMore') break;
    }
  }
  throw new JobError('job.card');
}

/** One key made in the card's spare place, certified, written, read back, put into use. */
async function makeKey(
  channel: CardChannel,
  made: { readonly key: KeyName; readonly pin: Uint8Array; readonly nonce: Uint8Array },
  { service, anchors, clock }: DeskMeans,
): Promise<void> {
  const key = keyKind[made.key];
  const pin = () => made.pin;
  const { spki: publicKey, algorithm: kind } = await channel.withCard(async (transmit, extras) => {
    const visit = new CardVisit(transmit, extras);
    await visit.selectJpki();
    await visit.verify(key, made.pin, { lastTry: true });
    return spareSession(transmit, made.key).generate();
  });
  const algorithm = kind === 'p384' ? 'ecdsa-sha384' : 'rsa-sha256';
  const visit = <T>(work: (open: SpareVisit) => Promise<T>) =>
    visitSpare({ channel, key, pin, algorithm, now: clock() }, async (open) => {
      await open.unlock();
      return work(open);
    });
  const request = await visit(async (open) => {
    const proof = await open.spare.prove(made.nonce);
    return { proof, request: await open.certificationRequest(publicKey) };
  });
  const fresh = await service.certificate(made.key, request);
  checkNewCertificate(fresh.certificate, { key, publicKey, issuer: fresh.issuer, anchors, now: clock() });
  const confirmation = await visit(async (open) => {
    const issuer = (await holds(open, key, fresh.issuer)) ? undefined : fresh.issuer;
    await open.spare.write(fresh.certificate, issuer);
    return open.cms('spare', fresh.certificate, confirmed(issuer !== undefined));
  });
  const activation = await service.confirm(confirmation);
  const word = await visit(async ({ spare, visit: card, cms }) => {
    await spare.activate(activation);
    const read = await card.readCertificate(key);
    if (Buffer.compare(read, fresh.certificate) !== 0 || cardAlgorithm(read) !== algorithm)
      throw new ClientError('card-unexpected', { subject: 'read back' });
    return cms('inUse', read, Buffer.from('madoguchi-renewal-done-1', 'latin1'));
  });
  await service.changed(word);
}

const confirmed = (withIssuer: boolean) =>
  Buffer.concat([Buffer.from('madoguchi-renewal-confirm-1', 'latin1'), Uint8Array.of(withIssuer ? 1 : 0)]);

/** Does the card hold this authority's certificate already? */
async function holds(open: SpareVisit, key: KeyKind, issuer: Uint8Array): Promise<boolean> {
  try {
    return Buffer.compare(await open.visit.readCertificate(`${key}-ca`), issuer) === 0;
  } catch (error) {
    if (error instanceof ClientError && error.code === 'no-certificate') return false;
    throw error;
  }
}

function inJobWords(error: unknown): unknown {
  if (error instanceof RenewalError) return new JobError('job.answer', error.rule);
  if (error instanceof CardError) return new ClientError('card-unexpected', { subject: error.code });
  return error;
}

/** For the record of the act: which step of whose failed, never a value. */
function ruleOf(error: unknown): string {
  if (error instanceof JobError || error instanceof RenewalError) return error.rule;
  if (error instanceof ClientError) return `card.${error.code}`;
  return error instanceof CardError ? `card.${error.code}` : 'job.stopped';
}
