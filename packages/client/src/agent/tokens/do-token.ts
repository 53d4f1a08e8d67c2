import { askForTokens, type VouchingCard } from '../../tokens/card-request.js';
import { makeToken } from '../../tokens/make-token.js';
import type { TokenPins } from '../../tokens/token-file.js';
import type { KnownToken, TokenMedium, TokenService } from '../../tokens/token-service.js';
import { PinGone } from '../held-pin.js';
import type { Chosen, TokenJob } from './token-job.js';
import { freeTokenFile, rememberKeys, retireTokens, type TokenFolder } from './token-place.js';
import { phonesStopped, phonesTrouble } from './token-troubles.js';

export interface TokenMeans {
  readonly service: TokenService;
  readonly place: TokenFolder;
  readonly anchors: readonly Uint8Array[];
  readonly clock: () => Date;
}

function cardOf(job: TokenJob, lastTry: boolean): VouchingCard {
  return { channel: job.channel, lastTry, pin: () => job.pin() };
}

function stopped(job: TokenJob, error: unknown, tokens: readonly KnownToken[], chosen?: Chosen): void {
  if (error instanceof PinGone) job.moveTo({ at: 'ask', notice: phonesTrouble('phones-forgotten') });
  else
    job.moveTo({
      ...{ at: 'choose', tokens, notice: phonesStopped(error) },
      ...(chosen === undefined ? {} : { chosen }),
    });
}

/** After the password: which tokens there are. Leaves the job at `choose`, or at `ask` with a notice. */
export async function readTokens(
  job: TokenJob,
  { service, clock }: TokenMeans,
  lastTry: boolean,
): Promise<void> {
  try {
    const { tokens } = await askForTokens(cardOf(job, lastTry), service, { action: 'list' }, clock());
    job.moveTo({ at: 'choose', tokens });
  } catch (error) {
    job.forget();
    job.moveTo({ at: 'ask', notice: phonesStopped(error) });
  }
}

/** A new token; what was of its kind before is retired with it. */
export async function doToken(
  job: TokenJob,
  means: TokenMeans,
  wish: {
    readonly medium: TokenMedium;
    readonly replace: boolean;
    readonly pins: TokenPins;
    readonly tokens: readonly KnownToken[];
  },
): Promise<void> {
  const { place, service, anchors, clock } = means;
  const { medium, replace, pins } = wish;
  try {
    const made = await makeToken({
      ...{ medium, replace, pins, service, anchors, clock },
      ...{ card: cardOf(job, true), file: await freeTokenFile(place, medium), imageKey: place.imageKey },
      ...(place.keyFolder === undefined ? {} : { keyFolder: place.keyFolder }),
      onStep: (step) => job.moveTo({ at: 'working', step }),
    });
    await rememberKeys(made.file, made.keys);
    await retireTokens(place, medium, made.file);
    job.forget();
    job.moveTo({ at: 'done', medium, made });
  } catch (error) {
    stopped(job, error, wish.tokens, { medium, replace });
  }
}

/** A lost or discarded phone: its certificates are revoked at once, by the card. */
export async function endToken(
  job: TokenJob,
  { place, service, clock }: TokenMeans,
  what: {
    readonly token: KnownToken;
    readonly why: 'lost' | 'disposed';
    readonly tokens: readonly KnownToken[];
  },
): Promise<void> {
  const { token, why } = what;
  try {
    const wish = { action: 'end', token: token.token, why } as const;
    const { tokens } = await askForTokens(cardOf(job, true), service, wish, clock());
    await retireTokens(place, token.medium);
    job.moveTo({ at: 'choose', tokens, ended: token.medium });
  } catch (error) {
    stopped(job, error, what.tokens);
  }
}
