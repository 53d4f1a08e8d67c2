import assert from 'node:assert/strict';
import { verify, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  CardSession,
  ClientError,
  imageChannel,
  listReaders,
  type ReaderList,
  readerChannel,
  readerChannels,
  waitForCard,
  watchReaders,
} from '@madoguchi/client';
import { type IssuedCard, issueWithOpenssl, withCardInReader } from './support/issued-card.js';
import { inPcscNamespace, run, startDaemon, stopDaemon } from './support/pcsc-namespace.js';

const selectJpki = '00:A4:04:0C:0A:D3:92:F0:00:26:01:00:00:00:01';
const reader = 'Virtual PCD 00 00';

function code(expected: string) {
  return (error: unknown) => error instanceof ClientError && error.code === expected;
}

/** Several rounds, as the library's finalizers run between them; what throws there fails the test. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 5; round += 1) {
    collect();
    await pause(20);
  }
}

inPcscNamespace(import.meta.url, ['opensc-tool', 'openssl'], () => {
  let issued: IssuedCard;
  before(async () => {
    issued = await issueWithOpenssl(await mkdtemp(path.join(tmpdir(), 'mado-client-')));
  });
  after(() => rm(issued.folder, { recursive: true }));

  /** Another program tries to read the signature certificate: the last status word it gets, or why it got nowhere. */
  const stranger = async (commands: string): Promise<string> => {
    const { stdout, stderr } = await run('opensc-tool', ['-r', '0', '-c', 'default', ...commands.split(' ')]);
    const [, high, low] = [...stdout.matchAll(/SW1=0x(..), SW2=0x(..)/g)].at(-1) ?? [];
    return high === undefined ? stderr.trim() : `${high}${low}`.toUpperCase();
  };

  test('the client lists both readers, and the kind of card when one comes', async () => {
    assert.deepEqual(await listReaders(), {
      service: 'running',
      readers: [
        { name: reader, cardPresent: false },
        { name: 'Virtual PCD 00 01', cardPresent: false },
      ],
    });
    await assert.rejects(
      (await readerChannel()).withCard(async () => 0),
      code('no-card'),
    );
    await withCardInReader(issued, async () => {
      const { readers } = await listReaders();
      assert.deepEqual(readers[0], { name: reader, cardPresent: true, kind: 'my-number-card' });
      assert.equal((await readerChannels())[0]?.label, reader);
    });
  });

  test('a card in a reader and its image in this process give the same results', async () => {
    const data = Buffer.from('住民票の写しの交付申請');
    const ask = async (session: CardSession) => {
      const certificate = await session.readCertificate('sign', 'abc123');
      const signature = await session.sign('sign', 'abc123', data);
      assert.ok(verify('sha256', data, new X509Certificate(certificate).publicKey, signature));
      return [
        await session.kind(),
        await session.pinStatus('sign'),
        await session.pinStatus('auth'),
        Buffer.from(certificate).toString('hex'),
        Buffer.from(await session.readCertificate('auth')).toString('hex'),
        await session.readText('4321'),
        Buffer.from(signature).toString('hex'),
      ];
    };
    const image = await ask(new CardSession(imageChannel(issued.file, issued.imageKey)));
    await withCardInReader(issued, async () => {
      assert.deepEqual(await ask(new CardSession(await readerChannel())), image);
    });
  });

  test('a second program gets 6982 at every moment it gets in', () =>
    withCardInReader(issued, async () => {
      const session = new CardSession(await readerChannel());
      const read = `-s ${selectJpki} -s 00:B0:81:00:04`;
      // Without SELECT it sees exactly what the visit before it left behind.
      const inherit = '-s 00:B0:81:00:04';
      assert.equal(await stranger(read), '6982');
      const during = session.visit(async (visit) => {
        await visit.verify('sign', 'ABC123');
        const answers = [await stranger(read), await stranger(inherit)];
        await visit.readCertificate('sign');
        return answers;
      });
      for (const answer of await during) assert.doesNotMatch(answer, /^(9000|6282)$/);
      assert.notEqual(await stranger(inherit), '9000');
      assert.equal(await stranger(read), '6982');
      await assert.rejects(
        session.visit(async (visit) => {
          await visit.verify('sign', 'ABC123');
          throw new Error('a defect midway');
        }),
      );
      assert.notEqual(await stranger(inherit), '9000');
      assert.equal(await stranger(`-s ${selectJpki} -s 80:2A:00:9A:01:00:00`), '6982');
    }));

  test('a card another program holds is busy, one pulled out midway has its name', async () => {
    await withCardInReader(issued, async () => {
      const first = new CardSession(await readerChannel());
      const second = new CardSession(await readerChannel());
      let inside = () => {};
      const started = new Promise<void>((resolve) => {
        inside = resolve;
      });
      let release = () => {};
      const ended = new Promise<void>((resolve) => {
        release = resolve;
      });
      const held = first.visit(() => {
        inside();
        return ended;
      });
      await started;
      await assert.rejects(second.kind(), code('card-busy'));
      release();
      await held;
      assert.equal(await second.kind(), 'my-number-card');
    });
    let pulled: Promise<unknown> | undefined;
    await withCardInReader(issued, async () => {
      let inside = () => {};
      const started = new Promise<void>((resolve) => (inside = resolve));
      pulled = new CardSession(await readerChannel()).visit(async (visit) => {
        inside();
        for (;;) await visit.pinStatus('sign');
      });
      pulled.catch(() => undefined);
      await started;
    });
    await assert.rejects(pulled ?? Promise.resolve(), code('card-removed'));
  });

  test('a watch notices the card put in and taken out by itself, and a wait ends when it is there', async () => {
    const end = new AbortController();
    const lists = watchReaders({ signal: end.signal });
    const next = async () => ((await lists.next()).value as ReaderList).readers[0];
    try {
      assert.deepEqual(await next(), { name: reader, cardPresent: false });
      await withCardInReader(issued, async () => {
        assert.deepEqual(await next(), { name: reader, cardPresent: true, kind: 'my-number-card' });
      });
      assert.deepEqual(await next(), { name: reader, cardPresent: false });
      const waiting = waitForCard({ signal: end.signal });
      await withCardInReader(issued, async () => assert.equal(await waiting, reader));
    } finally {
      // Also when something failed: a watch that goes on would hold this process for ever.
      end.abort();
      await lists.return(undefined);
    }
  });

  test('of two readers the one whose card signs is taken without a question; two such cards are named', async () => {
    const slot = 'Virtual PCD 00 01';
    await withCardInReader(
      issued,
      async () => {
        assert.equal((await readerChannel()).label, slot);
        await withCardInReader(issued, async () => {
          // pcscd has asked the card for its ATR; that it also says so takes another moment.
          while ((await listReaders()).readers.some(({ cardPresent }) => !cardPresent)) await pause(50);
          await assert.rejects(readerChannel(), code('several-cards'));
        });
      },
      { port: 35964 },
    );
  });

  test('pcscd stopped is noticed and named, and everything goes on by itself when it is back', async () => {
    const end = new AbortController();
    const lists = watchReaders({ signal: end.signal });
    const next = async () => (await lists.next()).value as ReaderList;
    try {
      assert.equal((await next()).service, 'running');
      await stopDaemon();
      assert.deepEqual(await next(), { service: 'stopped', readers: [] });
      assert.equal((await listReaders()).service, 'stopped');
      await assert.rejects(readerChannel(), code('service-stopped'));
      await startDaemon();
      assert.equal((await next()).readers.length, 2);
      await withCardInReader(issued, async () => {
        assert.equal(await new CardSession(await readerChannel()).kind(), 'my-number-card');
      });
      // What listened to the service that went away must outlive the garbage collector: it would throw from there, and end the process.
      await collectGarbage();
    } finally {
      end.abort();
      await lists.return(undefined);
    }
  });
});
