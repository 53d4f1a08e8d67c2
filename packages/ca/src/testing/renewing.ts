import { createHash } from 'node:crypto';
import { aids, apdu, efs, readWholeFile, spareSession, transmitOk } from '@madoguchi/card';
import {
  buildCertificationRequest,
  demoOids,
  der,
  importPublicKey,
  parseCertificate,
  signCades,
} from '@madoguchi/pki';
import { keepCard } from '../counter/cards.js';
import { residents } from '../queries.js';
import type { TestAuthority } from './authority.js';
import { newCard, signPin } from './card.js';

/** What is done with one of a card's keys in a renewal, step by step, as the holder's program does it. */
export async function renewingCard(authority: TestAuthority, index: number) {
  const ctx = authority.ca.context;
  const all = (await residents(ctx, '99201')).filter(({ birthDate }) => birthDate < '2005');
  const resident = all[index];
  if (resident === undefined) throw new Error('no such resident');
  const { id, ...person } = resident;
  // Keys of the next card are made quickly.
  const { card, cardKey, name } = await newCard(authority, person, 'next-card');
  card.powerOn();
  await authority.ca.issueToCard({
    transmit: card.transmit,
    cardKey,
    resident: person,
    residentId: id,
    signPin,
    cardExpiry: new Date('2036-04-01T14:59:59Z'),
  });
  await keepCard(ctx, resident, { name, expiry: new Date('2036-04-01T14:59:59Z') });

  const with384 = (bytes: Uint8Array) => createHash('sha384').update(bytes).digest();
  const value = (answer: Uint8Array) =>
    der.sequence(der.unsignedInteger(answer.subarray(0, 48)), der.unsignedInteger(answer.subarray(48)));

  function of(kind: 'signature' | 'authentication') {
    const files =
      kind === 'signature'
        ? { pin: efs.jpki.signaturePin, key: efs.jpki.signatureKey, at: efs.jpki.signatureCertificate }
        : {
            pin: efs.jpki.authenticationPin,
            key: efs.jpki.authenticationKey,
            at: efs.jpki.authenticationCertificate,
          };
    const spare = spareSession(card.transmit, kind);
    const unlock = async () => {
      await transmitOk(card.transmit, apdu.selectApplication(aids.jpki), 'select');
      const pin = kind === 'signature' ? signPin : '1234';
      await transmitOk(card.transmit, apdu.verify(pin, files.pin), 'verify');
    };
    const inUse = async (): Promise<Uint8Array> => {
      await unlock();
      await transmitOk(card.transmit, apdu.selectFile(files.at.id), 'select');
      return new Uint8Array(await readWholeFile(card.transmit));
    };
    const byOld = async (bytes: Uint8Array) =>
      value(await transmitOk(card.transmit, apdu.computeSignature(with384(bytes), files.key), 'sign'));
    const bySpare = async (bytes: Uint8Array) => value(await spare.sign(with384(bytes)));
    const cms = (signerCertificate: Uint8Array, content: Uint8Array, sign: typeof byOld) =>
      signCades({
        content,
        contentType: demoOids.holderRequest,
        detached: false,
        signerCertificate,
        algorithm: 'ecdsa-sha384',
        signingTime: authority.now,
        sign,
      });
    /** The request for a new key, or for the one that lies there already. */
    const request = async (nonce: Uint8Array, key?: Uint8Array) => {
      const old = await inUse();
      const publicKey = key ?? (await spare.generate()).spki;
      const proof = await spare.prove(nonce);
      const csr = await buildCertificationRequest({ publicKey, algorithm: 'ecdsa-sha384', sign: bySpare });
      return { publicKey, cms: await cms(old, Buffer.concat([nonce, proof, csr]), byOld) };
    };
    const confirmation = async (certificate: Uint8Array, issuer?: Uint8Array) => {
      await unlock();
      await spare.write(certificate, issuer);
      const flag = Uint8Array.of(issuer === undefined ? 0 : 1);
      const content = Buffer.concat([Buffer.from('madoguchi-renewal-confirm-1'), flag]);
      return cms(certificate, content, bySpare);
    };
    return { unlock, inUse, request, confirmation, spare, cms, byOld, bySpare };
  }
  return { card, resident, signature: of('signature'), authentication: of('authentication') };
}

/** The key in a certificate, for comparing. */
export function spkiOf(certificate: Uint8Array): Uint8Array {
  const parsed = parseCertificate(certificate);
  if (!parsed.ok || !importPublicKey(parsed.value.spki).ok) throw new Error('not a certificate');
  return parsed.value.spki;
}
