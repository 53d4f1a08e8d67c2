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
import { authenticationTemplate, demoOids, signatureTemplate, spkiFromRsa } from '@madoguchi/pki';
import { authenticationCommonName, signatureCommonName } from '../common-name.js';
import { type Authority, type CaContext, issuingAuthority } from '../context.js';
import { defect } from '../error.js';
import { identityOf, type Resident } from '../identity/resident.js';
import { findMunicipality } from '../places.js';
import { ageOn, type LeapBirthday, validUntil } from '../validity.js';
import { type Made, makeCertificate } from './make.js';
import { nextCommonName } from './names.js';
import { markDelivered } from './record.js';
import { refuseSecondIssue } from './second-issue.js';

/** An issue at the counter: the resident is present, the card lies in the counter's reader. */
export interface CardIssue {
  readonly transmit: Transmit;
  /** The card's own key, `cardKeyFor(keystore, cardId)`: opens the owner's session. */
  readonly cardKey: Uint8Array;
  readonly resident: Resident;
  /** Where the resident is in the authority's register: then a second valid certificate is refused (二重発行の禁止). */
  readonly residentId?: string;
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
 * back and compares. After an error the card is to be issued again; what had been made is revoked by `recover`.
 */
export async function issueToCard(ctx: CaContext, input: CardIssue): Promise<CardIssueResult> {
  const identity = identityOf(input.resident);
  const place = findMunicipality(input.resident.municipality);
  if (place === undefined) throw defect('place', 'the municipality was checked before');
  if (input.residentId !== undefined) {
    await refuseSecondIssue(ctx, input.resident.municipality, input.residentId);
  }
  const signCa = await issuingAuthority(ctx.sql, 'sign');
  const authCa = await issuingAuthority(ctx.sql, 'auth');
  const session = await openOwnerSession(input.transmit, input.cardKey);
  const issue = randomUUID();
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const common = {
    municipality: place.code,
    issue,
    resident: input.residentId,
  };
  const names = { prefectureRomaji: place.prefectureRomaji, municipalityRomaji: place.romaji };
  const caps = {
    ...(input.cardExpiry === undefined ? {} : { card: input.cardExpiry }),
    ...(input.resident.stayUntil === undefined ? {} : { stay: input.resident.stayUntil }),
  };
  const until = (issuer: Authority, authentication?: Date) =>
    validUntil(
      notBefore,
      input.resident.birthDate,
      {
        ...caps,
        issuer: issuer.certificate.notAfter,
        ...(authentication === undefined ? {} : { authentication }),
      },
      input.leapBirthday,
    );

  const authKey = await cardKey(session, 'authentication');
  const authNumber = await nextCommonName(ctx);
  const auth = await makeCertificate(ctx, {
    ...common,
    authority: authCa,
    profile: 'authentication',
    template: (serial) =>
      authenticationTemplate({
        serial,
        publicKey: authKey,
        issuer: authCa.certificate,
        commonName: authenticationCommonName(place.code, authNumber),
        ...names,
        notBefore,
        notAfter: until(authCa),
        policyOid: demoOids.authentication,
        ocspUrl: `${ctx.publicUrl}/ocsp`,
      }),
  });

  const age = ageOn(notBefore, input.resident.birthDate);
  let sign: Made | undefined;
  if (age === undefined || age >= signatureAge) {
    const signKey = await cardKey(session, 'signature');
    if (Buffer.from(signKey).equals(authKey)) throw defect('card.sameKey', 'the card made one key twice');
    const signNumber = await nextCommonName(ctx);
    sign = await makeCertificate(ctx, {
      ...common,
      authority: signCa,
      profile: 'signature',
      template: (serial) =>
        signatureTemplate({
          serial,
          publicKey: signKey,
          issuer: signCa.certificate,
          identity,
          ...names,
          commonName: signatureCommonName(notBefore, signNumber),
          notBefore,
          notAfter: until(signCa, auth.notAfter),
          policyOid: demoOids.signature,
        }),
    });
  }

  const write = (file: DataFile, bytes: Uint8Array, pin?: string) =>
    writeAndCompare(session, input.transmit, file, bytes, pin);
  await write(efs.jpki.authenticationCertificate, auth.certificate);
  await write(efs.jpki.authenticationCaCertificate, authCa.certificate.der);
  await write(efs.jpki.signatureCaCertificate, signCa.certificate.der);
  if (sign !== undefined) await write(efs.jpki.signatureCertificate, sign.certificate, input.signPin);
  await ctx.onStep('written');
  await markDelivered(ctx, sign === undefined ? [auth] : [auth, sign]);
  const hex = (made: Made) => Buffer.from(made.serial).toString('hex');
  return { authSerial: hex(auth), ...(sign === undefined ? {} : { signSerial: hex(sign) }) };
}

/** The public key of a new pair that the card made. */
async function cardKey(session: OwnerSession, name: KeyName): Promise<Uint8Array> {
  const { modulus, exponent } = await session.generateKeyPair(name);
  return spkiFromRsa(modulus, exponent);
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
