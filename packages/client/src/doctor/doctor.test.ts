import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { mutations } from '@madoguchi/testing';
import { registers, words } from '@madoguchi/ui';
import { CardSession } from '../card-session.js';
import { ClientError } from '../client-error.js';
import type { OwnValidity } from '../own-validity.js';
import { citizenAuthority } from '../testing/authorities.js';
import { fakeDer, makeTestCard, testPins } from '../testing/test-card.js';
import { bundledReaders } from './ccid-list.js';
import { type DoctorOptions, doctor } from './doctor.js';
import { applyFixes } from './fixes.js';
import { isKnownReader, parseInfoPlist } from './known-readers.js';
import { doctorSteps } from './steps.js';
import { usbReaders } from './usb-readers.js';

const card = makeTestCard({
  issue: async () => ({ sign: fakeDer(1), auth: fakeDer(2), signCa: fakeDer(3), authCa: fakeDer(4) }),
});

function examine(options: Partial<DoctorOptions> = {}) {
  return doctor({
    now: new Date('2026-11-22T10:00:00Z'),
    channels: async () => [(await card).channel],
    agentPort: 9,
    browsers: async () => ['Firefox'],
    platform: { name: 'linux', release: 'x64', node: '20.20.2' },
    drivers: async () => bundledReaders(),
    usb: async () => [],
    atLogin: async () => ({ autostart: true, scheme: true, current: true }),
    receivers: [],
    ...options,
  });
}

function states(report: Awaited<ReturnType<typeof doctor>>) {
  return Object.fromEntries(report.checks.map(({ id, state }) => [id, state]));
}

describe('doctor', () => {
  it('says of each part what was found, what it means and what comes next, in three registers', async () => {
    const report = await examine();
    assert.equal(report.checks.length, 14);
    for (const check of report.checks)
      for (const register of registers)
        for (const text of [check.title, check.found, check.means, check.next])
          assert.doesNotMatch(words(text, register), /^$|\{|\}/, check.id);
  });

  it('finds what is good and what is not', async () => {
    assert.deepEqual(states(await examine()), {
      system: 'ok',
      node: 'ok',
      service: 'ok',
      reader: 'ok',
      driver: 'ok',
      card: 'ok',
      certificate: 'fail',
      'certificate-sign': 'ok',
      'pin-sign': 'ok',
      'pin-auth': 'ok',
      agent: 'fail',
      login: 'ok',
      browser: 'ok',
      receivers: 'skip',
    });
  });

  it('stops at the first broken link and leaves the rest unchecked', async () => {
    const broken = (code: 'no-library' | 'no-reader') => ({
      channels: () => Promise.reject(new ClientError(code)),
    });
    const library = states(await examine(broken('no-library')));
    assert.deepEqual([library.service, library.reader, library.card], ['fail', 'skip', 'skip']);
    const reader = states(await examine(broken('no-reader')));
    assert.deepEqual([reader.service, reader.reader, reader.card], ['ok', 'fail', 'skip']);
    const empty = {
      label: 'Reader 1',
      withCard: () => Promise.reject(new ClientError('no-card', { subject: 'Reader 1' })),
    };
    const none = states(await examine({ channels: async () => [empty] }));
    assert.deepEqual([none.reader, none.card, none['pin-sign']], ['ok', 'fail', 'skip']);
    assert.equal(states(await examine({ channels: async () => [empty, (await card).channel] })).card, 'ok');
  });

  it('warns before the last tries and costs none itself', async () => {
    const { channel } = await card;
    const session = new CardSession(channel);
    for (let wrong = 0; wrong < 4; wrong += 1)
      await session.sign('sign', 'WRONG1', Buffer.of(1)).catch(() => undefined);
    assert.equal(states(await examine())['pin-sign'], 'warn');
    assert.deepEqual(await session.pinStatus('sign'), { state: 'usable', triesLeft: 1 });
    await session.sign('sign', 'WRONG1', Buffer.of(1), { lastTry: true }).catch(() => undefined);
    assert.equal(states(await examine())['pin-sign'], 'fail');
  });

  it('names the program that holds the port of the agent', async () => {
    const squatter = createServer((_, answer) => answer.end('hello'));
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as AddressInfo;
    const { checks } = await examine({ agentPort: port });
    const agent = checks.find(({ id }) => id === 'agent');
    assert.equal(agent?.state, 'fail');
    assert.match(agent?.found.en ?? '', new RegExp(`holds port ${port}`));
    if (process.platform === 'linux') assert.match(agent?.found.en ?? '', new RegExp(`pid ${process.pid}`));
    await new Promise((resolve) => squatter.close(resolve));
  });

  it('asks for a newer Node.js when it is too old', async () => {
    const report = await examine({ platform: { name: 'linux', release: 'x64', node: '18.20.0' } });
    assert.equal(states(report).node, 'fail');
    assert.equal(report.state, 'fail');
  });

  it('has a place on the preparation page for every line', async () => {
    const placed = doctorSteps.flatMap(({ checks }) => checks);
    const { checks } = await examine();
    assert.deepEqual(new Set(checks.map(({ id }) => id)), new Set(placed));
    assert.equal(placed.length, new Set(placed).size);
  });

  it('tells a reader that USB has and PC/SC has not, and knows readers by the driver’s own list', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'madoguchi-usb-'));
    const put = async (device: string, files: Record<string, string>) => {
      await mkdir(path.join(folder, device), { recursive: true });
      for (const [name, text] of Object.entries(files))
        await writeFile(path.join(folder, device, name), `${text}\n`);
    };
    try {
      await put('1-1', { idVendor: '072f', idProduct: '90cc' });
      await put('1-2', { idVendor: 'fffe', idProduct: '0001', manufacturer: 'ACME', product: 'Reader' });
      await put('1-2:1.0', { bInterfaceClass: '0b' });
      await put('1-3', { idVendor: '046d', idProduct: 'c31c', product: 'Keyboard' });
      await put('1-3:1.0', { bInterfaceClass: '03' });
      const found = await usbReaders(bundledReaders(), folder);
      assert.deepEqual(
        found.map(({ known }) => known),
        [true, false],
      );
      assert.equal(found[1]?.name, 'ACME Reader');
      const report = await examine({
        channels: () => Promise.reject(new ClientError('no-reader')),
        usb: async () => found,
      });
      assert.deepEqual([states(report).reader, states(report).driver], ['fail', 'fail']);
      assert.match(report.checks.find(({ id }) => id === 'driver')?.found.en ?? '', /ACME Reader/);
    } finally {
      await rm(folder, { recursive: true });
    }
    const known = bundledReaders();
    assert.ok(known.length > 500);
    assert.ok(
      isKnownReader('SONY FeliCa RC-S300/P (1234567) 00 00', known) ||
        isKnownReader('ACS ACR39U ICC Reader 00 00', known),
    );
    assert.ok(!isKnownReader('ACME Reader 00 00', known));
  });

  it('reads the list of an installed driver, and takes nothing else for one', async () => {
    const array = (key: string, ...values: string[]) =>
      `<key>${key}</key>\n<array>${values.map((value) => `<string>${value}</string>`).join('\n')}</array>`;
    const text = `<plist>${array('ifdVendorID', '0x072F', '0x08E6')}${array('ifdProductID', '0x90CC', '0x3437')}${array('ifdFriendlyName', 'ACS ACR &amp; 38', 'Gemalto PC')}</plist>`;
    assert.deepEqual(parseInfoPlist(text), [
      { vendor: 0x72f, product: 0x90cc, name: 'ACS ACR & 38' },
      { vendor: 0x8e6, product: 0x3437, name: 'Gemalto PC' },
    ]);
    for (const broken of mutations(Buffer.from(text), 500)) {
      const list = parseInfoPlist(Buffer.from(broken).toString('latin1'));
      assert.ok(list === undefined || Array.isArray(list));
    }
  });

  it('asks the receiving systems, and tells the one that is not reached', async () => {
    const server = createServer((request, answer) => {
      answer.statusCode = request.url === '/closed' ? 503 : 302;
      answer.setHeader('Location', 'https://elsewhere.example/').end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const at = (path: string) => `http://127.0.0.1:${port}${path}`;
    assert.equal(states(await examine({ receivers: [at('/')] })).receivers, 'ok');
    const closed = await examine({ receivers: [at('/'), at('/closed'), 'http://127.0.0.1:9/'] });
    assert.equal(states(closed).receivers, 'fail');
    const line = closed.checks.find(({ id }) => id === 'receivers');
    assert.match(line?.found.en ?? '', /HTTP 503/);
    await new Promise((resolve) => server.close(resolve));
  });

  it('mends only what is safe: a service through the system, never a card, a PIN or a driver', async () => {
    const stopped = await examine({ channels: () => Promise.reject(new ClientError('service-stopped')) });
    const ran: string[] = [];
    const run = (command: readonly string[]) => {
      ran.push(command.join(' '));
      return true;
    };
    const home = await mkdtemp(path.join(tmpdir(), 'madoguchi-fix-'));
    const machine = { platform: 'linux', env: {}, home, uid: 1000, systemd: true, program: ['/x'] } as const;
    try {
      const fixed = await applyFixes(stopped, machine, run);
      assert.deepEqual(
        fixed.map(({ fix, outcome }) => `${fix} ${outcome}`),
        ['start-service done', 'start-agent left'],
      );
      assert.deepEqual(ran, ['systemctl --no-ask-password start pcscd.socket']);
      const windows = { ...machine, platform: 'win32', systemd: false } as const;
      assert.equal((await applyFixes(stopped, windows, run))[0]?.outcome, 'left');
    } finally {
      await rm(home, { recursive: true });
    }
    for (const check of (await examine()).checks)
      if (/^(card|certificate|pin|driver|reader)/.test(check.id)) assert.equal(check.fix, undefined);
  });
});

describe('certificates in the check', () => {
  const citizens = citizenAuthority('JPKI-DEMO');
  const validityOf = (state: OwnValidity) => async () => state;

  it('both are in force, end soon, are over, are revoked: told with dates and days left', async () => {
    const { issue } = await citizens;
    const issued = await makeTestCard({ issue });
    const session = new CardSession(issued.channel);
    const signature = await session.readCertificate('sign', testPins.sign);
    const { validTo } = new X509Certificate(signature);
    const end = new Date(validTo).getTime();
    const at = async (days: number, more: Partial<DoctorOptions> = {}) =>
      examine({
        channels: async () => [issued.channel],
        now: new Date(end - days * 24 * 3600_000 - 1000),
        signature,
        ...more,
      });
    const line = (report: Awaited<ReturnType<typeof doctor>>) =>
      report.checks.find(({ id }) => id === 'certificate-sign');
    const good = await at(120, { validity: validityOf({ state: 'good', at: new Date() }) });
    assert.equal(line(good)?.state, 'ok');
    assert.match(line(good)?.found.en ?? '', /days left: 120\)\. Not revoked/);
    assert.equal(line(await at(90))?.state, 'ok');
    assert.equal(line(await at(89))?.state, 'warn');
    assert.equal(line(await at(-1))?.state, 'fail');
    const revoked = validityOf({
      state: 'revoked',
      at: new Date('2026-10-01T00:00:00Z'),
      reason: 'affiliationChanged',
    });
    const told = line(await at(120, { validity: revoked }));
    assert.equal(told?.state, 'fail');
    assert.match(told?.found.ja ?? '', /2026年10月1日.*に失効しています/);
    const unreached = line(await at(120, { validity: validityOf({ state: 'unreachable', why: 'timeout' }) }));
    assert.equal(unreached?.state, 'ok', 'not to reach a responder is no fault of the certificate');
    assert.match(unreached?.found.en ?? '', /could not be checked \(timeout\)/);
    assert.equal(
      line(await at(120, { validity: validityOf({ state: 'unknown', at: new Date() }) }))?.state,
      'warn',
    );
  });
});
