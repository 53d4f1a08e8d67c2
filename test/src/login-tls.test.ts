// Login over https: the agent's page is then another site, so only a Secure cookie with SameSite=None comes along with the answer.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Agent, startAgent } from '@madoguchi/client';
import { authenticationTemplate, demoOids, issueCertificate } from '@madoguchi/pki';
import type { Browser } from 'playwright-core';
import { openLoginRoom } from '../../packages/agency/dist/testing/login-room.js';
import { base, temporaryDatabase } from '../../packages/agency/dist/testing/room.js';
import { makeTestCard, testPins } from '../../packages/client/dist/testing/test-card.js';
import { basicsFor } from '../../packages/testing/dist/index.js';
import { chromiumPath, launchChromium } from './support/browser.js';

const host = 'city.mihon.example';
const missing = [
  ...(chromiumPath === undefined ? ['chromium'] : []),
  ...(spawnSync('openssl', ['version']).status === 0 ? [] : ['openssl']),
];

interface WebApp {
  fetch(request: Request): Response | Promise<Response>;
}

/** The city's application behind TLS of its own. */
function tlsServer(app: WebApp, origin: () => string, keys: { key: Buffer; cert: Buffer }): Server {
  return createServer(keys, async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers))
      if (typeof value === 'string') headers.set(name, value);
    const { method = 'GET' } = incoming;
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(Buffer.concat(chunks)) };
    const answer = await app.fetch(new Request(`${origin()}${incoming.url}`, { method, headers, ...body }));
    outgoing.statusCode = answer.status;
    for (const [name, value] of answer.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
    outgoing.setHeader('set-cookie', answer.headers.getSetCookie());
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
}

describe('login over https', { skip: missing.length > 0 && `not installed: ${missing.join(', ')}` }, () => {
  const ends: (() => Promise<unknown> | unknown)[] = [];
  let origin = '';
  let browser: Browser;
  let room: Awaited<ReturnType<typeof openLoginRoom>>;
  let agent: Agent;

  before(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mado-tls-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    const made = spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      ...subject,
    ]);
    assert.equal(made.status, 0, made.stderr.toString());
    const { db, close } = await temporaryDatabase();
    ends.push(close);
    const held: { app?: WebApp } = {};
    const keys = { key: readFileSync(key), cert: readFileSync(cert) };
    const server = tlsServer(
      { fetch: (request) => held.app?.fetch(request) ?? new Response() },
      () => origin,
      keys,
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    origin = `https://${host}:${port}`;

    const agentRef: { port: number } = { port: 0 };
    const world = await openLoginRoom(db, origin, () => `http://127.0.0.1:${agentRef.port}`);
    room = world;
    const { ca } = world.people;
    const card = await makeTestCard({
      issue: async (cardKeys) => {
        const template = authenticationTemplate({
          ...basicsFor(cardKeys.auth.spki),
          issuer: ca.certificate,
          prefectureRomaji: 'Mihon-ken',
          municipalityRomaji: 'Mihon-shi',
          commonName: '2026010109000000000000000009',
          policyOid: demoOids.authentication,
        });
        return { auth: await issueCertificate(template, ca.signer), signCa: ca.der, authCa: ca.der };
      },
    });
    agent = await startAgent({
      port: 0,
      channels: async () => [card.channel],
      anchors: { agency: [world.world.root.der], citizen: [ca.der] },
      demo: true,
      phrase: '青いつばめ',
      clock: () => world.time.now,
    });
    agentRef.port = agent.port;
    ends.push(() => agent.close());
    held.app = world.loginApp();
    browser = await launchChromium([
      `--host-resolver-rules=MAP ${host} 127.0.0.1`,
      `--ip-address-space-overrides=127.0.0.1:${port}=public`,
    ]);
    ends.push(() => browser.close());
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  test('the answer comes from another site and opens the session of the browser that asked', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'ja-JP' });
    const page = await context.newPage();
    await page.goto(`${origin}${base}/my`);
    await page.waitForLoadState();
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'カードでログインする' }).click();
    const window = await opened;
    await window.locator('[name=pin]').waitFor();
    assert.match((await window.locator('main').textContent()) ?? '', new RegExp(`依頼したサイト\\s*${host}`));
    await window.locator('[name=pin]').fill(testPins.auth);
    await window.locator('#next').click();
    await window.waitForURL(`${origin}/**`);
    await window.getByRole('heading', { level: 1, name: 'ログインしました' }).waitFor();
    await page.getByText('カードでログインしています').waitFor();
    const [cookie] = await context.cookies();
    assert.deepEqual([cookie?.name, cookie?.secure, cookie?.httpOnly], ['mado_my_99201', true, true]);
    assert.ok(room.logged.some(({ event }) => event === 'login.good'));
    await context.close();
  });
});
