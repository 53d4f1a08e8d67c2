// The start page of the agent that runs for this user, told by a command.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { buildName, generateKeyPair, issueCertificate, rootTemplate, softwareSigner } from '@madoguchi/pki';
import { cli, freePort, lasting, temporary } from './testing/cli.js';

const dir = temporary('open');
const home = path.join(dir, 'home');
const env = { HOME: home, XDG_CONFIG_HOME: '', DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
const running = path.join(home, '.config', 'madoguchi', 'running.json');
const trust = path.join(dir, 'trust');

describe('agent open', {
  skip: process.platform !== 'linux' && 'the holder’s folder is Linux’s here',
}, () => {
  before(async () => {
    mkdirSync(home);
    mkdirSync(path.join(trust, 'agency'), { recursive: true });
    const { pkcs8, publicKey } = await generateKeyPair('p256');
    const template = rootTemplate({
      serial: Uint8Array.of(1),
      publicKey,
      notBefore: new Date(Date.now() - 86_400_000),
      notAfter: new Date(Date.now() + 86_400_000),
      subject: buildName([['O', 'JPKI-DEMO']]),
    });
    const root = await issueCertificate(template, softwareSigner(pkcs8));
    writeFileSync(path.join(trust, 'agency', 'root.cer'), root);
    writeFileSync(
      path.join(trust, 'trust.json'),
      JSON.stringify({ demo: true, portals: ['http://127.0.0.1:9', 'http://portal.example'] }),
    );
  });

  test('without an agent it says what to do', async () => {
    const { code, out, err } = await cli(['agent', 'open'], { env });
    assert.equal(code, 69);
    assert.equal(out, '');
    assert.match(err, /agent install --trust DIR|An agent answers on port 24787, but it is not/);
  });

  test('it tells the page of the agent that runs for this user, and portals come from trust.json', async () => {
    const port = await freePort();
    const agent = await lasting(['serve', 'agent', '--trust', trust, '--port', String(port)], 'own page:', {
      env,
    });
    assert.match(agent.err(), /trust\.json: http:\/\/portal\.example cannot be used/);
    const { code, out, err } = await cli(['agent', 'open'], { env });
    assert.equal(code, 0, err);
    assert.ok(agent.out().includes(`your own page: ${out.trim()}`), out);
    const page = await (await fetch(`${out.trim()}?lang=en`)).text();
    assert.match(page, /Signing agent/);
    // The portal that trust.json lists may be told; another one is refused.
    const tell = async (origin: string) => {
      const form = new FormData();
      form.set('return', `${origin}/start`);
      form.set('lang', 'en');
      const headers = { origin, 'sec-fetch-dest': 'document' };
      return (await fetch(`http://127.0.0.1:${port}/status`, { method: 'POST', body: form, headers })).status;
    };
    assert.deepEqual([await tell('http://127.0.0.1:9'), await tell('http://127.0.0.1:8')], [200, 403]);
    assert.ok(readFileSync(running, 'utf8').includes(out.trim()));
    assert.equal(await agent.stop(), 0);
    assert.equal(existsSync(running), false);
  });

  test('a portal is an origin', async () => {
    const { code, err } = await cli(['agent', 'install', '--portal', 'https://p.example/start'], { env });
    assert.equal(code, 64);
    assert.match(err, /--portal is https:\/\/p\.example\/start: write an origin/);
  });
});
