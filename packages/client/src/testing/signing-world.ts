import assert from 'node:assert/strict';
import {
  buildCrl,
  buildName,
  buildTimeStampResponse,
  crlDistributionPointName,
  demoOids,
  keyIdentifier,
  loadCrl,
  parseTimeStampResponse,
  type RevocationSource,
  type RevokedEntry,
  rootTemplate,
  type Stamp,
  tsaTemplate,
} from '@madoguchi/pki';
import { citizenWorld, type Party, party } from '@madoguchi/testing';
import type { DocumentSigner } from '../documents/format.js';

/** The time stamps' authority outlives the citizens'. */
const outlasting = new Date('2050-01-01T00:00:00Z');

/** A citizen who signs with a key in software, the authority's lists, and a time-stamping authority. */
export async function signingWorld() {
  const { ca, citizen } = await citizenWorld();
  const subject = buildName([
    ['O', 'JPKI-DEMO'],
    ['CN', 'Stamp Root'],
  ]);
  const stampRoot = await party((basics) => rootTemplate({ ...basics, subject, notAfter: outlasting }));
  const tsa = await party(
    (basics) =>
      tsaTemplate({
        ...basics,
        notAfter: outlasting,
        issuer: stampRoot.certificate,
        crlUrl: 'http://crl.jpki-demo.example/tsa.crl',
        ocspUrl: 'http://ocsp.jpki-demo.example/tsa',
      }),
    stampRoot.signer,
  );
  const signer: DocumentSigner = {
    certificate: citizen.der,
    issuers: [ca.der],
    algorithm: 'rsa-sha256',
    sign: (data) => citizen.signer.sign(data),
  };
  let serial = 0;
  const stampAt =
    (time: Date, authority: Party = tsa): Stamp =>
    async (imprint) => {
      serial += 1;
      const response = await buildTimeStampResponse({
        request: { imprint, wantsCertificate: true, extensions: [] },
        time,
        serial: Uint8Array.of(1, serial),
        terms: { policy: demoOids.timeStamping },
        signer: { signer: authority.signer, certificate: authority.der },
      });
      const parsed = parseTimeStampResponse(response);
      assert.ok(parsed.ok && parsed.value.token !== undefined);
      return parsed.value.token;
    };
  const listBy = async (by: Party, thisUpdate: Date, entries: RevokedEntry[] = []) => {
    const der = await buildCrl(
      {
        issuer: by.certificate.subject.der,
        issuerKeyIdentifier: keyIdentifier(by.certificate.spki),
        thisUpdate,
        nextUpdate: new Date(thisUpdate.getTime() + 36 * 3_600_000),
        number: 1n,
        entries,
        ...(by === ca
          ? {
              distributionPoint: crlDistributionPointName(by.certificate, 'Mihon-ken', 'Mihon-shi'),
              onlyContainsUserCerts: true,
            }
          : {}),
      },
      by.signer,
    );
    const loaded = loadCrl(der);
    assert.ok(loaded.ok);
    return { kind: 'crl', crl: loaded.crl, source: 'test', obtainedAt: thisUpdate } as const;
  };
  /** The lists of a day: citizens' and time-stamping authority's. */
  const lists = async (day: Date, revoked: RevokedEntry[] = []): Promise<RevocationSource[]> => [
    await listBy(ca, day, revoked),
    await listBy(stampRoot, day),
  ];
  return { ca, citizen, stampRoot, tsa, signer, stampAt, lists };
}
