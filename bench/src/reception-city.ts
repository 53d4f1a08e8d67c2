/** A city for the reception bench: its keys on P-256, citizens of RSA-2048 with signed and sealed applications, a CRL of ten thousand over HTTP. */
import http from 'node:http';
import { putResident } from '@madoguchi/agency';
import {
  buildCrl,
  crlDistributionPointName,
  demoOids,
  type Identity,
  keyIdentifier,
  signatureTemplate,
} from '@madoguchi/pki';
import {
  buildApplication,
  buildSubmission,
  type SigningRequestClaims,
  sealSubmission,
} from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { agencyWorld, citizenWorld, now, type Party, party, taro } from '@madoguchi/testing';
import { listening } from './listening.js';
import type { Post } from './reception-load.js';
import { basePath, type CityKeys, code, openReception, origin } from './reception-room.js';

/** Some citizens, so that no key and no certificate is the one just seen. */
const citizens = 12;
const answers = { subject: 'self', copies: '1', domicile: 'no', delivery: 'post' };

export async function openCity(database: Database) {
  const { sql } = database;
  const [world, authority] = await Promise.all([agencyWorld(), citizenWorld()]);
  const people = await Promise.all(
    Array.from({ length: citizens }, async (_, number): Promise<{ identity: Identity; holder: Party }> => {
      const identity = { ...taro, birthDate: `19${75 + number}-04-01` };
      const holder = await party(
        (basics) =>
          signatureTemplate({
            ...basics,
            issuer: authority.ca.certificate,
            identity,
            prefectureRomaji: 'Mihon-ken',
            municipalityRomaji: 'Mihon-shi',
            commonName: `20260101090000000000000000${String(number).padStart(2, '0')}`,
            policyOid: demoOids.signature,
          }),
        authority.ca.signer,
        'rsa2048',
      );
      await putResident(sql, code, { id: String(number), ...identity });
      return { identity, holder };
    }),
  );
  const lists = await serveList(authority.ca);
  const [city, encryption] = await Promise.all([
    world.ocsp(world.city.certificate),
    world.ocsp(world.encryption.certificate),
  ]);
  const keys: CityKeys = {
    city: { der: world.city.der, pkcs8: world.city.pkcs8, ocsp: city },
    encryption: { der: world.encryption.der, pkcs8: world.encryption.pkcs8, ocsp: encryption },
    citizens: authority.ca.der,
    indexUrl: `${lists.url}/crl/index.json`,
  };
  const { app, procedures } = openReception(database, keys);

  /** What form and agent do before the intake: a request over HTTP, the citizen's signature, the envelope. */
  async function prepare(number: number): Promise<Post> {
    const answer = await app.request(`${origin}${basePath}/procedures/juminhyo/request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ answers, attachments: [] }),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
    const { request } = (await answer.json()) as { request: string };
    const claims = JSON.parse(
      Buffer.from(request.split('.')[1] ?? '', 'base64url').toString(),
    ) as SigningRequestClaims;
    const procedure = procedures.find(({ digest }) => digest === claims.procedure.digest);
    const person = people[number % people.length];
    if (procedure === undefined || person === undefined) throw new Error('nobody asks for anything');
    const { der, signer } = person.holder;
    const submission = await buildSubmission({
      application: buildApplication({
        definition: procedure.definition,
        digest: procedure.digest,
        request: claims,
        agency: { code, name: '見本市' },
        identity: person.identity,
        answers: claims.answers,
        attachments: [],
        signedAt: now,
      }),
      definition: procedure.bytes,
      attachments: [],
      signerCertificate: der,
      algorithm: signer.algorithm,
      signingTime: now,
      sign: (attributes) => signer.sign(attributes),
    });
    return { ticket: claims.ticket, envelope: await sealSubmission(submission, world.encryption.der) };
  }
  return { keys, app, prepare, close: lists.close };
}

async function serveList(ca: Party) {
  const place = crlDistributionPointName(ca.certificate, 'Mihon-ken', 'Mihon-shi');
  const crl = await buildCrl(
    {
      issuer: ca.certificate.subject.der,
      issuerKeyIdentifier: ca.certificate.subjectKeyIdentifier ?? keyIdentifier(ca.certificate.spki),
      thisUpdate: new Date(now.getTime() - 3600_000),
      nextUpdate: new Date(now.getTime() + 23 * 3600_000),
      number: 812n,
      distributionPoint: place,
      onlyContainsUserCerts: true,
      entries: Array.from({ length: 10_000 }, (_, i) => ({
        serial: Uint8Array.of(9, i >> 16, (i >> 8) & 255, i & 255),
        date: new Date(now.getTime() - 86_400_000),
      })),
    },
    ca.signer,
  );
  const index = {
    crls: [
      {
        issuerKeyId: Buffer.from(
          ca.certificate.subjectKeyIdentifier ?? keyIdentifier(ca.certificate.spki),
        ).toString('hex'),
        distributionPointDer: Buffer.from(place).toString('base64'),
        url: '/crl/sign-g1-99201.crl',
      },
    ],
  };
  const server = http.createServer((request, response) => {
    const body = request.url?.endsWith('.json') ? Buffer.from(JSON.stringify(index)) : Buffer.from(crl);
    if (request.headers['if-none-match'] === '"812"') {
      response.writeHead(304, { etag: '"812"' }).end();
      return;
    }
    response.writeHead(200, { etag: '"812"', 'content-length': body.length }).end(body);
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
