import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  buildCrl,
  buildOcspResponse,
  certificateId,
  crlDistributionPointName,
  keyIdentifier,
} from '@madoguchi/pki';
import { citizenWorld, now } from '@madoguchi/testing';
import { httpRevocation } from './revocation-http.js';

let citizens: Awaited<ReturnType<typeof citizenWorld>>;
let crl: Uint8Array;
let place: Uint8Array;
before(async () => {
  citizens = await citizenWorld();
  const { ca } = citizens;
  place = crlDistributionPointName(ca.certificate, 'Mihon-ken', 'Mihon-shi');
  crl = await buildCrl(
    {
      issuer: ca.certificate.subject.der,
      issuerKeyIdentifier: ca.certificate.subjectKeyIdentifier ?? keyIdentifier(ca.certificate.spki),
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + 86_400_000),
      number: 1n,
      distributionPoint: place,
      onlyContainsUserCerts: true,
      entries: [],
    },
    ca.signer,
  );
});

const indexUrl = 'http://ca.example/crl/index.json';
const ocspUrl = 'http://ca.example/ocsp';

interface Asked {
  url: string;
  headers: Headers;
}

/** An authority that answers from a table of paths. */
function authority(answers: Record<string, () => Response | Promise<Response>>) {
  const asked: Asked[] = [];
  const ask: typeof fetch = async (input, init) => {
    const url = String(input);
    asked.push({ url, headers: new Headers(init?.headers) });
    const answer = answers[new URL(url).pathname];
    if (answer === undefined) throw new TypeError('fetch failed');
    return answer();
  };
  return { asked, ask };
}

const index =
  (change: Record<string, unknown> = {}) =>
  () => {
    const keyId = citizens.citizen.certificate.authorityKeyIdentifier?.keyIdentifier ?? new Uint8Array();
    const line = {
      issuerKeyId: Buffer.from(keyId).toString('hex'),
      distributionPointDer: Buffer.from(place).toString('base64'),
      url: 'sign-g1-99201.crl',
      ...change,
    };
    return Response.json({ crls: [{ issuerKeyId: '00', url: 'other.crl' }, line] });
  };
const list = () => new Response(Uint8Array.from(crl), { headers: { etag: '"1"' } });

const find = (finder: ReturnType<typeof httpRevocation>) =>
  finder.find({ certificate: citizens.citizen.certificate, issuer: citizens.ca.certificate, now });

test('the list of the key that issued and of the place the certificate names is found, and fetched once while it is the same', async () => {
  let fetched = 0;
  const { ask, asked } = authority({
    '/crl/index.json': index(),
    '/crl/sign-g1-99201.crl': () => {
      fetched++;
      return fetched === 1 ? list() : new Response(null, { status: 304 });
    },
  });
  const finder = httpRevocation({
    indexUrl,
    fetch: ask,
    clock: () => now,
    headers: { authorization: 'Bearer v' },
  });
  const [first, second] = [await find(finder), await find(finder)];
  assert.deepEqual([first.problems, second.problems], [[], []]);
  assert.equal(first.sources[0]?.kind, 'crl');
  assert.equal(asked.at(-1)?.headers.get('if-none-match'), '"1"');
  assert.equal(asked[0]?.headers.get('authorization'), 'Bearer v');
  const [a, b] = [first.sources[0], second.sources[0]];
  assert.ok(a?.kind === 'crl' && b?.kind === 'crl' && a.crl === b.crl, 'loaded once');
});

test('a list of another key or place is not taken, and the token goes to no other origin', async () => {
  for (const change of [
    { issuerKeyId: 'ff' },
    { distributionPointDer: 'AAAA' },
    { distributionPointDer: undefined },
  ]) {
    const { ask } = authority({ '/crl/index.json': index(change), '/crl/sign-g1-99201.crl': list });
    const found = await find(httpRevocation({ indexUrl, fetch: ask, clock: () => now }));
    assert.deepEqual([found.sources.length, found.problems], [0, ['crl.none']]);
  }
  const { ask, asked } = authority({
    '/crl/index.json': index({ url: 'http://cdn.example/x.crl' }),
    '/x.crl': list,
  });
  const finder = httpRevocation({
    indexUrl,
    fetch: ask,
    clock: () => now,
    headers: { authorization: 'Bearer v' },
  });
  assert.equal((await find(finder)).sources.length, 1);
  assert.equal(asked.at(-1)?.headers.get('authorization'), null);
});

test('an authority that is down, slow, wrong or endless gives a problem and no exception', async () => {
  const endless = () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(new Uint8Array(4 * 1024 * 1024));
        },
      }),
    );
  const cases: [Record<string, () => Response>, string][] = [
    [{}, 'crl.fetch'],
    [{ '/crl/index.json': () => new Response('no', { status: 500 }) }, 'crl.fetch'],
    [{ '/crl/index.json': () => new Response('{') }, 'crl.fetch'],
    [{ '/crl/index.json': () => Response.json({ crls: [{ url: 7 }] }) }, 'crl.fetch'],
    [{ '/crl/index.json': endless }, 'crl.fetch'],
    [{ '/crl/index.json': index() }, 'crl.fetch'],
    [
      { '/crl/index.json': index(), '/crl/sign-g1-99201.crl': () => new Response('no list') },
      'crl.unreadable',
    ],
  ];
  for (const [answers, problem] of cases) {
    const { ask } = authority(answers);
    const found = await find(httpRevocation({ indexUrl, fetch: ask, clock: () => now }));
    assert.deepEqual([found.sources.length, found.problems], [0, [problem]]);
  }
  const silent: typeof fetch = (_input, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new Error('timeout')));
    });
  // The finder's own timer does not keep a process alive; here nothing else does.
  const awake = setInterval(() => undefined, 1000);
  const found = await find(httpRevocation({ indexUrl, fetch: silent, clock: () => now, timeoutMs: 20 }));
  clearInterval(awake);
  assert.deepEqual(found.problems, ['crl.fetch']);
});

test('where there is an OCSP responder it is asked as well', async () => {
  const { ca, citizen } = citizens;
  const response = await buildOcspResponse(
    {
      responses: [
        { certId: certificateId(citizen.certificate, ca.certificate), status: 'good', thisUpdate: now },
      ],
      producedAt: now,
      responder: { keyHash: certificateId(ca.certificate, ca.certificate, 'sha1').issuerKeyHash },
    },
    ca.signer,
  );
  const { ask, asked } = authority({ '/ocsp': () => new Response(Uint8Array.from(response)) });
  const found = await find(httpRevocation({ indexUrl, ocspUrl, fetch: ask, clock: () => now }));
  assert.deepEqual(found.problems, ['crl.fetch']);
  assert.equal(found.sources[0]?.kind, 'ocsp');
  assert.equal(
    asked.find(({ url }) => url === ocspUrl)?.headers.get('content-type'),
    'application/ocsp-request',
  );
});
