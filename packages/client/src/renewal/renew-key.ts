import { type Certificate, parseCertificate } from '@madoguchi/pki/certificates';
import { CardSession } from '../card-session.js';
import { cardAlgorithm } from '../card-signature.js';
import type { CertificateName, KeyKind } from '../card-visit.js';
import type { CardChannel } from '../channel.js';
import { ClientError } from '../client-error.js';
import { checkNewCertificate } from './new-certificate.js';
import { RenewalError } from './renewal-error.js';
import type { RenewalService } from './renewal-service.js';
import { type SpareVisit, visitSpare } from './spare-visit.js';

/** What is being done, in the order of the steps. */
export type RenewalStep = 'making' | 'asking' | 'writing' | 'confirming' | 'activating' | 'telling';

export interface RenewKeyInput {
  readonly channel: CardChannel;
  readonly key: KeyKind;
  /** The key's PIN, read anew for each VERIFY. */
  readonly pin: () => Uint8Array | string;
  /** Only this card: what `CardSession.mark` or the certificate before told. */
  readonly certificate?: Uint8Array;
  readonly lastTry?: boolean;
  readonly service: RenewalService;
  /** Whom the new certificate may come from. */
  readonly anchors: readonly Uint8Array[];
  readonly clock: () => Date;
  /** Told before each step. */
  readonly onStep?: (step: RenewalStep) => void | Promise<void>;
}

export interface RenewedKey {
  readonly before: Certificate;
  readonly after: Certificate;
}

/** What waits in the card for its confirmation. */
interface Written {
  readonly confirmation: Uint8Array;
  readonly certificate: Uint8Array;
}

/**
 * Renews one certificate with the card: new key made in its spare place, asked for under the old key, written, read back, confirmed, put into
 * use, read back again, told. Broken off anywhere, the card holds what it held, and the next call goes on from there: with what was written, or
 * with a new key.
 *
 * @throws RenewalError, ClientError
 */
export async function renewKey(input: RenewKeyInput): Promise<RenewedKey> {
  const told = input.onStep ?? (() => undefined);
  const first = await look(input);
  const { before, algorithm } = first;
  const visit = <T>(work: (visit: SpareVisit) => Promise<T>) =>
    visitSpare({ ...input, algorithm, now: input.clock() }, async (open) => {
      await open.unlock();
      // Between two visits somebody may have put in another card.
      if (!same(await open.visit.readCertificate(input.key), before.der))
        throw new ClientError('card-exchanged');
      return work(open);
    });

  let written = await visit((open) => leftBehind(open, input, first));
  let activation: Uint8Array | undefined;
  if (written !== undefined) {
    await told('confirming');
    activation = await input.service.confirm(written.confirmation).catch((error: unknown) => {
      if (error instanceof RenewalError && ['renewal.again', 'renewal.unknown'].includes(error.rule))
        return undefined;
      throw error;
    });
  }
  if (written === undefined || activation === undefined) {
    await told('making');
    const { nonce } = await input.service.nonce();
    const request = await visit((open) => makeRequest(open, nonce, before.der));
    await told('asking');
    const fresh = await input.service.request(request.cms);
    checkNewCertificate(fresh.certificate, {
      ...{ key: input.key, publicKey: request.publicKey, old: before, issuer: fresh.issuer },
      ...{ anchors: input.anchors, now: input.clock() },
    });
    await told('writing');
    written = await visit((open) => write(open, fresh, first.issuer));
    await told('confirming');
    activation = await input.service.confirm(written.confirmation);
  }
  const { certificate } = written;
  const mac = activation;
  await told('activating');
  const { after, word } = await visit(async ({ spare, visit: card, cms }) => {
    await spare.activate(mac);
    const read = await card.readCertificate(input.key);
    if (!same(read, certificate)) throw new ClientError('card-unexpected', { subject: 'read back' });
    return { after: read, word: await cms('inUse', read, Buffer.from('madoguchi-renewal-done-1', 'latin1')) };
  });
  await told('telling');
  // The card is done. Where nobody hears it, the old certificate ends with the overlap.
  await input.service.done(word).catch(() => undefined);
  return { before, after: read(after) };
}

/** The certificate in use and its authority's. The first VERIFY: a wrong PIN is told here. */
async function look({ channel, key, pin, lastTry = false, certificate }: RenewKeyInput) {
  const found = await new CardSession(channel).visit(async (visit) => {
    const issuer = await visit.readCertificate(`${key}-ca` satisfies CertificateName);
    await visit.verify(key, pin(), { lastTry });
    return { issuer, own: await visit.readCertificate(key) };
  });
  if (certificate !== undefined && !same(found.own, certificate)) throw new ClientError('card-exchanged');
  return { before: read(found.own), issuer: found.issuer, algorithm: cardAlgorithm(found.own) };
}

/** What an earlier attempt wrote and did not see confirmed. It is checked again: others may have written there since. */
async function leftBehind(
  open: SpareVisit,
  input: RenewKeyInput,
  first: { readonly before: Certificate; readonly issuer: Uint8Array },
): Promise<Written | undefined> {
  const found = await open.spare.look();
  if (found?.certificate === undefined) return undefined;
  const { certificate, issuer } = found;
  const parsed = parseCertificate(certificate);
  // Something else lies there: a new key takes its place.
  if (!parsed.ok) return undefined;
  checkNewCertificate(certificate, {
    ...{ key: input.key, publicKey: parsed.value.spki, old: first.before, issuer: issuer ?? first.issuer },
    ...{ anchors: input.anchors, now: input.clock() },
  });
  return { certificate, confirmation: await confirm(open, certificate, issuer !== undefined) };
}

async function makeRequest(open: SpareVisit, nonce: Uint8Array, old: Uint8Array) {
  const { spki: publicKey } = await open.spare.generate();
  const proof = await open.spare.prove(nonce);
  const request = await open.certificationRequest(publicKey);
  return { publicKey, cms: await open.cms('inUse', old, Buffer.concat([nonce, proof, request])) };
}

async function write(
  open: SpareVisit,
  fresh: { readonly certificate: Uint8Array; readonly issuer: Uint8Array },
  inCard: Uint8Array,
): Promise<Written> {
  // After a change of the authority's key the card gets that certificate too.
  const issuer = same(fresh.issuer, inCard) ? undefined : fresh.issuer;
  await open.spare.write(fresh.certificate, issuer);
  const { certificate } = fresh;
  return { certificate, confirmation: await confirm(open, certificate, issuer !== undefined) };
}

/** The new key itself says that its certificate was read back. */
function confirm(open: SpareVisit, certificate: Uint8Array, withIssuer: boolean): Promise<Uint8Array> {
  const content = Buffer.concat([
    Buffer.from('madoguchi-renewal-confirm-1', 'latin1'),
    Uint8Array.of(withIssuer ? 1 : 0),
  ]);
  return open.cms('spare', certificate, content);
}

function read(der: Uint8Array): Certificate {
  const parsed = parseCertificate(der);
  if (!parsed.ok) throw new ClientError('card-unexpected', { subject: parsed.rule });
  return parsed.value;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
