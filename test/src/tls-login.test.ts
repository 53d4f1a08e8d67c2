import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { parseCertificate, validatePath } from '@madoguchi/pki';
import { type IssuedCard, issueCard, withCardInReader } from './support/issued-card.js';
import { inPcscNamespace, type Outcome, run, runWithInput } from './support/pcsc-namespace.js';
import { profileIssuer } from './support/profile-issuer.js';

/*
 * Log-in by TLS client certificate with the card's authentication key: OpenSC's PKCS#11 module under curl and OpenSSL, against a Node server
 * that judges the certificate with our own path validation. TLS 1.2 with RSA and SHA-256 only: the card pads PKCS#1 v1.5, TLS 1.3 wants PSS.
 */
const module = '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so';
const key = (pin: string) =>
  `pkcs11:token=JPKI%20(User%20Authentication%20PIN);id=%01;type=private;pin-value=${pin}`;
const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

inPcscNamespace(import.meta.url, ['openssl', 'curl', 'opensc-tool'], () => {
  let card: IssuedCard;
  let stranger: IssuedCard;
  let server: Server;
  let modern: Server;
  let folder = '';

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mado-tls-'));
    card = await issueCard(folder, profileIssuer(new Date()));
    stranger = await issueCard(folder, profileIssuer(new Date()));
    const made = await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', '2', '-subj', '/CN=localhost'],
      ...[
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        `${folder}/tls.key`,
        '-out',
        `${folder}/tls.pem`,
      ],
    ]);
    assert.equal(made.code, 0, made.stderr);
    await writeFile(`${folder}/auth.pem`, pem(card.certificates.authentication));
    await writeFile(`${folder}/stranger.pem`, pem(stranger.certificates.authentication));
    const identity = { key: await readFile(`${folder}/tls.key`), cert: await readFile(`${folder}/tls.pem`) };
    const asks = { ...identity, requestCert: true, rejectUnauthorized: false };
    server = createServer({ ...asks, maxVersion: 'TLSv1.2', sigalgs: 'RSA+SHA256' }, (request, response) => {
      const { status, text } = judge(request.socket as TLSSocket);
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    });
    modern = createServer({ ...asks, minVersion: 'TLSv1.3' }, (_request, response) => response.end('1.3'));
    for (const each of [server, modern]) {
      each.listen(0, '127.0.0.1');
      await once(each, 'listening');
    }
  });
  after(async () => {
    for (const each of [server, modern]) {
      each.closeAllConnections();
      each.close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  /** Who it is, by our own path validation: the authentication certificate of a citizen of this authority, or nobody. */
  function judge(socket: TLSSocket): { status: number; text: string } {
    const leaf = socket.getPeerCertificate(false)?.raw;
    if (leaf === undefined) return { status: 401, text: 'no certificate' };
    const path = validatePath({
      leaf,
      anchors: [card.certificates.authenticationCa],
      time: new Date(),
      checkRevocation: false,
      keyUsage: ['digitalSignature'],
    });
    const parsed = parseCertificate(leaf);
    if (!path.valid || !parsed.ok) return { status: 403, text: path.reason };
    return { status: 200, text: `welcome ${socket.getProtocol()}` };
  }

  const portOf = (which: Server) => (which.address() as AddressInfo).port;
  const env = { PKCS11_MODULE_PATH: module };
  const curl = (certificate: string, pin: string, which = server): Promise<Outcome> =>
    run(
      'curl',
      [
        ...[
          '--silent',
          '--show-error',
          '--max-time',
          '120',
          '--cacert',
          `${folder}/tls.pem`,
          '--engine',
          'pkcs11',
        ],
        ...['--cert', `${folder}/${certificate}`, '--key-type', 'ENG', '--key', key(pin)],
        ...['--write-out', '%{http_code}', `https://localhost:${portOf(which)}/`],
      ],
      { env },
    );
  const triesLeft = async () => {
    const { stdout } = await run('pkcs15-tool', ['--list-pins']);
    return [...stdout.matchAll(/Tries left\s+: (\d+)/g)].map((match) => match[1]);
  };

  test('curl logs in with the card: TLS 1.2, and our path validation knows the certificate', () =>
    withCardInReader(card, async () => {
      const done = await curl('auth.pem', '1234');
      assert.equal(done.code, 0, done.stderr);
      assert.equal(done.stdout, 'welcome TLSv1.2\n200');
      assert.deepEqual(await triesLeft(), ['3', '5']);
    }));

  test('openssl s_client logs in with the card too', () =>
    withCardInReader(card, async () => {
      const done = await runWithInput(
        'openssl',
        [
          ...['s_client', '-connect', `127.0.0.1:${portOf(server)}`, '-servername', 'localhost', '-tls1_2'],
          ...['-CAfile', `${folder}/tls.pem`, '-engine', 'pkcs11', '-keyform', 'engine', '-key', key('1234')],
          ...['-cert', `${folder}/auth.pem`, '-quiet', '-no_ign_eof', '-verify_return_error'],
        ],
        'GET / HTTP/1.0\r\n\r\n',
        'welcome',
        env,
      );
      assert.match(done.stdout, /200 OK[\s\S]*welcome TLSv1\.2/, done.stderr);
    }));

  test('a card of another authority proves its key and is still nobody here', () =>
    withCardInReader(stranger, async () => {
      const done = await curl('stranger.pem', '1234');
      assert.equal(done.code, 0, done.stderr);
      assert.match(done.stdout, /403$/);
    }));

  test('a certificate without its card, and a card with another one’s certificate, do not get through the handshake', async () => {
    assert.notEqual((await curl('auth.pem', '1234')).code, 0, 'no card');
    await withCardInReader(stranger, async () => {
      const done = await curl('auth.pem', '1234');
      assert.notEqual(done.code, 0, done.stdout);
      assert.doesNotMatch(done.stdout, /welcome/);
    });
  });

  test('a wrong PIN logs nobody in and costs tries of the authentication PIN alone', () =>
    withCardInReader(card, async () => {
      const done = await curl('auth.pem', '9999');
      assert.notEqual(done.code, 0);
      const [authentication, signature] = await triesLeft();
      assert.ok(Number(authentication) < 3);
      assert.equal(signature, '5');
    }));

  test('TLS 1.3 cannot be done with this card, as is known: it wants PSS', () =>
    withCardInReader(card, async () => {
      const done = await curl('auth.pem', '1234', modern);
      assert.notEqual(done.code, 0);
      assert.doesNotMatch(done.stdout, /1\.3/);
    }));
});
