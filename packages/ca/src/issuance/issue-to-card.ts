import { randomUUID } from 'node:crypto';
import {
  aids,
  apdu,
  type DataFile,
  efs,
  type KeyName,
  type OwnerSession,
  openOwnerSession,
  readWholeFile,
  type Transmit,
  transmitOk,
} from '@madoguchi/card';
import { authenticationTemplate, demoOids, type Identity, signatureTemplate } from '@madoguchi/pki';
import { authenticationCommonName, signatureCommonName } from '../common-name.js';
import { type Authority, type CaContext, issuingAuthority } from '../context.js';
import { defect } from '../error.js';
import { identityOf, type Resident } from '../identity/resident.js';
import { findMunicipality } from '../places.js';
import { ageOn, type LeapBirthday, type ValidityCaps, validUntil } from '../validity.js';
import { type Made, makeCertificate } from './make.js';
import { nextCommonName } from './names.js';
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

/** Serial numbers in hexadecimal, for the caller's eyes only. `signSerial` is absent for a child under 15. */
export interface CardIssueResult {
  readonly signSerial?: string;
  readonly authSerial: string;
}

/** No signature certificate for children under this age. */
const signatureAge = 15;

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
    await markDelivered(ctx, sign === undefined ? [auth] : [auth, sign]);
    return { authSerial: hex(auth), ...(sign === undefined ? {} : { signSerial: hex(sign) }) };
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

interface BothMade {
  readonly auth: Made;
  readonly authCa: Authority;
  /** Absent for a child. */
  readonly sign: Made | undefined;
  readonly signCa: Authority;
}

async function makeBoth(ctx: CaContext, work: Work): Promise<BothMade> {
  const { input, identity, session, issue } = work;
  const { resident } = input;
  const place = findMunicipality(resident.municipality);
  if (place === undefined) throw defect('place', 'the municipality was checked before');
  const signCa = await issuingAuthority(ctx.sql, 'sign');
  const authCa = await issuingAuthority(ctx.sql, 'auth');
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const record = { municipality: place.code, issue, resident: input.residentId };
  const common = { prefectureRomaji: place.prefectureRomaji, municipalityRomaji: place.romaji, notBefore };
  const until = (issuer: Authority, more: ValidityCaps) => {
    const caps: ValidityCaps = {
      ...more,
      issuer: issuer.certificate.notAfter,
      ...(input.cardExpiry === undefined ? {} : { card: input.cardExpiry }),
      ...(resident.stayUntil === undefined ? {} : { stay: resident.stayUntil }),
    };
    return validUntil(notBefore, resident.birthDate, caps, input.leapBirthday);
  };

  const authKey = await cardKey(session, 'authentication');
  const authName = authenticationCommonName(place.code, await nextCommonName(ctx));
  const auth = await makeCertificate(ctx, {
    ...record,
    authority: authCa,
    profile: 'authentication',
    template: (serial) =>
      authenticationTemplate({
        ...common,
        serial,
        publicKey: authKey,
        issuer: authCa.certificate,
        commonName: authName,
        notAfter: until(authCa, {}),
        policyOid: demoOids.authentication,
        ocspUrl: `${ctx.publicUrl}/ocsp`,
      }),
  });

  const age = ageOn(notBefore, resident.birthDate);
  if (age !== undefined && age < signatureAge) return { auth, authCa, sign: undefined, signCa };
  const signKey = await cardKey(session, 'signature');
  if (Buffer.from(signKey).equals(authKey)) throw defect('card.sameKey', 'the card made one key twice');
  const signName = signatureCommonName(notBefore, await nextCommonName(ctx));
  const sign = await makeCertificate(ctx, {
    ...record,
    authority: signCa,
    profile: 'signature',
    template: (serial) =>
      signatureTemplate({
        ...common,
        serial,
        publicKey: signKey,
        issuer: signCa.certificate,
        identity,
        commonName: signName,
        notAfter: until(signCa, { authentication: auth.notAfter }),
        policyOid: demoOids.signature,
      }),
  });
  return { auth, authCa, sign, signCa };
}

/** The public key of a new pair that the card made. */
async function cardKey(session: OwnerSession, name: KeyName): Promise<Uint8Array> {
  const { spki } = await session.generateKeyPair(name);
  return spki;
}

async function writeCard(session: OwnerSession, input: CardIssue, made: BothMade): Promise<void> {
  const write = (file: DataFile, bytes: Uint8Array, pin?: string) =>
    writeAndCompare(session, input.transmit, file, bytes, pin);
  await write(efs.jpki.authenticationCertificate, made.auth.certificate);
  await write(efs.jpki.authenticationCaCertificate, made.authCa.certificate.der);
  await write(efs.jpki.signatureCaCertificate, made.signCa.certificate.der);
  if (made.sign !== undefined) {
    await write(efs.jpki.signatureCertificate, made.sign.certificate, input.signPin);
  }
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
    const read = await readWholeFile(transmit);
    if (!Buffer.from(read).equals(bytes))
      throw defect('card.readBack', 'the card does not hold what was written');
  } finally {
    // Selecting the application again locks the card.
    await transmit(select);
  }
}
