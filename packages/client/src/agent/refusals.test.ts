import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { generateKeyPair, softwareSigner } from '@madoguchi/pki';
import { buildApplication, parseDefinition } from '@madoguchi/procedure';
import { CardSession } from '../card-session.js';
import { pageText, type Rig, startRig } from '../testing/agent-rig.js';
import { AgentWindow, exchange, multipart } from '../testing/browser.js';
import { claimedFile } from '../testing/city.js';
import { residentRecord } from '../testing/resident-record.js';

let rig: Rig;
before(async () => {
  rig = await startRig();
});
after(() => rig.close());

const definition = residentRecord.text;

/** What somebody signed first. */
function applicationOf(answers: Record<string, string>): Uint8Array {
  const parsed = parseDefinition(definition);
  assert.ok(parsed.ok);
  return buildApplication({
    definition: parsed.definition,
    digest: parsed.digest,
    request: {
      jti: 'AAAAAAAAAAAAAAAAAAAAAA',
      iat: 1_790_000_000,
      procedure: { id: parsed.definition.id, version: parsed.definition.version, digest: parsed.digest },
    },
    agency: { code: '99201', name: '見本市' },
    identity: {
      name: '総務　花子',
      nameSubstitution: '00000',
      address: '見本県見本市中央一丁目２番３号',
      addressSubstitution: '000000000000000',
      birthDate: '1977-05-05',
      sex: 'female',
    },
    answers,
    attachments: [],
    signedAt: new Date(1_790_000_000_000),
  });
}

/** The page of a refusal: says what and what next, sends nowhere, and asks for nothing. */
function assertRefused(
  answer: { status: number; text: string; headers: object },
  words: RegExp,
  status = 403,
  told = false,
) {
  const said = pageText(answer.text);
  assert.equal(answer.status, status, said);
  assert.match(said, words);
  assert.match(said, /何も送られていません/);
  assert.match(said, /次にすること/);
  assert.doesNotMatch(answer.text, /<form|<input|location\.replace/);
  const message =
    /postMessage\(\{"type":"madoguchi-agent","state":"refused","version":"[^"]+"\}, "([^"]+)"\)/;
  assert.equal(message.exec(answer.text)?.[1], told ? rig.city.origin : undefined);
  assert.equal(answer.text.includes('<script'), told);
  assert.equal('set-cookie' in answer.headers, false);
}

describe('before the PIN the agent refuses', () => {
  it('a request signed by nobody the agency root knows', async () => {
    const { pkcs8 } = await generateKeyPair('p256');
    const request = await rig.city.request(
      {},
      { signer: softwareSigner(pkcs8), chain: [rig.city.authority.city.der], ocsp: await goodOcsp() },
    );
    assertRefused(await rig.handOver({ request, definition }), /./);
    const [head = '', body = ''] = (await rig.city.request()).split('.');
    assertRefused(await rig.handOver({ request: `${head}.${body}.`, definition }), /./);
  });

  it('a request signed by a citizen', async () => {
    const citizen = await rig.citizens.citizen();
    const ocsp = await goodOcsp();
    const request = await rig.city.request({}, { signer: citizen.signer, chain: [citizen.der], ocsp });
    assertRefused(await rig.handOver({ request, definition }), /./);
  });

  it('a request whose signer is revoked, or without a fresh word on that', async () => {
    const { city } = rig.city.authority;
    const signed = { signer: city.signer, chain: [city.der] };
    assertRefused(await rig.handOver({ request: await rig.city.request({}, signed), definition }), /./);
    const revoked = await rig.city.authority.ocsp(city.certificate, rig.clock.now, {
      revoked: new Date('2026-11-01T00:00:00Z'),
    });
    const request = await rig.city.request({}, { ...signed, ocsp: revoked });
    assertRefused(await rig.handOver({ request, definition }), /./);
  });

  it('a genuine request from another page, from null, and from no page', async () => {
    const request = await rig.city.request();
    const from = (origin: string | undefined) =>
      rig.handOver({ request, definition }, { headers: { origin } });
    assertRefused(await from('https://evil.example'), /別のサイト.*evil\.example/);
    assertRefused(await from('null'), /どのページから開かれたか/);
    assertRefused(await from(undefined), /どのページから開かれたか/);
  });

  it('a request past its time, and tells how to get a fresh one', async () => {
    const then = Math.floor(rig.clock.now.getTime() / 1000);
    const request = await rig.city.request({ iat: then - 1000, exp: then - 1 });
    // The page is genuine, so it is told: it asks its server for a fresh request.
    assertRefused(await rig.handOver({ request, definition }), /期限|時間/, 403, true);
  });

  it('a co-signature without what was signed first, or with another application', async () => {
    const claims = { answers: { scope: 'self', copies: '1', domicile: 'no' }, attachments: [] };
    const first = applicationOf(claims.answers);
    const relation = {
      kind: 'cosigns',
      receipt: '2026-0001234',
      application: createHash('sha256').update(first).digest('hex'),
      signer: 'coOwner.0',
    } as const;
    const request = await rig.city.request({ ...claims, relation });
    const words = /いっしょに署名する申請が届いていないか/;
    assertRefused(await rig.handOver({ request, definition }), words, 403, true);
    const other = Buffer.from(applicationOf({ ...claims.answers, copies: '2' })).toString();
    assertRefused(await rig.handOver({ request, definition, cosigned: other }), words, 403, true);
    const lying = await rig.city.request({
      answers: { ...claims.answers, copies: '9' },
      relation,
    });
    const cosigned = Buffer.from(first).toString();
    assertRefused(await rig.handOver({ request: lying, definition, cosigned }), words, 403, true);
    const answer = await rig.handOver({ request, definition, cosigned });
    assert.equal(answer.status, 200);
  });

  it('in the language of the page that asked', async () => {
    const then = Math.floor(rig.clock.now.getTime() / 1000);
    const request = await rig.city.request({ iat: then - 1000, exp: then - 1 });
    const answer = await rig.handOver({ request, definition, lang: 'en' });
    assert.match(pageText(answer.text), /What to do next/);
  });

  it('addresses that are not the agency’s', async () => {
    for (const changes of [
      { intake: 'https://evil.example/intake' },
      { return: 'https://evil.example/done' },
      { intake: 'http://city.mihon.example/intake' },
    ])
      assertRefused(
        await rig.handOver({ request: await rig.city.request(changes), definition }),
        /./,
        403,
        true,
      );
  });

  it('a definition that is broken or another one, and an answer it does not show', async () => {
    const request = await rig.city.request();
    assertRefused(await rig.handOver({ request, definition: '{"id":' }), /定義が正しくない/, 403, true);
    const other = definition.replace('300円', '900円');
    assertRefused(await rig.handOver({ request, definition: other }), /定義が、署名の依頼/, 403, true);
    const hidden = await rig.city.request({
      answers: { scope: 'self', copies: '1', domicile: 'no', donate: '1000000' },
    });
    assertRefused(
      await rig.handOver({ request: hidden, definition }),
      /見えないものには署名しません/,
      403,
      true,
    );
  });

  it('files that are missing, exchanged or too many', async () => {
    const file = { name: '委任状.pdf', bytes: Buffer.from('%PDF-1.7 見本') };
    const request = await rig.city.request({ attachments: [claimedFile(file, 'letter')] });
    const send = (files: { name: string; bytes: Uint8Array }[]) =>
      rig.handOver({ request, definition }, { files });
    assertRefused(await send([]), /添付ファイルが/, 403, true);
    assertRefused(
      await send([{ ...file, bytes: Buffer.from('%PDF-1.7 別物!') }]),
      /添付ファイルが/,
      403,
      true,
    );
    assertRefused(await send([file, file]), /添付ファイルが/, 403, true);
    assert.equal((await send([file])).status, 200);
  });

  it('a form that is none, and one that is too large', async () => {
    const wrong = await exchange(`${rig.entrance}/sign`, {
      method: 'POST',
      headers: { origin: rig.city.origin, 'content-type': 'application/json' },
      body: '{}',
    });
    assertRefused(wrong, /正しい形ではありません/);
    assertRefused(await rig.handOver({ definition }), /正しい形ではありません/);
    assertRefused(await exchange(`${rig.entrance}/sign`), /正しい形ではありません/, 405);
    const { body, contentType } = multipart({ request: 'x' }, [
      { name: 'big.bin', bytes: Buffer.alloc(65 * 1024 * 1024) },
    ]);
    const large = await exchange(`${rig.entrance}/sign`, {
      method: 'POST',
      headers: { origin: rig.city.origin, 'content-type': contentType },
      body,
    });
    assertRefused(large, /大きすぎ/, 413);
  });

  it('a host name that is not its own: DNS rebinding, two Host lines, none', async () => {
    for (const host of [
      'evil.example',
      'localhost',
      `localhost:${rig.agent.port}`,
      '127.0.0.1',
      `127.0.0.1:${rig.agent.uiPort}`,
    ]) {
      const answer = await exchange(`${rig.entrance}/status`, { headers: { host } });
      assert.ok(answer.status >= 400, host);
      assert.doesNotMatch(answer.text, /madoguchi-agent/);
    }
    const twice = await raw(
      `GET /status HTTP/1.1\r\nHost: 127.0.0.1:${rig.agent.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    assert.doesNotMatch(twice, /madoguchi-agent/);
    const window = await rig.open();
    const ui = `http://127.0.0.1:${rig.agent.uiPort}${window.path}`;
    assert.equal((await exchange(ui, { headers: { host: 'evil.example' } })).status, 421);
  });

  it('a request with two lengths, or a length and chunks', async () => {
    const head = `POST /sign HTTP/1.1\r\nHost: 127.0.0.1:${rig.agent.port}\r\nOrigin: ${rig.city.origin}\r\n`;
    const smuggled = await raw(`${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`);
    assert.match(smuggled, /^HTTP\/1\.1 400/);
    const two = await raw(`${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`);
    assert.match(two, /^HTTP\/1\.1 400/);
  });

  it('to be shown inside another page', async () => {
    const request = await rig.city.request();
    const framed = await rig.handOver(
      { request, definition },
      { headers: { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' } },
    );
    assertRefused(framed, /組み込まれようとした/);
    const window = await rig.open();
    const ui = `http://127.0.0.1:${rig.agent.uiPort}${window.path}`;
    assert.equal((await exchange(ui, { headers: { 'sec-fetch-dest': 'iframe' } })).status, 403);
    const page = await window.page();
    for (const answer of [page, framed]) {
      assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/);
      assert.equal(answer.headers['x-frame-options'], 'DENY');
    }
  });

  it('a PIN that another site’s form sends, even with the right path', async () => {
    const window = await rig.open();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: rig.city.origin },
      { 'sec-fetch-site': 'same-site', origin: rig.entrance },
      { 'sec-fetch-site': undefined },
      { origin: 'null' },
    ]) {
      const answer = await window.post('/pin', { pin: 'WRONG1', card: rig.card.channel.label }, headers);
      assert.equal(answer.status, 403);
    }
    assert.equal((await new CardSession(rig.card.channel).pinStatus('sign')).triesLeft, 5);
    assert.equal((await window.post('/yes', {}, { 'sec-fetch-site': 'cross-site' })).status, 403);
  });

  it('another user of this machine', {
    skip:
      (process.getuid?.() !== 0 || process.platform !== 'linux') && 'only root on Linux becomes another user',
  }, async () => {
    const window = await rig.open();
    const ask = async (url: string) => {
      const script = `fetch(${JSON.stringify(url)}).then(async (r) => console.log(r.status, await r.text()))`;
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
        uid: 65534,
        gid: 65534,
        cwd: '/',
      });
      return stdout;
    };
    assert.match(await ask(`${rig.entrance}/status`), /^403 /);
    assert.match(await ask(`http://127.0.0.1:${rig.agent.uiPort}${window.path}`), /^403 /);
  });

  it('a path nobody was given', async () => {
    const stranger = new AgentWindow(`http://127.0.0.1:${rig.agent.uiPort}/${'0'.repeat(32)}`);
    assert.equal((await stranger.page()).status, 404);
    assert.equal((await stranger.post('/pin', { pin: 'ABC123' })).status, 404);
    assert.equal((await exchange(`http://127.0.0.1:${rig.agent.uiPort}/`)).status, 404);
  });
});

describe('the pages of the agent', () => {
  it('carry the headers that keep script, frames, caches and openers away', async () => {
    const request = await rig.city.request();
    const first = await rig.handOver({ request, definition });
    assert.equal(first.headers['cross-origin-opener-policy'], undefined);
    assert.match(String(first.headers['content-security-policy']), /^default-src 'none'; script-src 'nonce-/);
    const posted = first.text.match(/postMessage\((.*?), ("[^"]*")\)/);
    assert.equal(posted?.[2], JSON.stringify(rig.city.origin));
    const window = await rig.open();
    const { headers } = await window.page();
    const policy = String(headers['content-security-policy']);
    for (const part of [
      "default-src 'none'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
      assert.ok(policy.includes(part), part);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'same-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['set-cookie'], undefined);
  });

  it('have a path of 128 bits that changes each time', async () => {
    const [one, two] = [await rig.open(), await rig.open()];
    assert.match(one.path, /^\/[0-9a-f]{32}$/);
    assert.notEqual(one.path, two.path);
    assert.notEqual(rig.agent.uiPort, rig.agent.port);
  });
});

function goodOcsp() {
  return rig.city.authority.ocsp(rig.city.authority.city.certificate, rig.clock.now);
}

/** What comes back for bytes that no HTTP client would send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(rig.agent.port, '127.0.0.1', () => socket.end(text));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
