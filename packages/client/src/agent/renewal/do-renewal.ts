import { spareSession } from '@madoguchi/card';
import { parseCertificate } from '@madoguchi/pki';
import { CardVisit, type KeyKind } from '../../card-visit.js';
import { ClientError } from '../../client-error.js';
import { type RenewedKey, renewKey } from '../../renewal/renew-key.js';
import type { RenewalService } from '../../renewal/renewal-service.js';
import { PinGone } from '../held-pin.js';
import type { OwnKey, PinField, RenewalJob } from './renewal-job.js';
import { renewalStopped, renewalTrouble } from './renewal-troubles.js';

export interface RenewalMeans {
  readonly service: RenewalService;
  readonly anchors: readonly Uint8Array[];
  readonly clock: () => Date;
}

const dayMs = 24 * 3600_000;

/**
 * After the PINs were typed: reads the certificates they open, so that the next page can say what will be done. Leaves the job at `confirm`,
 * or at `ask` with a notice.
 */
export async function readForRenewal(
  job: RenewalJob,
  { service }: Pick<RenewalMeans, 'service'>,
  lastTry: boolean,
): Promise<void> {
  try {
    const { opensDaysBefore } = await service.nonce();
    const keys: OwnKey[] = [];
    for (const key of job.typed) keys.push(await readKey(job, key, lastTry, opensDaysBefore));
    job.keys = keys;
    job.moveTo({ at: 'confirm' });
  } catch (error) {
    job.forget();
    job.moveTo({ at: 'ask', notice: renewalStopped(error), ...fieldOf(error) });
  }
}

function readKey(job: RenewalJob, key: KeyKind, lastTry: boolean, days: number): Promise<OwnKey> {
  return job.channel.withCard(async (transmit, extras) => {
    const visit = new CardVisit(transmit, extras);
    await visit.selectJpki();
    await visit.verify(key, job.pin(key), { lastTry });
    const parsed = parseCertificate(await visit.readCertificate(key));
    if (!parsed.ok) throw new ClientError('card-unexpected', { subject: parsed.rule });
    const spare = spareSession(transmit, key === 'sign' ? 'signature' : 'authentication');
    const opens = new Date(parsed.value.notAfter.getTime() - days * dayMs);
    const unfinished = (await spare.look())?.certificate !== undefined;
    return { key, certificate: parsed.value, opens, unfinished };
  });
}

/** Renewable now: its time has come, or it was begun. */
export function isDue({ opens, unfinished }: OwnKey, now: Date): boolean {
  return unfinished || opens <= now;
}

/** The yes was given: one certificate after the other. What was done is told even where the second one stops. */
export async function doRenewal(job: RenewalJob, means: RenewalMeans): Promise<void> {
  const done: (RenewedKey & { key: KeyKind })[] = [];
  try {
    for (const own of job.keys.filter((one) => isDue(one, means.clock()))) {
      const { key, certificate } = own;
      const renewed = await renewKey({
        ...means,
        key,
        channel: job.channel,
        certificate: certificate.der,
        lastTry: true,
        pin: () => job.pin(key),
        onStep: (step) => job.moveTo({ at: 'working', key, step }),
      });
      done.push({ ...renewed, key });
    }
    job.moveTo({ at: 'done', done, when: means.clock() });
  } catch (error) {
    const notice = error instanceof PinGone ? renewalTrouble('renewal-forgotten') : renewalStopped(error);
    job.moveTo(done.length === 0 ? { at: 'ask', notice } : { at: 'done', done, when: means.clock(), notice });
  } finally {
    job.forget();
  }
}

/** The password that an error is about. */
function fieldOf(error: unknown): { field: PinField } | undefined {
  const pin = error instanceof ClientError ? error.detail.pin : undefined;
  return pin === 'sign' || pin === 'auth' ? { field: `pin-${pin}` } : undefined;
}
