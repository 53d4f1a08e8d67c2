import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { buildOcspRequest, generateKeyPair, verifyOcspResponse } from '@madoguchi/pki';
import { demoResidents } from '../residents.js';
import { missing, openssl, startAuthority, type TestAuthority, writePem } from '../testing/authority.js';
import { exportOcsp } from './export.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
});
after(() => authority.close());

async function issue(profile: 'signature' | 'authentication') {
  const [resident] = demoResidents;
  assert.ok(resident);
  const { publicKey } = await generateKeyPair('p256');
  const issued = await authority.ca.issue({ profile, publicKey, resident });
  const [issuer] = issued.chain;
  assert.ok(issuer);
  return { ...issued, issuer };
}

/** A web server that knows nothing but files. */
async function withFiles<T>(folder: string, work: (origin: string) => Promise<T>): Promise<T> {
  const server = http.createServer((request, response) => {
    const file = path.join(folder, decodeURIComponent(request.url ?? ''));
    createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    return await work(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  } finally {
    server.close();
  }
}

const nameOf = (question: { certificate: Uint8Array; issuer: Uint8Array }) =>
  Buffer.from(buildOcspRequest(question)).toString('base64');

test('a plain web server answers from the exported files what the responder says, at the address of RFC 5019', {
  skip: missing('openssl'),
}, async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => issue('authentication')));
  const hidden = await issue('signature');
  const [revoked] = all;
  assert.ok(revoked);
  await authority.ca.revoke({ certificate: { serial: revoked.serial }, reason: 'superseded' });
  const folder = path.join(authority.dir, 'cdn');
  const { written, skipped } = await exportOcsp(authority.ca.context, folder);
  assert.equal(written + skipped >= all.length, true);

  let seen = 0;
  await withFiles(folder, async (origin) => {
    for (const one of all) {
      const name = nameOf(one);
      const answer = await fetch(`${origin}/ocsp/${encodeURIComponent(name)}`);
      if (name.includes('//')) {
        assert.equal(answer.status, 404);
        continue;
      }
      seen++;
      assert.equal(answer.status, 200);
      const response = new Uint8Array(await answer.arrayBuffer());
      const verdict = verifyOcspResponse({ ...one, response, time: authority.now });
      assert.ok(verdict.ok, JSON.stringify(verdict));
      assert.equal(verdict.status, one === revoked ? 'revoked' : 'good');
    }
    // What only verifiers may ask about is not among them, unless it is asked for.
    const sign = `${origin}/ocsp/${encodeURIComponent(nameOf(hidden))}`;
    assert.equal((await fetch(sign)).status, 404);
    await exportOcsp(authority.ca.context, folder, ['sign']);
    assert.equal((await fetch(sign)).status, nameOf(hidden).includes('//') ? 404 : 200);
  });
  assert.ok(seen > 0);

  const readable = all.find((one) => !nameOf(one).includes('//') && one !== revoked);
  assert.ok(readable);
  const { dir } = authority;
  const root = await writePem(path.join(dir, 'issuer.pem'), 'CERTIFICATE', [readable.issuer]);
  const leaf = await writePem(path.join(dir, 'leaf.pem'), 'CERTIFICATE', [readable.certificate]);
  const file = path.join(folder, 'ocsp', nameOf(readable));
  const judged = openssl('ocsp', '-respin', file, '-CAfile', root, '-issuer', root, '-cert', leaf);
  assert.match(judged.output, /Response verify OK/);
  assert.match(judged.output, /leaf\.pem: good/);
});
