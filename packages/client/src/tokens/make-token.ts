import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { CardError, checkNewPin } from '@madoguchi/card';
import { type Certificate, type Identity, parseCertificate, readIdentity } from '@madoguchi/pki/certificates';
import { validatePath } from '@madoguchi/pki/validation';
import type { TokenKeys } from '../channel.js';
import { keyName } from '../key-name.js';
import { askForTokens, cardRequest, type VouchingCard } from './card-request.js';
import { TokenError } from './token-error.js';
import { createToken, reopenToken, type TokenPins, type TokenPlace } from './token-file.js';
import type { TokenCertificates, TokenMedium, TokenService } from './token-service.js';

/** What is being done, in the order of the steps. */
export type TokenStep = 'making' | 'asking' | 'writing' | 'confirming';

export interface MakeTokenInput extends TokenPlace {
  readonly card: VouchingCard;
  readonly medium: TokenMedium;
  /** The token's own: they need not be the card's. */
  readonly pins: TokenPins;
  /** A token of this kind that is there ends when this one is confirmed. */
  readonly replace: boolean;
  /** The image to be made. */
  readonly file: string;
  readonly service: TokenService;
  /** Whom the certificates may come from. */
  readonly anchors: readonly Uint8Array[];
  readonly clock: () => Date;
  /** Told before each step. */
  readonly onStep?: (step: TokenStep) => void | Promise<void>;
}

export interface MadeToken {
  readonly file: string;
  readonly certificate: Certificate;
  /** By which it is found again at an agency without a second PIN. */
  readonly keys: TokenKeys;
}

/** Which rule a token's new PIN breaks; undefined: none. */
export function tokenPinFault(pins: TokenPins): 'sign' | 'auth' | undefined {
  if (!checkNewPin('signature', pins.sign.toUpperCase()).ok) return 'sign';
  return checkNewPin('authentication', pins.auth).ok ? undefined : 'auth';
}

/**
 * A smartphone token from a card: keys made in the token's image, certificates asked for under the card's signature key, written, read back,
 * confirmed by the token's own key; only then the image gets its name. Cut off before, there is no token and whatever was there before is as
 * good as it was; what the authority had made lapses by itself.
 *
 * @throws TokenError, ClientError (the card), CardError (the image)
 */
export async function makeToken(input: MakeTokenInput): Promise<MadeToken> {
  const { card, service, file, medium, clock } = input;
  const told = input.onStep ?? (() => undefined);
  if (tokenPinFault(input.pins) !== undefined) throw new TokenError('token.pins');
  if (existsSync(file)) throw new TokenError('token.file');
  const before = await askForTokens(card, service, { action: 'list' }, clock());
  const unfinished = `${file}.new`;
  if (!input.replace && !existsSync(unfinished) && before.tokens.some((one) => one.medium === medium))
    throw new TokenError('token.exists');
  const person = personIn(before.certificate);
  // What an attempt left whose confirmation was lost is confirmed; anything else that was left is of no use.
  const left = await finishLeft(input, unfinished);
  if (left !== undefined) return left;
  await rm(unfinished, { force: true });
  await told('making');
  const { pins, imageKey } = input;
  const keyFolder = input.keyFolder === undefined ? {} : { keyFolder: input.keyFolder };
  const end = before.certificate.notAfter;
  const token = await createToken(unfinished, { medium, pins, person, end, imageKey, ...keyFolder });
  let isWritten = false;
  try {
    const { keys, sign, auth } = await token.requests();
    await told('asking');
    const wish = {
      ...({ action: 'issue', medium, replace: input.replace } as const),
      ...{ sign: base64(sign), auth: base64(auth) },
    };
    const again = { ...card, lastTry: true };
    const { cms } = await cardRequest(again, await service.nonce(), wish, clock());
    const given = await service.issue(cms);
    const certificate = check(given, { keys, person, end, anchors: input.anchors, now: clock() });
    await told('writing');
    await token.write(given);
    isWritten = true;
    await told('confirming');
    await service.confirm(await token.confirmation(given.sign, clock()));
    await token.close();
    await rename(unfinished, file);
    return { file, certificate, keys: { sign: keyName(keys.sign), auth: keyName(keys.auth) } };
  } catch (error) {
    await token.close().catch(() => undefined);
    const mayBeConfirmed = isWritten && error instanceof TokenError && error.rule === 'token.unreachable';
    if (!mayBeConfirmed) await rm(unfinished, { force: true });
    throw error instanceof CardError ? new TokenError('token.file', error.code) : error;
  }
}

/** Confirms a token that an earlier attempt wrote; undefined where there is none, or the authority has given it up. */
async function finishLeft(input: MakeTokenInput, unfinished: string): Promise<MadeToken | undefined> {
  if (!existsSync(unfinished)) return undefined;
  const left = await reopenToken(unfinished, input);
  if (left === undefined) return undefined;
  const parsed = parseCertificate(left.certificate);
  const auth = parseCertificate(left.authCertificate);
  try {
    if (!parsed.ok || !auth.ok) return undefined;
    await input.onStep?.('confirming');
    await input.service.confirm(await left.confirmation(left.certificate, input.clock()));
  } catch (error) {
    if (error instanceof TokenError && error.rule !== 'token.unreachable') return undefined;
    throw error;
  } finally {
    await left.close();
  }
  await rename(unfinished, input.file);
  const keys = { sign: keyName(parsed.value.spki), auth: keyName(auth.value.spki) };
  return { file: input.file, certificate: parsed.value, keys };
}

function personIn(certificate: Certificate): Identity {
  const read = readIdentity(certificate);
  if (read === undefined || !read.ok) throw new TokenError('token.card', 'identity');
  return read.value;
}

/** Are these the certificates that were asked for: our keys, the same person, not longer than the card's, under an authority we know? */
function check(
  given: TokenCertificates,
  wanted: {
    readonly keys: { readonly sign: Uint8Array; readonly auth: Uint8Array };
    readonly person: Identity;
    readonly end: Date;
    readonly anchors: readonly Uint8Array[];
    readonly now: Date;
  },
): Certificate {
  const one = (key: 'sign' | 'auth'): Certificate => {
    const bad = (what: string) => new TokenError('token.answer', `${key} ${what}`);
    const parsed = parseCertificate(given[key]);
    if (!parsed.ok) throw bad(parsed.rule);
    const { value } = parsed;
    if (!Buffer.from(value.spki).equals(wanted.keys[key])) throw bad('key');
    if (value.notAfter > wanted.end) throw bad('end');
    const { valid } = validatePath({
      leaf: given[key],
      intermediates: [given[`${key}Issuer`]],
      anchors: [...wanted.anchors],
      time: new Date(Math.max(wanted.now.getTime(), value.notBefore.getTime())),
      checkRevocation: false,
      keyUsage: [key === 'sign' ? 'nonRepudiation' : 'digitalSignature'],
    });
    if (!valid) throw bad('path');
    return value;
  };
  one('auth');
  const sign = one('sign');
  if (JSON.stringify(personIn(sign)) !== JSON.stringify(wanted.person))
    throw new TokenError('token.answer', 'person');
  return sign;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
