import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  buildOcspResponse,
  buildTimeStampResponse,
  certificateId,
  citizenSignaturePolicy,
  demoOids,
  evaluateDocument,
  keyIdentifier,
  type OcspStatus,
  parseCertificate,
  parseOcspRequest,
  parseTimeStampRequest,
  tsaTemplate,
} from '@madoguchi/pki';
import { agencyWorld, type Party, party } from '@madoguchi/testing';
import { CardSession } from '../../card-session.js';
import { collectDocument } from '../../documents/collect.js';
import { documentFormats } from '../../documents/formats.js';
import { cardLabel, pageText, type Rig, startRig } from '../../testing/agent-rig.js';
import { exchange, exchangeBytes, multipart } from '../../testing/browser.js';
import { samplePdf } from '../../testing/sample-pdf.js';
import { testPins } from '../../testing/test-card.js';

const responder = 'http://127.0.0.1:1/ocsp';
const stampUrl = 'http://127.0.0.1:1/tsa';

let rig: Rig;
let root: Party;
let tsa: Party;
let mine: Uint8Array;
/** What the authorities do at this moment, and what they were sent. */
const authority = { status: 'good' as OcspStatus, answers: true, stamps: true, asked: [] as string[] };

const answer: typeof fetch = async (input, init) => {
  const url = String(input);
  const body = Buffer.from(await new Response(init?.body ?? null).arrayBuffer());
  authority.asked.push(url);
  const time = rig.clock.now;
  if (url === stampUrl) {
    if (!authority.stamps) throw new TypeError('fetch failed');
    const asked = parseTimeStampRequest(body);
    assert.ok(asked.ok);
    const made = await buildTimeStampResponse({
      request: asked.value,
      time,
      serial: Uint8Array.of(1, authority.asked.length),
      terms: { policy: demoOids.timeStamping },
      signer: { signer: tsa.signer, certificate: tsa.der },
    });
    return new Response(Uint8Array.from(made));
  }
  if (!authority.answers) throw new TypeError('fetch failed');
  const asked = parseOcspRequest(body);
  assert.ok(asked.ok);
  const { nonce } = asked.value;
  const own = parseCertificate(mine);
  assert.ok(own.ok);
  const isStamp = url !== responder;
  const [certificate, by] = isStamp ? [tsa.certificate, root] : [own.value, rig.citizens.signCa];
  const response = await buildOcspResponse(
    {
      responses: [
        {
          certId: certificateId(certificate, by.certificate),
          status: isStamp ? 'good' : authority.status,
          thisUpdate: time,
          nextUpdate: new Date(time.getTime() + 3_600_000),
        },
      ],
      producedAt: time,
      responder: { keyHash: keyIdentifier(by.certificate.spki) },
      ...(nonce === undefined ? {} : { nonce }),
    },
    by.signer,
  );
  return new Response(Uint8Array.from(response));
};

before(async () => {
  ({ root } = await agencyWorld());
  tsa = await party(
    (basics) =>
      tsaTemplate({
        ...basics,
        issuer: root.certificate,
        crlUrl: 'http://127.0.0.1:1/tsa.crl',
        ocspUrl: 'http://127.0.0.1:1/tsa-ocsp',
      }),
    root.signer,
  );
  rig = await startRig({
    fetch: answer,
    authorities: { responder, timeStamp: { url: stampUrl, anchors: [root.der] } },
  });
  mine = await new CardSession(rig.card.channel).readCertificate('sign', testPins.sign);
});
after(() => rig.close());

const letter = { name: '委任状.txt', bytes: Buffer.from('見本市長に委任します。') };
const own = () => new URL(rig.agent.homeUrl).origin;

function put(action: string, files: { name: string; bytes: Uint8Array }[]) {
  const { body, contentType } = multipart({}, files, 'file');
  return exchange(`${rig.agent.homeUrl}/files/${action}?lang=ja`, {
    method: 'POST',
    body,
    headers: { 'content-type': contentType, 'sec-fetch-site': 'same-origin', origin: own() },
  });
}

async function openJob(file: { name: string; bytes: Uint8Array }) {
  const { headers } = await put('sign', [file]);
  const path = `${own()}${headers.location}`.split('?')[0] ?? '';
  const page = () => exchange(`${path}?lang=ja`);
  const sign = async (fields: Record<string, string>) => {
    await exchange(`${path}/pin?lang=ja`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: own(),
      },
      body: new URLSearchParams({ pin: testPins.sign, card: cardLabel(rig.card), ...fields }).toString(),
    });
    for (;;) {
      const { headers: seen } = await exchange(`${path}/progress?lang=ja`);
      if (seen['mado-next'] !== undefined) return pageText((await page()).text);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { page, sign, signed: async () => (await exchangeBytes(`${path}/signed/0?lang=ja`)).bytes };
}

const verified = async (bytes: Uint8Array, name = 'x') =>
  pageText((await put('verify', [{ name, bytes }])).text);

describe('files with the authorities that the agent was told', () => {
  it('a good signature of a valid certificate reads as good, a revoked one and a silent authority as what they are', async () => {
    const job = await openJob(letter);
    assert.match(await job.sign({ format: 'cades', level: 'B' }), /署名できました/);
    const bytes = await job.signed();
    authority.asked.length = 0;
    assert.match(await verified(bytes), /正しい署名です.*有効性 良い/);
    assert.deepEqual(authority.asked, [responder]);
    authority.answers = false;
    assert.match(
      await verified(bytes),
      /まだ決められません.*認証局にたずねましたが、使える答えがありませんでした/,
    );
    authority.answers = true;
    authority.status = { revoked: new Date(rig.clock.now.getTime() - 1000), reason: 'keyCompromise' };
    const revoked = await verified(bytes);
    assert.doesNotMatch(revoked, /正しい署名です/);
    assert.match(revoked, /失効/);
    authority.status = 'good';
    // Nobody is asked about what leads to no anchor, nor about a changed file's content.
    authority.asked.length = 0;
    const broken = Buffer.from(bytes);
    broken[broken.indexOf('見本市長')] = 0x20;
    assert.match(await verified(broken), /正しくない署名です/);
    await verified(letter.bytes, 'letter.txt');
    assert.ok(authority.asked.every((url) => url === responder));
  });

  it('levels are offered and reached: T with a time stamp, LT with all that proves it, for every kind of file', async () => {
    const xml = { name: 'f.xml', bytes: Buffer.from('<?xml version="1.0"?><申請 xmlns="urn:x">a</申請>') };
    for (const [format, file] of [
      ['cades', letter],
      ['asic', letter],
      ['pdf', { name: '申請.pdf', bytes: samplePdf() }],
      ['xml', xml],
    ] as const)
      for (const level of ['T', 'LT'] as const) {
        const job = await openJob(file);
        const page = (await job.page()).text;
        for (const each of ['B', 'T', 'LT']) assert.ok(page.includes(`value="${each}"`), each);
        assert.match(await job.sign({ format, level }), /署名できました/, `${format} ${level}`);
        const bytes = await job.signed();
        assert.match(await verified(bytes, file.name), /正しい署名です/, `${format} ${level}`);
        // At LT nobody has to be asked any more.
        const reader = documentFormats.find(({ id }) => id === format);
        assert.ok(reader);
        const policy = { ...citizenSignaturePolicy, demo: true };
        const alone = await collectDocument({
          format: reader,
          file: { name: file.name, bytes },
          trust: { anchors: [rig.citizens.signCa.der], timeStampAnchors: [root.der], revocation: [] },
          policy,
          time: new Date(rig.clock.now.getTime() + 60_000),
        });
        const { indication, signatures } = evaluateDocument(alone);
        assert.equal(signatures[0]?.report.timeStamps?.length, 1, `${format} ${level}`);
        assert.equal(indication, level === 'LT' ? 'TOTAL_PASSED' : 'INDETERMINATE', `${format} ${level}`);
      }
  });

  it('a silent time-stamping authority leaves no half-made file, and another level may be chosen then', async () => {
    const job = await openJob(letter);
    authority.stamps = false;
    const said = await job.sign({ format: 'cades', level: 'T' });
    assert.match(said, /使える答えがありませんでした（stamp\.unreachable）/);
    authority.stamps = true;
    authority.answers = false;
    assert.match(await job.sign({ format: 'cades', level: 'LT' }), /revocation\.unreachable/);
    assert.match(await job.sign({ format: 'cades', level: 'B' }), /署名できました/);
    authority.answers = true;
  });
});

it('without authorities there is one level, and nobody is asked', async () => {
  const alone = await startRig({ fetch: () => assert.fail('nobody is to be asked') });
  try {
    const page = await exchange(`${alone.agent.homeUrl}/files?lang=ja`);
    assert.doesNotMatch(pageText(page.text), /証明書の番号だけ/);
    assert.match(pageText((await exchange(`${rig.agent.homeUrl}/files?lang=ja`)).text), /証明書の番号だけ/);
  } finally {
    await alone.close();
  }
});
