import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { explainRule } from '@madoguchi/procedure';
import { registers, words } from '@madoguchi/ui';
import { ClientError } from '../client-error.js';
import { explainClientError } from '../client-words.js';
import { renewalRule } from '../renewal/renewal-error.js';
import { tokenRule } from '../tokens/token-error.js';
import { startAgent } from './agent.js';
import { CardQueue } from './card-queue.js';
import { JobError } from './desk/job-service.js';
import { jobStopped } from './desk/job-troubles.js';
import { HeldPin } from './held-pin.js';
import { holdsMyNumber } from './my-number-fields.js';
import { agentPhrase } from './phrase.js';
import { readPinForm } from './pin-form.js';
import { parseProcNetTcp, peerUid } from './proc-net.js';
import { agentVersion } from './version.js';

describe('the PIN in memory', () => {
  it('comes out of the form as bytes, and the form is wiped', () => {
    const body = Buffer.from('card=Reader+1&pin=a%42c%2B1%E3%81%82&lastTry=yes');
    const { pin, fields } = readPinForm(body);
    assert.equal(pin.toString(), 'aBc+1あ');
    assert.deepEqual([...fields], [['card', 'Reader 1'], ['lastTry', 'yes']]); // biome-ignore format: pairs
    assert.ok(body.every((byte) => byte === 0));
    for (const odd of ['', '&', '=', 'pin', 'pin=', '%', 'pin=%', 'pin=%4', 'pin=1&pin=2&&'])
      assert.ok(readPinForm(Buffer.from(odd)).pin.length <= 1 || odd === 'pin=%4');
  });

  it('is zeroed when forgotten, and by itself when its time is over', async () => {
    const bytes = Buffer.from('ABC123');
    const held = new HeldPin(bytes, { lifeMs: 60_000 });
    assert.equal(held.bytes, bytes);
    held.forget();
    assert.equal(held.bytes, undefined);
    assert.ok(bytes.every((byte) => byte === 0));
    const late = Buffer.from('ABC123');
    const short = new HeldPin(late, { lifeMs: 20 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(short.bytes, undefined);
    assert.ok(late.every((byte) => byte === 0));
  });
});

describe('a computer that sleeps', () => {
  it('finds the PIN wiped when it wakes, though no timer ran meanwhile', async () => {
    const time = { now: 1_000_000 };
    const bytes = Buffer.from('ABC123');
    const held = new HeldPin(bytes, { lifeMs: 300_000, clock: () => time.now, lookMs: 10 });
    time.now += 299_000;
    assert.equal(held.bytes, bytes);
    time.now += 8 * 3600_000;
    // Nobody asks for it: the buffer is zeroed all the same.
    while (bytes.some((byte) => byte !== 0)) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(held.bytes, undefined);
    const asked = Buffer.from('ABC123');
    const slow = new HeldPin(asked, { lifeMs: 300_000, clock: () => time.now });
    time.now += 300_000;
    assert.equal(slow.bytes, undefined);
    assert.ok(asked.every((byte) => byte === 0));
  });
});

describe('two pages at one card', () => {
  it('take turns: a second visit waits for the end of the first, and a failed one blocks nobody', async () => {
    const seen: string[] = [];
    const channel = {
      label: 'Reader 1',
      withCard: async <T>(fn: (transmit: never) => Promise<T>): Promise<T> => {
        seen.push('in');
        try {
          return await fn(undefined as never);
        } finally {
          seen.push('out');
        }
      },
    };
    const queue = new CardQueue();
    const visit = (name: string, end: 'good' | 'bad') =>
      queue.inTurn(channel).withCard(async () => {
        seen.push(name);
        await new Promise((resolve) => setTimeout(resolve, 10));
        if (end === 'bad') throw new ClientError('card-removed');
        return name;
      });
    const [one, two, three] = [visit('1', 'good'), visit('2', 'bad'), visit('3', 'good')];
    assert.equal(await one, '1');
    await assert.rejects(two, ClientError);
    assert.equal(await three, '3');
    assert.deepEqual(seen, ['in', '1', 'out', 'in', '2', 'out', 'in', '3', 'out']);
  });
});

describe('the agent’s place on this machine', () => {
  it('reads the kernel’s table of connections', () => {
    const [row] = parseProcNetTcp(
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n' +
        '   0: 0100007F:60D3 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 12345 1 0\nnonsense\n',
    );
    assert.deepEqual(row, {
      localPort: 24787,
      remotePort: 0,
      loopbackOrAny: true,
      listening: true,
      uid: 1000,
      inode: 12345,
    });
  });

  it('knows its own user’s connections where the system tells', {
    skip: process.platform !== 'linux' && 'only Linux tells whose a connection is',
  }, async () => {
    const server = createServer(async (incoming, answer) => {
      const { localPort = 0, remotePort = 0 } = incoming.socket;
      answer.end(String(await peerUid({ localPort, remotePort })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const uid = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    assert.equal(uid, String(process.getuid?.()));
    await new Promise((resolve) => server.close(resolve));
  });

  it('names who holds its port, and does not start elsewhere', async () => {
    const options = {
      channels: async () => [],
      anchors: { agency: [], citizen: [] },
      demo: true,
      phrase: 'x',
      port: 0,
    };
    const first = await startAgent(options);
    try {
      await assert.rejects(startAgent({ ...options, port: first.port }), (error: unknown) => {
        assert.ok(error instanceof ClientError && error.code === 'port-taken');
        const { what } = explainClientError(error);
        assert.match(what.en, /madoguchi-agent 0\.1\.0/);
        if (process.platform === 'linux') assert.match(what.en, new RegExp(`pid ${process.pid}`));
        return true;
      });
    } finally {
      await first.close();
    }
  });

  it('keeps its phrase where only the holder reads it, and takes the holder’s own words', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'madoguchi-phrase-'));
    try {
      const made = await agentPhrase(path.join(folder, 'agent'));
      const file = path.join(folder, 'agent', 'phrase.txt');
      assert.equal((await readFile(file, 'utf8')).trim(), made);
      assert.equal(await agentPhrase(path.join(folder, 'agent')), made);
      if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o077, 0);
      await writeFile(file, 'わたしの 庭の 柿の木\n');
      assert.equal(await agentPhrase(path.join(folder, 'agent')), 'わたしの 庭の 柿の木');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('tells the version of its package', async () => {
    const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
    assert.equal(JSON.parse(manifest).version, agentVersion);
  });
});

describe('words and warnings', () => {
  it('take a rule that nobody knows, whatever its name, for a refusal', () => {
    for (const rule of ['constructor', 'toString', '__proto__', 'job.unheard']) {
      assert.equal(jobStopped(new JobError(rule), true).id, 'job.refused', rule);
      assert.equal(renewalRule(rule), 'renewal.refused');
      assert.equal(tokenRule(rule), 'token.refused');
      assert.match(explainRule(rule).what.en, /\w/);
    }
  });

  it('finds a number in the form of a My Number, however it is written', () => {
    for (const text of ['123456789018', '１２３４５６７８９０１８', '1234 5678 9018', 'no. 1234-5678-9018.'])
      assert.ok(holdsMyNumber(text), text);
    for (const text of ['', '123456789012', '1234567890180', '090-1234-5678', '令和8年11月22日'])
      assert.ok(!holdsMyNumber(text), text);
  });

  it('explain every error of the card in three registers, with no place left open', () => {
    const codes = ['no-library', 'service-stopped', 'no-reader', 'no-card', 'card-busy', 'card-removed', 'card-unresponsive', 'card-unexpected', 'not-my-number-card', 'no-certificate', 'pin-format', 'pin-wrong', 'pin-last-try', 'pin-locked', 'port-taken'] as const; // biome-ignore format: one list
    for (const code of codes) {
      const { what, next } = explainClientError(new ClientError(code, { subject: 'x{y', triesLeft: 2 }));
      for (const register of registers)
        for (const text of [what, next])
          assert.doesNotMatch(words(text, register), /^$|\{(pin|form|tries|subject)\}/);
    }
  });
});
