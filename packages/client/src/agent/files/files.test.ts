import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { verifySignedData } from '@madoguchi/pki';
import { CardSession } from '../../card-session.js';
import { ClientError } from '../../client-error.js';
import { documentFormats } from '../../documents/formats.js';
import { cardLabel, pageText, type Rig, startRig } from '../../testing/agent-rig.js';
import { exchange, exchangeBytes, multipart } from '../../testing/browser.js';
import { samplePdf } from '../../testing/sample-pdf.js';
import { makeTestCard, testPins } from '../../testing/test-card.js';
import { formatsFor, wishesFor } from './files-job.js';

let rig: Rig;
before(async () => {
  rig = await startRig();
});
after(() => rig.close());

const letter = { name: '委任状.txt', bytes: Buffer.from('見本市長に委任します。') };
const page = { name: 'note.html', bytes: Buffer.from('<script>alert(1)</script>') };
const own = () => new URL(rig.agent.homeUrl).origin;

/** What the form on the page posts. */
function put(
  action: string,
  files: { name: string; bytes: Uint8Array }[],
  headers: Record<string, string> = {},
) {
  const { body, contentType } = multipart({}, files, 'file');
  return exchange(`${rig.agent.homeUrl}/files/${action}?lang=ja`, {
    method: 'POST',
    body,
    headers: { 'content-type': contentType, 'sec-fetch-site': 'same-origin', origin: own(), ...headers },
  });
}

async function openJob(files: { name: string; bytes: Uint8Array }[]) {
  const { headers } = await put('sign', files);
  const address = `${own()}${headers.location}`;
  const path = address.split('?')[0] ?? '';
  const get = (action = '') => exchange(`${path}${action}?lang=ja`);
  const post = (action: string, fields: Record<string, string> = {}) =>
    exchange(`${path}${action}?lang=ja`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: own(),
      },
      body: new URLSearchParams(fields).toString(),
    });
  const settled = async () => {
    for (;;) {
      const { headers: seen } = await exchange(`${path}/progress?lang=ja`);
      if (seen['mado-next'] !== undefined) return get();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const signed = (index: number) => exchangeBytes(`${path}/signed/${index}?lang=ja`);
  return { get, post, settled, signed };
}

describe('files of the holder’s own', () => {
  it('are shown, signed one by one after one password, and handed out as downloads', async () => {
    const job = await openJob([letter, page]);
    const asked = await job.get();
    const said = pageText(asked.text);
    for (const words of [
      '委任状.txt',
      'note.html',
      '2 回の署名',
      '署名用パスワード（英数字6〜16文字）',
      'のこり 5 回',
    ])
      assert.ok(said.includes(words), words);
    const opened = await job.get('/file/1');
    assert.equal(opened.headers['content-type'], 'application/octet-stream');
    assert.match(String(opened.headers['content-security-policy']), /^sandbox/);
    assert.match(String(opened.headers['content-disposition']), /^attachment; /);

    await job.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card), format: 'cades' });
    const done = await job.settled();
    assert.match(pageText(done.text), /署名できました.*委任状\.txt\.p7s.*note\.html\.p7s/);
    for (const [index, file] of [letter, page].entries()) {
      const { headers, bytes } = await job.signed(index);
      assert.match(String(headers['content-disposition']), /^attachment; /);
      const result = verifySignedData({ cms: bytes });
      assert.equal(result.indication, 'PASSED');
      assert.deepEqual(Buffer.from(result.content ?? []), file.bytes);
    }
    // A second password post signs nothing more.
    await job.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card), format: 'cades' });
    assert.equal((await job.signed(2)).status, 404);
  });

  it('are put into one container, and the same page verifies what it signed', async () => {
    const job = await openJob([letter, page]);
    await job.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card), format: 'asic' });
    await job.settled();
    const { bytes } = await job.signed(0);
    const verified = await put('verify', [{ name: 'application.asice', bytes }, letter]);
    const said = pageText(verified.text);
    assert.match(said, /ASiC-E/);
    assert.match(said, /まだ決められません.*失効しているかどうかは、このページでは確かめていません/);
    assert.match(said, /委任状\.txt 署名は見つかりませんでした/);
    const broken = Buffer.from(bytes);
    broken[broken.indexOf('見本市長')] = 0x20;
    assert.match(
      pageText((await put('verify', [{ name: 'x.asice', bytes: broken }])).text),
      /正しくない署名です/,
    );
  });

  it('offer the form of the file itself: a PDF is signed in the PDF, XML in the XML, and both verify here', async () => {
    const pdf = { name: '申請.pdf', bytes: samplePdf() };
    const xml = {
      name: 'form.xml',
      bytes: Buffer.from('<?xml version="1.0"?><申請 xmlns="urn:x"><氏名>総務</氏名></申請>'),
    };
    for (const [file, format] of [
      [pdf, 'pdf'],
      [xml, 'xml'],
    ] as const) {
      const job = await openJob([file]);
      assert.match((await job.get()).text, new RegExp(`value="${format}"`));
      await job.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card), format });
      assert.match(pageText((await job.settled()).text), /署名できました/, format);
      const { bytes } = await job.signed(0);
      const verified = pageText((await put('verify', [{ name: file.name, bytes }])).text);
      assert.match(verified, /失効しているかどうかは、このページでは確かめていません/, format);
      assert.match(verified, /署名 良い/, format);
    }
  });

  it('are signed with the P-384 key of the next card in every form; OpenSSL accepts the CMS', {
    skip: spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed',
  }, async () => {
    const next = await makeTestCard({ issue: rig.citizens.issue, medium: 'next-card' });
    rig.reader.channels = [next.channel];
    const folder = mkdtempSync(path.join(tmpdir(), 'mado-next-'));
    try {
      const xml = { name: 'form.xml', bytes: Buffer.from('<?xml version="1.0"?><a xmlns="urn:x">x</a>') };
      for (const [file, format] of [
        [letter, 'cades'],
        [letter, 'asic'],
        [{ name: '申請.pdf', bytes: samplePdf() }, 'pdf'],
        [xml, 'xml'],
      ] as const) {
        const job = await openJob([file]);
        await job.post('/pin', { pin: testPins.sign, card: cardLabel(next), format });
        assert.match(pageText((await job.settled()).text), /署名できました/, format);
        const { bytes } = await job.signed(0);
        assert.match(pageText((await put('verify', [{ name: file.name, bytes }])).text), /署名 良い/, format);
        if (format !== 'cades') continue;
        const at = (name: string) => path.join(folder, name);
        writeFileSync(at('a.p7s'), bytes);
        const root = spawnSync('openssl', ['x509', '-inform', 'DER'], { input: rig.citizens.signCa.der });
        writeFileSync(at('ca.pem'), root.stdout);
        const time = String(Math.floor(rig.clock.now.getTime() / 1000));
        const how = [
          '-binary',
          '-inform',
          'DER',
          '-purpose',
          'any',
          '-attime',
          time,
          '-CAfile',
          at('ca.pem'),
        ];
        const words = ['cms', '-verify', ...how, '-in', at('a.p7s'), '-out', at('out')];
        const judged = spawnSync('openssl', words, { encoding: 'utf8' });
        assert.equal(judged.status, 0, judged.stderr);
        assert.deepEqual(readFileSync(at('out')), letter.bytes);
        const printed = spawnSync('openssl', [
          'cms',
          '-cmsout',
          '-print',
          '-inform',
          'DER',
          '-in',
          at('a.p7s'),
        ]);
        assert.match(printed.stdout.toString(), /algorithm: ecdsa-with-SHA384/);
      }
    } finally {
      rig.reader.channels = [rig.card.channel];
      rmSync(folder, { recursive: true });
    }
  });

  it('cost one try for a wrong password; a card lost in the middle keeps what was signed, and the next password goes on', async () => {
    const job = await openJob([letter, page]);
    const { channel } = rig.card;
    await job.post('/pin', { pin: 'WRONG1', card: cardLabel(rig.card), format: 'cades' });
    assert.match(pageText((await job.settled()).text), /パスワードが ちがいます。のこり 4 回です/);
    let signatures = 0;
    rig.reader.channels = [
      {
        label: channel.label,
        withCard: (fn) =>
          channel.withCard((transmit) =>
            fn((command) => {
              if (command[1] === 0x2a) signatures += 1;
              if (command[1] === 0x2a && signatures === 2) throw new ClientError('card-removed');
              return transmit(command);
            }),
          ),
      },
    ];
    await job.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card), format: 'cades' });
    const lost = pageText((await job.settled()).text);
    assert.match(lost, /途中でカードが抜かれた/);
    assert.match(lost, /1 回の署名/);
    rig.reader.channels = [channel];
    await job.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card), format: 'cades' });
    assert.match(pageText((await job.settled()).text), /署名できました/);
    for (const index of [0, 1])
      assert.equal(verifySignedData({ cms: (await job.signed(index)).bytes }).indication, 'PASSED');
    assert.equal((await new CardSession(channel).pinStatus('sign')).triesLeft, 5);
  });

  it('a form from another page, another host, or without the path signs nothing', async () => {
    const before = (await put('sign', [letter], { 'sec-fetch-site': 'cross-site' })).status;
    assert.equal(before, 403);
    assert.equal((await put('verify', [letter], { origin: 'https://evil.example' })).status, 403);
    assert.equal((await put('sign', [letter], { host: 'evil.example' })).status, 421);
    const { body, contentType } = multipart({}, [letter], 'file');
    const guessed = await exchange(`${own()}/home/${'0'.repeat(32)}/files/sign`, {
      method: 'POST',
      body,
      headers: { 'content-type': contentType, 'sec-fetch-site': 'same-origin', origin: own() },
    });
    assert.equal(guessed.status, 404);
    assert.match(pageText((await put('sign', [])).text), /ファイルが選ばれていません/);
  });

  it('leave no PIN behind in any page', async () => {
    const job = await openJob([letter]);
    await job.post('/pin', { pin: 'SECRET99', card: cardLabel(rig.card), format: 'cades' });
    const wrong = await job.settled();
    assert.doesNotMatch(wrong.text, /SECRET99/i);
    await job.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card), format: 'cades' });
    assert.doesNotMatch((await job.settled()).text, new RegExp(testPins.sign, 'i'));
  });
});

describe('names of signed files', () => {
  it('never stand twice, and keep the ending of a format that keeps it', () => {
    const cades = documentFormats.find(({ id }) => id === 'cades');
    assert.ok(cades);
    const file = (name: string) => ({ name, bytes: Uint8Array.of(1) });
    const names = wishesFor(cades, [file('a.txt'), file('a.txt'), file('b.p7s')]).map(({ output }) => output);
    assert.deepEqual(names, ['a.txt.p7s', 'a.txt-2.p7s', 'b-signed.p7s']);
    assert.ok(formatsFor([file('a'), file('b')], documentFormats).some(({ id }) => id === 'asic'));
    assert.ok(!formatsFor([file('a'), file('a')], documentFormats).some(({ id }) => id === 'asic'));
  });
});
