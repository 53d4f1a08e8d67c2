// The agent on the clerk's computer is killed (SIGKILL) in the middle of the card work, around each message to the counter: whatever the card holds counts,
// the clerk does it again at once with the agent started anew, and nothing is left over.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createCounterLink } from '@madoguchi/ca';
import { CardSession, imageChannel } from '@madoguchi/client';
import { parseCertificate } from '@madoguchi/pki';
import type { AgentVictim } from './support/agent-victim.js';
import { type CounterDesk, counterDesk } from './support/counter-desk.js';

const pins = { sign: 'SOUMU2026', auth: '5936' };

/** In the order of the work, so that each run after a kill gets further than the one before it. */
const deaths: AgentVictim['dieAt'][] = [
  { when: 'after', act: 'take', time: 1 },
  { when: 'after', act: 'word', time: 2 },
  { when: 'before', act: 'certificate', time: 1 },
  { when: 'after', act: 'certificate', time: 1 },
  { when: 'before', act: 'confirm', time: 1 },
  { when: 'after', act: 'confirm', time: 1 },
  { when: 'before', act: 'changed', time: 1 },
  { when: 'after', act: 'changed', time: 1 },
  { when: 'after', act: 'certificate', time: 2 },
  { when: 'after', act: 'confirm', time: 2 },
  { when: 'before', act: 'changed', time: 2 },
  { when: 'before', act: 'end', time: 1 },
];

describe('the agent killed in the middle of a desk job', () => {
  let desk: CounterDesk;
  let cookie: string;
  let resident: string;
  let card: string;
  let session: CardSession;

  before(async () => {
    desk = await counterDesk();
    const [taro] = await desk.sql<{ id: string; number: string }[]>`
      select id, number from ca.resident where name = '総務　太郎'`;
    assert.ok(taro);
    resident = taro.id;
    card = await desk.orderFile(taro.number);
    session = new CardSession(imageChannel(card, desk.imageKey));
    await comeIn();
  });
  after(() => desk?.close());

  async function comeIn(): Promise<void> {
    const link = await createCounterLink(desk.ca.context, { municipality: '99201', clerk: 'clerk-7' });
    const entered = await fetch(`${desk.base}${link}`, { redirect: 'manual' });
    cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  }

  const page = async (path: string) => (await fetch(`${desk.base}${path}`, { headers: { cookie } })).text();

  /** The clerk begins what the resident's page offers first; the signed job of the act. */
  async function begin(): Promise<string> {
    const form = await page(`/counter/residents/${resident}`);
    const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(form) ?? [];
    const kind = /name="kind" value="renew"/.test(form) ? 'renew' : 'issue';
    const begun = await fetch(`${desk.base}/counter/residents/${resident}/act`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: desk.base, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ csrf, kind, who: 'self', evidence: 'licence', reader: 'agent' }),
    });
    assert.equal(begun.status, 303, kind);
    const handOver = await page(begun.headers.get('location') ?? '');
    return /name="request" value="([^"]+)"/.exec(handOver)?.[1] ?? '';
  }

  /** Hands the job over to the agent on that port and types the passwords, as the page would. */
  async function work(port: number, job: string): Promise<string> {
    const form = new FormData();
    form.set('request', job);
    form.set('lang', 'ja');
    const answer = await fetch(`http://127.0.0.1:${port}/counter`, {
      method: 'POST',
      headers: { origin: desk.base },
      body: form,
    });
    const address = /location\.replace\("([^"]+)"/.exec(await answer.text())?.[1] ?? '';
    const typed = { signature: pins.sign, signature2: pins.sign };
    await fetch(`${address}/pins`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: new URL(address).origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ ...typed, authentication: pins.auth, authentication2: pins.auth }),
    });
    return address;
  }

  async function killedAt(dieAt: AgentVictim['dieAt']): Promise<void> {
    const anchors = await desk.ca.anchors();
    const base64 = (all: readonly Uint8Array[]) => all.map((one) => Buffer.from(one).toString('base64'));
    const told: AgentVictim = {
      ...{ counter: desk.base, card, dieAt, imageKey: Buffer.from(desk.imageKey).toString('base64') },
      agency: base64(anchors.agency),
      citizen: base64([...anchors.signature, ...anchors.authentication]),
    };
    const script = fileURLToPath(new URL('./support/agent-victim.js', import.meta.url));
    const agent = spawn(process.execPath, [script, JSON.stringify(told)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(agent, 'exit');
    const [port] = await once(agent.stdout, 'data');
    after(() => agent.kill('SIGKILL'));
    // Where the agent dies before its answer left, the browser says that nobody is there.
    await work(Number(String(port)), await begin()).catch(() => undefined);
    assert.equal((await ended)[1], 'SIGKILL', JSON.stringify(dieAt));
  }

  /** What the card has in use, said by the authority; `none` where nothing is written. */
  async function inUse(key: 'sign' | 'auth'): Promise<string> {
    const certificate = await session.readCertificate(key, pins[key]).catch(() => undefined);
    const parsed = certificate === undefined ? undefined : parseCertificate(certificate);
    if (!parsed?.ok) return 'none';
    const serial = Buffer.from(parsed.value.serial).toString('hex');
    const shown = await desk.ca.show({ serial });
    return `${shown?.state} ${shown?.status}`;
  }

  const acts = async (state: string) =>
    (await desk.sql`select 1 from ca.counter_act where state = ${state}`).length;

  test('at each message: the card holds nothing, or what counts; the clerk begins again at once and gets further', async () => {
    for (const dieAt of deaths) {
      const at = `${dieAt.when} ${dieAt.act} ${dieAt.time}`;
      await killedAt(dieAt);
      const held = { auth: await inUse('auth'), sign: await inUse('sign') };
      for (const key of ['auth', 'sign'] as const) {
        const isWritten = deaths.indexOf(dieAt) >= (key === 'auth' ? 6 : 10);
        const nothing = isWritten ? [] : ['none'];
        assert.ok(['delivered valid', ...nothing].includes(held[key]), `${at}: ${key} ${held[key]}`);
      }
    }
    assert.equal(await acts('working'), deaths.length);
    const [act] = await desk.sql<
      { id: string }[]
    >`select id from ca.counter_act order by number desc limit 1`;
    assert.match(await page(`/counter/acts/${act?.id}`), /カードの作業が終わっていません/);
  });

  test('after a quarter of an hour the acts are closed and stand on the clerk’s first page; done again to the end, one certificate of each kind is valid and nothing waits', async () => {
    desk.aheadMs = 16 * 60_000;
    await desk.ca.recover();
    assert.equal(await acts('working'), 0);
    assert.equal(await acts('failed'), deaths.length);
    assert.equal(await inUse('auth'), 'delivered valid');
    assert.equal(await inUse('sign'), 'delivered valid');
    const handed = (await desk.ca.list({ resident })).filter(({ status }) => status === 'valid');
    assert.ok(
      handed.every(({ state }) => state === 'delivered'),
      'what was not handed over is revoked',
    );
    await comeIn();
    assert.match(await page('/counter'), /機械が途中で止まりました/);

    desk.inReaders = [imageChannel(card, desk.imageKey)];
    const address = await work(desk.agent.port, await begin());
    let seen = '';
    while (!seen.includes('/counter/back/')) {
      seen = await (await fetch(address)).text();
      assert.ok(!seen.includes('先へ進めませんでした'), seen);
    }
    assert.equal(await acts('done'), 1);
    assert.doesNotMatch(await page('/counter'), /機械が途中で止まりました/);
    const all = await desk.ca.list({ resident });
    const living = all.filter(({ status }) => status === 'valid');
    assert.deepEqual(living.map(({ profile, state }) => `${profile} ${state}`).sort(), [
      'authentication delivered',
      'signature delivered',
    ]);
    assert.equal(new Set(all.map(({ serial }) => serial)).size, all.length);
    assert.equal(await inUse('auth'), 'delivered valid');
    assert.equal(await inUse('sign'), 'delivered valid');
    desk.aheadMs += 25 * 3600_000;
    await desk.ca.publishDue();
    assert.equal((await desk.sql`select 1 from ca.renewal_overlap`).length, 0);
    assert.equal(await inUse('sign'), 'delivered valid', 'when every overlap has run out too');
    assert.equal((await desk.ca.verifyAudit()).ok, true);
  });
});
