// Mail leaves this machine under TLS only: a server that offers none, or that nobody vouches for, is given nothing.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { freePort, noSmtpServer, startSmtpServer } from '../testing/smtp-server.js';
import { smtpSender } from './smtp.js';

/** Of this machine, and not one of the names that need no TLS. */
const host = '127.0.0.2';
const from = 'noreply@city.example';
const letter = {
  to: 'taro@example.jp',
  subject: '件名',
  text: '本文',
  stopUrl: 'https://city.example/',
  id: 'x1',
};
const skip = process.platform === 'linux' ? noSmtpServer : 'only Linux answers at 127.0.0.2 by itself';

/** Sends from a process of its own that believes this authority besides the usual ones. */
async function sendTrusting(authority: string, url: string): Promise<unknown> {
  const program = `import { smtpSender } from ${JSON.stringify(new URL('./smtp.js', import.meta.url).href)};
    process.stdout.write(JSON.stringify(await smtpSender(${JSON.stringify({ url, from })}).send(${JSON.stringify(letter)})));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authority },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(out);
}

test('STARTTLS with a server that is vouched for; no letter without it, nor to a server that nobody knows', {
  skip,
}, async () => {
  const parent = await mkdtemp(path.join(tmpdir(), 'mado-smtp-'));
  const at = (name: string) => path.join(parent, name);
  const tls = { certificate: at('server.pem'), key: at('server.key') };
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=IP:${host}`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', tls.key];
  execFileSync('openssl', ['req', '-x509', ...key, ...names, '-days', '2', '-out', tls.certificate], {
    stdio: 'pipe',
  });
  const letters = async (box: string) => (await readdir(path.join(at(box), 'new'))).length;
  const ports = { plain: await freePort(), secured: await freePort() };
  const servers = [
    await startSmtpServer({ host, port: ports.plain, folder: at('plain') }),
    await startSmtpServer({ host, port: ports.secured, folder: at('secured'), tls }),
  ];
  try {
    const refused = { ok: false, rule: 'smtp.connection', permanent: false };
    const plain = smtpSender({ url: `smtp://${host}:${ports.plain}`, from });
    const without = await plain.send(letter);
    assert.deepEqual(without, { ...refused, rule: 'smtp.454' }, 'no TLS: somebody may have taken it out');
    assert.equal(await letters('plain'), 0);
    const url = `smtp://${host}:${ports.secured}`;
    assert.deepEqual(await smtpSender({ url, from }).send(letter), refused, 'a certificate of nobody known');
    assert.equal(await letters('secured'), 0);
    assert.deepEqual(await sendTrusting(tls.certificate, url), { ok: true });
    assert.equal(await letters('secured'), 1);
  } finally {
    for (const server of servers) server.kill();
    await rm(parent, { recursive: true, force: true });
  }
});
