import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { registers, words } from '@madoguchi/ui';
import { CardSession } from '../card-session.js';
import { ClientError } from '../client-error.js';
import { fakeDer, makeTestCard } from '../testing/test-card.js';
import { type DoctorOptions, doctor } from './doctor.js';

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
    ...options,
  });
}

function states(report: Awaited<ReturnType<typeof doctor>>) {
  return Object.fromEntries(report.checks.map(({ id, state }) => [id, state]));
}

describe('doctor', () => {
  it('says of each part what was found, what it means and what comes next, in three registers', async () => {
    const report = await examine();
    assert.equal(report.checks.length, 10);
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
      card: 'ok',
      certificate: 'fail',
      'pin-sign': 'ok',
      'pin-auth': 'ok',
      agent: 'fail',
      browser: 'ok',
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
});
