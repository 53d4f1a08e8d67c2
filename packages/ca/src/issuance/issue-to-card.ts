import { randomUUID } from 'node:crypto';
import {
  aids,
  apdu,
  CardError,
  type DataFile,
  efs,
  type KeyName,
  type OwnerSession,
  openOwnerSession,
  readWholeFile,
  type Transmit,
  transmitOk,
} from '@madoguchi/card';
import {
  authenticationTemplate,
  demoOids,
  type Identity,
  signatureTemplate,
} from '@madoguchi/pki/certificates';
import { authenticationCommonName, signatureCommonName } from '../common-name.js';
import { type Authority, type CaContext, issuingAuthority } from '../context.js';
import { CaError, defect } from '../error.js';
import { incapacityOf, signatureAge } from '../identity/incapacity.js';
import { identityOf, type Resident } from '../identity/resident.js';
import { findMunicipality } from '../places.js';
import { type LeapBirthday, type ValidityCaps, validUntil } from '../validity.js';
import { partitionOf } from './issue.js';
import { type Made, makeCertificate } from './make.js';
import { markDelivered } from './record.js';
import { abandon } from './recover.js';
import { refuseSecondIssue } from './second-issue.js';
import { supersede } from './supersede.js';

/** An issue at the counter: the resident is present, the card lies in the counter's reader. */
export interface CardIssue {
  readonly transmit: Transmit;
  /** The card's own key, `cardKeyFor(keystore, cardId)`: opens the owner's session. */
  readonly cardKey: Uint8Array;
  readonly resident: Resident;
  /** Where the resident is in the authority's register: then a second valid certificate is refused (二重発行の禁止). */
  readonly residentId?: string;
  /** A new card for an old one (再発行): what the registered resident has is revoked first, as superseded. */
  readonly replace?: boolean;
  /**
   * 署名用パスワード, typed by the resident: the signature certificate cannot be read back without it. Absent: the card's own answer to
   * each write is what is known of that one file.
   */
  readonly signPin?: string;
  /** End of the card's own life: no certificate outlives it. */
  readonly cardExpiry?: Date;
  readonly leapBirthday?: LeapBirthday;
}

/**
 * Serial numbers in hexadecimal, for the caller's eyes only. `signSerial` is absent for a child under 15 or an adult ward, `authSerial` in the scheme of
 * 2008, which has no authentication certificate.
 */
export interface CardIssueResult {
  readonly signSerial?: string;
  readonly authSerial?: string;
}

/**
 * Makes both certificates for keys that the card generates, writes them to the card with the authorities' certificates, reads everything
 * back and compares. After an error the card is to be issued again; what had been made is revoked, at once or, after a crash, by `recover`.
 */
export async function issueToCard(ctx: CaContext, input: CardIssue): Promise<CardIssueResult> {
  const identity = identityOf(input.resident);
  if (input.residentId !== undefined) {
    if (input.replace) await supersede(ctx, input.resident.municipality, input.residentId);
    // Asked before the card is touched: making a new key destroys the old one. Asked again under a lock before signing.
    await refuseSecondIssue(ctx.sql, {
      municipality: input.resident.municipality,
      resident: input.residentId,
      issue: '',
      now: ctx.clock(),
    });
  }
  const session = await openOwnerSession(input.transmit, input.cardKey);
  const issue = randomUUID();
  try {
    const made = await makeBoth(ctx, { input, identity, session, issue });
    await writeCard(session, input, made);
    await ctx.onStep('written');
    const { auth, sign } = made;
    await markDelivered(
      ctx,
      [auth, sign].filter((one) => one !== undefined).map((one) => one.made),
    );
    return {
      ...(auth === undefined ? {} : { authSerial: hex(auth.made) }),
      ...(sign === undefined ? {} : { signSerial: hex(sign.made) }),
    };
  } catch (error) {
    await abandon(ctx, issue).catch(() => undefined);
    throw error;
  }
}

const hex = (made: Made) => Buffer.from(made.serial).toString('hex').toUpperCase();

interface Work {
  readonly input: CardIssue;
  readonly identity: Identity;
  readonly session: OwnerSession;
  readonly issue: string;
}

interface OneMade {
  readonly made: Made;
  readonly ca: Authority;
}

interface BothMade {
  readonly auth: OneMade | undefined;
  readonly sign: OneMade | undefined;
  readonly signCa: Authority;
}

async function makeBoth(ctx: CaContext, work: Work): Promise<BothMade> {
  const auth = ctx.scheme.kinds.includes('auth') ? await makeAuthentication(ctx, work) : undefined;
  const incapacity = incapacityOf(work.input.resident, ctx.clock());
  const sign = incapacity !== undefined ? undefined : await makeSignature(ctx, work, auth?.made.notAfter);
  if (auth === undefined && sign === undefined) throw nothingForChildren();
  return { auth, sign, signCa: await issuingAuthority(ctx, 'sign', work.input.resident.municipality) };
}

/** What both certificates of one card share. */
async function basis(ctx: CaContext, { input, issue }: Work, kind: 'sign' | 'auth') {
  const { resident } = input;
  const place = findMunicipality(resident.municipality);
  if (place === undefined) throw defect('place', 'the municipality was checked before');
  const ca = await issuingAuthority(ctx, kind, place.code);
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const until = (more: ValidityCaps) => {
    const caps: ValidityCaps = {
      ...more,
      issuer: ca.certificate.notAfter,
      ...(input.cardExpiry === undefined ? {} : { card: input.cardExpiry }),
      ...(resident.stayUntil === undefined ? {} : { stay: resident.stayUntil }),
    };
    return validUntil(notBefore, resident.birthDate, caps, input.leapBirthday, ctx.scheme.validity);
  };
  return {
    ca,
    place,
    notBefore,
    until,
    record: { authority: ca, municipality: place.code, issue, resident: input.residentId },
    common: {
      issuer: ca.certificate,
      prefectureRomaji: place.prefectureRomaji,
      municipalityRomaji: place.romaji,
      notBefore,
      ...partitionOf(ctx, ca, place.prefectureRomaji),
    },
  };
}

async function makeAuthentication(ctx: CaContext, work: Work): Promise<OneMade> {
  const { ca, place, until, record, common } = await basis(ctx, work, 'auth');
  const publicKey = await cardKey(work.session, 'authentication');
  const made = await makeCertificate(ctx, {
    ...record,
    profile: 'authentication',
    publicKey,
    template: (serial, number) =>
      authenticationTemplate({
        ...common,
        serial,
        publicKey,
        commonName: authenticationCommonName(place.code, number),
        notAfter: until({}),
        policyOid: demoOids.authentication,
        ocspUrl: `${ctx.publicUrl}/ocsp`,
      }),
  });
  return { made, ca };
}

async function makeSignature(ctx: CaContext, work: Work, authEnd: Date | undefined): Promise<OneMade> {
  const { ca, until, record, common, notBefore } = await basis(ctx, work, 'sign');
  const publicKey = await cardKey(work.session, 'signature');
  const made = await makeCertificate(ctx, {
    ...record,
    profile: 'signature',
    publicKey,
    template: (serial, number) =>
      signatureTemplate({
        ...common,
        serial,
        publicKey,
        identity: work.identity,
        commonName: signatureCommonName(notBefore, number),
        notAfter: until(authEnd === undefined ? {} : { authentication: authEnd }),
        policyOid: ctx.scheme.signaturePolicy,
      }),
  });
  return { made, ca };
}

function nothingForChildren(): CaError {
  return new CaError(
    'issue.child',
    {
      ja: `${signatureAge}歳未満の方と成年被後見人には署名用電子証明書を発行できません。`,
      jaEasy: `${signatureAge}さいより {下|した}の {人|ひと}などは {証明書|しょうめいしょ}を つくれません。`,
      en: `No signature certificate is issued to children under ${signatureAge} or to adult wards.`,
    },
    77,
  );
}

/** The public key of a new pair that the card made. */
async function cardKey(session: OwnerSession, name: KeyName): Promise<Uint8Array> {
  const { spki } = await session.generateKeyPair(name);
  return spki;
}

async function writeCard(
  session: OwnerSession,
  input: CardIssue,
  { auth, sign, signCa }: BothMade,
): Promise<void> {
  const write = (file: DataFile, bytes: Uint8Array, pin?: string) =>
    writeAndCompare(session, input.transmit, file, bytes, pin);
  if (auth !== undefined) {
    await write(efs.jpki.authenticationCertificate, auth.made.certificate);
    await write(efs.jpki.authenticationCaCertificate, auth.ca.certificate.der);
  }
  // A child's card too holds the signature authority's certificate: it is the card's, not the person's.
  await write(efs.jpki.signatureCaCertificate, signCa.certificate.der);
  if (sign !== undefined) {
    await write(efs.jpki.signatureCertificate, sign.made.certificate, input.signPin);
  }
}

/** Android's token asks for a PIN before the authentication certificate too: then the card's own answer to each write is what is known. */
function closed(error: unknown): undefined {
  if (error instanceof CardError && error.status?.kind === 'securityStatus') return undefined;
  throw error;
}

async function writeAndCompare(
  session: OwnerSession,
  transmit: Transmit,
  file: DataFile,
  bytes: Uint8Array,
  pin: string | undefined,
): Promise<void> {
  await session.writeFile(file, bytes);
  if (file.readWith.length > 0 && pin === undefined) return;
  const select = apdu.selectApplication(aids[file.application]);
  await transmitOk(transmit, select, 'selecting the application');
  try {
    if (file.readWith.length > 0 && pin !== undefined) {
      await transmitOk(transmit, apdu.selectFile(efs.jpki.signaturePin.id), 'selecting the PIN');
      await transmitOk(transmit, apdu.verify(pin), 'checking the PIN');
    }
    await transmitOk(transmit, apdu.selectFile(file.id), 'selecting a file');
    const read = await readWholeFile(transmit).catch(closed);
    if (read === undefined) return;
    if (!Buffer.from(read).equals(bytes))
      throw defect('card.readBack', 'the card does not hold what was written');
  } finally {
    // Selecting the application again locks the card.
    await transmit(select);
  }
}
