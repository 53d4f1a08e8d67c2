import { TimeStampError } from '@madoguchi/pki';
import { CardSession } from '../../card-session.js';
import { cardAlgorithm } from '../../card-signature.js';
import type { CardChannel } from '../../channel.js';
import { ClientError } from '../../client-error.js';
import { DocumentError, type DocumentSigner } from '../../documents/format.js';
import { asClientError, signingKinds } from '../card-work.js';
import { HeldPin } from '../held-pin.js';
import { checkOwnCertificate, isKnownIssuer } from '../own-certificate.js';
import { cardTrouble, type Trouble, trouble } from '../trouble.js';
import { type Authorities, levelSources } from './authorities.js';
import { type FilesJob, formFor } from './files-job.js';
import { filesTrouble } from './files-troubles.js';

interface SignFilesOptions {
  channel: CardChannel;
  /** Taken over: zeroed at the end. */
  pin: Buffer;
  lastTry: boolean;
  citizenAnchors: readonly Uint8Array[];
  authorities: Authorities;
  fetch: typeof globalThis.fetch;
  clock: () => Date;
  pinLifeMs?: number | undefined;
}

/**
 * Signs what is left of a job, one short visit to the card for each signature. What was signed stays with the job when the card is lost in
 * the middle: the next password goes on from there. Never throws; leaves the job at `done`, or at `ask` with a notice.
 */
export async function signFiles(job: FilesJob, options: SignFilesOptions): Promise<void> {
  const { wishes } = job;
  const pin = new HeldPin(options.pin, {
    lifeMs: options.pinLifeMs,
    clock: () => options.clock().getTime(),
  });
  const back = (notice: Trouble) => job.moveTo({ at: 'ask', notice });
  try {
    if (wishes === undefined) return back(filesTrouble('files-format'));
    const signer = await cardSigner(pin, options);
    if ('trouble' in signer) return back(signer.trouble);
    const sources = levelSources(wishes.level, options, options.citizenAnchors);
    for (const wish of wishes.list.slice(job.signed.length)) {
      job.moveTo({ at: 'working', name: wish.output });
      const bytes = await wishes.format.sign({
        files: wish.files,
        ...formFor(wishes.level),
        ...sources,
        signer,
        signingTime: options.clock(),
      });
      job.signed.push({ name: wish.output, bytes });
    }
    return job.moveTo({ at: 'done' });
  } catch (error) {
    if (error instanceof TimeStampError) return back(filesTrouble('files-authority', { rule: error.rule }));
    if (error instanceof DocumentError && error.rule.endsWith('.unreachable'))
      return back(filesTrouble('files-authority', { rule: error.rule }));
    if (error instanceof DocumentError) return back(filesTrouble('files-unfinished', { rule: error.rule }));
    return back(error instanceof ClientError ? cardTrouble(error) : filesTrouble('files-defect'));
  } finally {
    pin.forget();
  }
}

class PinForgotten extends ClientError {
  constructor() {
    super('pin-format', { pin: 'sign' });
  }
}

async function cardSigner(
  pin: HeldPin,
  { channel, lastTry, citizenAnchors, clock }: SignFilesOptions,
): Promise<DocumentSigner | { trouble: Trouble }> {
  const session = new CardSession(channel);
  const held = () => {
    if (pin.bytes === undefined) throw new PinForgotten();
    return pin.bytes;
  };
  try {
    const read = await session.visit(async (visit) => {
      if (!signingKinds.includes(await visit.kind())) throw new ClientError('not-my-number-card');
      const issuer = await visit.readCertificate('sign-ca');
      if (!isKnownIssuer(issuer, citizenAnchors, clock())) throw new ClientError('not-my-number-card');
      await visit.verify('sign', held(), { lastTry });
      return { issuer, certificate: await visit.readCertificate('sign') };
    });
    const own = checkOwnCertificate(read.certificate, citizenAnchors, [read.issuer], clock());
    if (!own.ok) return { trouble: own.trouble };
    const algorithm = cardAlgorithm(read.certificate);
    return {
      certificate: read.certificate,
      issuers: [read.issuer],
      algorithm,
      // The password was right a moment ago on this card: even a last try is well spent.
      sign: (data) => session.sign('sign', held(), data, { algorithm, lastTry: true }),
    };
  } catch (error) {
    const { code } = asClientError(error);
    if (error instanceof PinForgotten) return { trouble: trouble('pin-forgotten') };
    return { trouble: cardTrouble(error instanceof ClientError ? error : new ClientError(code)) };
  }
}
