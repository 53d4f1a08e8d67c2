// Every door of the authority and its counter: who may come in by it, what is turned away before anything is done. The table is written here by hand; a
// route that is not in it fails the first test.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { generateKeyPair } from '@madoguchi/pki';
import { caApp } from '../http/app.js';
import { residents } from '../queries.js';
import { residentById } from '../register/find.js';
import { demoResidents } from '../residents.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { type CounterRoom, openCounterRoom, origin } from '../testing/counter-room.js';
import { prepareAct } from './acts.js';
import { imageCards } from './cards.js';
import { addClerk } from './clerks.js';
import { type Role, roleNames } from './roles.js';
import { createCounterLink } from './session.js';

let authority: TestAuthority;
let room: CounterRoom;
before(async () => {
  authority = await startAuthority('p384');
  const { keystore, dir } = authority;
  room = await openCounterRoom(authority, {
    cards: imageCards({ dir: path.join(dir, 'cards'), imageKey: keystore.derive('card-image'), keystore }),
  });
});
after(() => authority.close());

const clerks: readonly Role[] = ['clerk', 'supervisor'];
const supervisor: readonly Role[] = ['supervisor'];
const readers: readonly Role[] = ['supervisor', 'auditor'];
const line: readonly Role[] = ['supervisor', 'lossLine'];

/** Pages and forms behind a session, with the roles that may. `:id` stands for a resident, an act or a certificate. */
const behindSession: Readonly<Record<string, readonly Role[]>> = {
  'GET /counter/residents/:id': clerks,
  'POST /counter/residents/:id/act': clerks,
  'POST /counter/residents/:id/letter': clerks,
  'POST /counter/residents/:id/report': clerks,
  'POST /counter/residents/:id/event': supervisor,
  'GET /counter/pin/:id': clerks,
  'POST /counter/pin/:id': clerks,
  'GET /counter/acts/:id': clerks,
  'POST /counter/acts/:id/settle': clerks,
  'POST /counter/acts/:id/notice': clerks,
  'GET /counter/acts/:id/copy.pdf': clerks,
  'GET /counter/certificates/:alias': clerks,
  'GET /counter/certificates/:alias/copy.pdf': clerks,
  'GET /counter/certificates/:alias/revoked': clerks,
  'POST /counter/certificates/:alias/revoke': clerks,
  'GET /counter/loss': line,
  'POST /counter/loss': line,
  'POST /counter/loss/hold': line,
  'GET /counter/clerks': supervisor,
  'POST /counter/clerks/:account/confirm': supervisor,
  'GET /counter/record/people': readers,
  'GET /counter/record': readers,
  'GET /counter/desk/:id': clerks,
  // Leads each role to its own first page, and who came to register a card to that.
  'GET /counter': roleNames,
  'GET /counter/card': roleNames,
};

/** What is answered without a session, and what stands there instead of one. */
const withoutSession: Readonly<Record<string, string>> = {
  'GET /crl/index.json': 'citizens’ lists for notified verifiers alone, where they are configured',
  'GET /crl/:file': 'the same',
  'GET /arl/:file': 'public',
  'GET /ca/:file': 'public',
  'POST /ocsp':
    'signature certificates for notified verifiers and their own holders alone, where verifiers are configured',
  'GET /ocsp/*': 'the same',
  'POST /tsa': 'public, paced',
  'GET /renewal/nonce': 'public, stores nothing',
  'POST /renewal': 'the old key’s signature over a nonce; paced',
  'POST /renewal/confirm': 'the new key’s signature; paced',
  'POST /renewal/done': 'the new key’s signature; paced',
  'GET /tokens/nonce': 'public, stores nothing',
  'POST /tokens': 'the card’s signature over a nonce, once; paced',
  'POST /tokens/confirm': 'the token’s own signature; paced',
  'GET /revocation/nonce': 'public, stores nothing',
  'POST /revocation': 'the signature of the certificate’s own key over a nonce, once; paced',
  'POST /counter/login/start': 'same origin; paced',
  'POST /counter/login/token': 'the card’s signature over this browser’s nonce, once',
  'GET /counter/login/status': 'says in or out',
  'POST /counter/card/login/start': 'a session; same origin; paced',
  'POST /counter/card/login/token': 'the card’s signature over this browser’s nonce, once',
  'GET /counter/card/login/status': 'says in or out',
  'POST /counter/job/take': 'the ticket of a signed job, once; no browser',
  'POST /counter/job/word': 'the secret of one start of one agent; no browser',
  'POST /counter/job/certificate': 'the same',
  'POST /counter/job/confirm': 'the same',
  'POST /counter/job/changed': 'the same',
  'POST /counter/job/end': 'the same',
  'GET /counter/back/:id{[0-9a-f-]{36}}': 'shows nothing of the act',
  'GET /counter/enter/:token': 'a link of 256 bits, once',
  'POST /counter/leave': 'same origin; ends the caller’s own session',
  'GET /assets/:file': 'public',
  'GET /': 'leads to the counter',
  'GET /stats.json': 'public figures',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'not where the listener is public',
};

const bare = (door: string, id = '00000000-0000-4000-8000-000000000000') =>
  door.replace(/:(id|alias|account|token|file)(\{.*\})?/, id).split(' ') as [string, string];
const forms = (doors: object) => Object.keys(doors).filter((door) => door.startsWith('POST '));

test('every door stands in the table of this test', () => {
  const doors = room.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map((one) => `${one.method} ${one.path}`);
  const known = new Set([...Object.keys(behindSession), ...Object.keys(withoutSession)]);
  assert.deepEqual(new Set(doors), known);
});

test('without a session every page and form of the counter shows the login and does nothing', async () => {
  for (const door of Object.keys(behindSession)) {
    const [method, path] = bare(door);
    const answer = method === 'GET' ? await room.browser().ask(path) : await room.browser().post(path, {});
    assert.equal(answer.status, 401, door);
    assert.match(await answer.text(), /カードでログインする/, door);
  }
});

test('each role gets in by its own doors and no other: an auditor issues nothing, the loss line sees no register', async () => {
  const homes = { clerk: null, supervisor: null, auditor: '/counter/record', lossLine: '/counter/loss' };
  for (const role of roleNames) {
    const local = clerks.includes(role) ? '99201' : undefined;
    const { browser } = await room.clerk(`role-${role.toLowerCase()}`, role, local);
    for (const [door, allowed] of Object.entries(behindSession)) {
      const [method, path] = bare(door);
      const answer = method === 'GET' ? await browser.ask(path) : await browser.post(path, { kind: 'issue' });
      const refused = answer.status === 403 && /この役割ではできません/.test(await answer.text());
      assert.equal(!refused, allowed.includes(role), `${role} ${door}: ${answer.status}`);
    }
    assert.equal((await browser.ask('/counter')).headers.get('location'), homes[role], role);
  }
});

/** A resident, their certificate and an act that waits for the passwords: so that a form fails for nothing but what it is tried with. */
async function places() {
  const id = await room.residentId('福田　龍之介');
  const resident = await residentById(authority.ca.context, id, '99201');
  assert.ok(resident);
  const { alias } = await room.card();
  const act = await prepareAct(authority.ca.context, {
    ...{ resident, kind: 'issue', clerk: 'clerk-1', presenter: 'self', evidence: ['licence'] },
    ...{ reason: 'application', pins: ['signature', 'authentication'] },
  });
  assert.ok(act);
  const idFor = (door: string) =>
    door.includes('/residents/') ? id : door.includes('/certificates/') ? alias : act;
  return { id, alias, act, idFor };
}

test('a form from another site, without its session’s token, or larger than any form does nothing', async () => {
  const { idFor, act, alias } = await places();
  const browser = await room.byLink('doors-1', 'supervisor');
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const page = await browser.text('/counter/loss');
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  assert.match(csrf, /^[\w-]{40,}$/);
  for (const door of forms(behindSession)) {
    const [, path] = bare(door, idFor(door));
    const post = (headers: Record<string, string>, body: Record<string, string>) =>
      browser.ask(path, {
        method: 'POST',
        headers: { ...type, ...headers },
        body: new URLSearchParams(body).toString(),
      });
    const own = { origin, 'sec-fetch-site': 'same-origin' };
    assert.equal(
      (await post({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, { csrf })).status,
      403,
      `${door} cross-site`,
    );
    assert.equal((await post({ origin: 'https://evil.example' }, { csrf })).status, 403, `${door} origin`);
    assert.equal((await post({ origin: 'null' }, { csrf })).status, 403, `${door} null`);
    assert.equal((await post(own, {})).status, 403, `${door} without a token`);
    assert.equal((await post(own, { csrf: `${csrf.slice(0, -2)}xx` })).status, 403, `${door} another token`);
    assert.equal((await post(own, { csrf, more: 'x'.repeat(9000) })).status, 413, `${door} too large`);
  }
  assert.equal(
    (await browser.ask('/counter/leave', { method: 'POST', headers: { origin: 'https://evil.example' } }))
      .status,
    403,
  );
  assert.equal((await browser.ask('/counter')).status, 200, 'still in');
  assert.equal((await authority.ca.show({ alias }))?.status, 'valid');
  const [row] = await authority.db.sql`select state from ca.counter_act where id = ${act}`;
  assert.equal(row?.state, 'prepared');
});

test('what is named by no id, by half a one or by rubbish is not there', async () => {
  const browser = await room.byLink('doors-2', 'supervisor');
  const named = Object.keys(behindSession).filter(
    (door) => door.startsWith('GET ') && /:(id|alias)/.test(door),
  );
  assert.ok(named.length > 6);
  for (const door of named)
    for (const id of [
      'x',
      '-'.repeat(36),
      'f'.repeat(36),
      '%00',
      "'or'1'='1",
      '00000000-0000-4000-8000-00000000000',
    ])
      assert.equal((await browser.ask(bare(door, id)[1])).status, 404, `${door} ${id}`);
});

test('what programs send is bounded, of its own type, and from no browser', async () => {
  const send = (path: string, body: Uint8Array | string, headers: Record<string, string>) =>
    room.app.request(`${origin}${path}`, { method: 'POST', body: Buffer.from(body), headers });
  const cms = { 'content-type': 'application/pkcs7-mime' };
  for (const path of [
    '/renewal',
    '/renewal/confirm',
    '/renewal/done',
    '/tokens',
    '/tokens/confirm',
    '/revocation',
  ]) {
    assert.equal((await send(path, new Uint8Array(65 * 1024 + 1), cms)).status, 413, path);
    assert.equal((await send(path, new Uint8Array(9), { 'content-type': 'text/plain' })).status, 415, path);
    const rubbish = await send(path, new Uint8Array(900).fill(0x30), cms);
    assert.deepEqual(
      [rubbish.status, ((await rubbish.json()) as { rule: string }).rule.split('.')[1]],
      [403, 'form'],
      path,
    );
  }
  for (const door of forms(withoutSession).filter((one) => one.includes('/job/'))) {
    const [, path] = bare(door);
    const json = { 'content-type': 'application/json' };
    assert.equal((await send(path, '{}', { ...json, origin })).status, 403, `${door} from a page`);
    assert.equal(
      (await send(path, '{}', { ...json, 'sec-fetch-site': 'same-origin' })).status,
      403,
      `${door} from a page`,
    );
    assert.equal((await send(path, new Uint8Array(65 * 1024), json)).status, 413, `${door} too large`);
    for (const body of ['', '{', '[]', 'null', '{"run":7,"ticket":[]}', '{"run":"x"}']) {
      const answer = await send(path, body, json);
      assert.ok([403, 422].includes(answer.status), `${door} ${body}: ${answer.status}`);
    }
  }
});

test('who begins logins, renewals, tokens or time stamps without end is told to wait, by address; a counter beside them is not', async () => {
  const limits = { requests: { perMinute: 1, burst: 3 }, timeStamps: { perMinute: 1, burst: 1 } };
  const app = caApp(authority.ca, { access: { open: true }, counter: { login: room.login }, limits });
  const ask = (method: string, path: string, from: string, headers: Record<string, string> = {}) =>
    app.request(
      `${origin}${path}`,
      {
        method,
        headers: { origin, 'sec-fetch-site': 'same-origin', accept: 'application/json', ...headers },
      },
      {
        incoming: { socket: { remoteAddress: from }, headers: {} },
      },
    );
  for (const [method, path, good] of [
    ['POST', '/counter/login/start', 201],
    ['POST', '/counter/card/login/start', 403],
    ['GET', '/renewal/nonce', 200],
    ['POST', '/tokens', 415],
    ['POST', '/revocation', 415],
  ] as const) {
    const from = `203.0.113.${path.length}`;
    for (let n = 0; n < 3; n += 1) assert.equal((await ask(method, path, from)).status, good, path);
    const fourth = await ask(method, path, from);
    assert.equal(fourth.status, 429, path);
    assert.ok(Number(fourth.headers.get('retry-after')) >= 1, path);
    assert.equal((await ask(method, path, '198.51.100.7')).status, good, `${path} from elsewhere`);
  }
  const stamp = () => ask('POST', '/tsa', '203.0.113.99', { 'content-type': 'application/timestamp-query' });
  assert.equal((await stamp()).status, 200);
  const late = await stamp();
  assert.deepEqual([late.status, late.headers.get('content-type')], [429, 'application/timestamp-reply']);
  const [nonces] = await authority.db.sql<
    { count: number }[]
  >`select count(*)::int as count from ca.counter_nonce`;
  assert.equal(nonces?.count, 4, 'nothing is kept for a login that was not begun');
});

test('a clerk of another municipality finds nobody of this one and is told at every door that there is no such page', async () => {
  const { idFor } = await places();
  const { browser } = await room.clerk('tehon-1', 'supervisor', '99301');
  assert.doesNotMatch(await browser.text('/counter?q=福田'), /福田　龍之介/);
  const named = Object.keys(behindSession).filter((door) => /:(id|alias)/.test(door));
  assert.ok(named.length > 14);
  for (const door of named) {
    const [method, path] = bare(door, idFor(door));
    const answer = method === 'GET' ? await browser.ask(path) : await browser.post(path, {}, '/counter/loss');
    assert.equal(answer.status, 404, door);
  }
});

test('who came by a link to register their card gets in by no other door', async () => {
  const { idFor } = await places();
  const browser = room.browser();
  await addClerk(authority.ca.context, { account: 'new-1', role: 'supervisor', municipality: '99201' });
  await browser.ask(await createCounterLink(authority.ca.context, { clerk: 'new-1', purpose: 'register' }));
  for (const door of Object.keys(behindSession)) {
    const [method, path] = bare(door, idFor(door));
    const answer = method === 'GET' ? await browser.ask(path) : await browser.post(path, {});
    const expected = path === '/counter' ? 303 : path === '/counter/card' ? 200 : 403;
    assert.equal(answer.status, expected, door);
  }
});

test('the counter opens by a link that works once, lists certificates and revokes one', async () => {
  const app = caApp(authority.ca, { access: { open: true } });
  const { publicKey } = await generateKeyPair('p256');
  const [taro] = demoResidents;
  assert.ok(taro);
  const issued = await authority.ca.issue({ profile: 'signature', publicKey, resident: taro });
  assert.equal((await app.request('/counter')).status, 401);
  const link = await createCounterLink(authority.ca.context);
  const entered = await app.request(link);
  assert.equal(entered.status, 303);
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  assert.match(entered.headers.get('set-cookie') ?? '', /HttpOnly/);
  assert.equal((await app.request(link)).status, 403);
  const headers = { cookie };
  const list = await (await app.request('/counter?all=yes', { headers })).text();
  assert.match(list, /総務　太郎/);
  assert.doesNotMatch(
    await (await app.request('/counter', { headers })).text(),
    /総務　太郎/,
    'nobody unasked',
  );
  assert.ok(!list.toUpperCase().includes(issued.serial));
  const page = `/counter/certificates/${issued.alias}`;
  const html = await (await app.request(page, { headers })).text();
  assert.ok(!html.toUpperCase().includes(issued.serial));
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const post = (form: Record<string, string>, more: Record<string, string> = {}) =>
    app.request(`${page}/revoke`, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', ...more },
    });
  const form = { csrf, ground: 'request', who: 'self', evidence: 'licence', confirm: 'yes' };
  assert.equal((await post({ ...form, csrf: 'x' })).status, 403);
  assert.equal((await post(form, { 'sec-fetch-site': 'cross-site' })).status, 403);
  const incomplete = await post({ csrf });
  assert.equal(incomplete.status, 422);
  assert.match(await incomplete.text(), /失効の理由を選んでください/);
  // Neither an unknown ground nor an office's own one in the holder's name.
  for (const ground of ['cACompromise', 'error']) assert.equal((await post({ ...form, ground })).status, 422);
  const unproven = await post({ ...form, evidence: 'insurance' });
  assert.equal(unproven.status, 422);
  assert.match(await unproven.text(), /Aを1つか、Bを2つ/);
  assert.equal((await post(form)).status, 303);
  assert.equal((await authority.ca.show({ alias: issued.alias }))?.status, 'revoked');
  const after = await (await app.request(page, { headers })).text();
  assert.match(after, /使わなくなった/);
  assert.ok(!after.includes('/revoke"'));
  const done = await app.request(`${page}/revoked?lang=en`, { headers });
  assert.match(await done.text(), /The certificate is revoked/);
});

test('nobody is shown who was not looked for; who is found is shown with their certificates, however many others were issued since', async () => {
  const { ca, db } = authority;
  const clerk = await room.byLink('doors-3', 'clerk');
  const taro = (await residents(ca.context, '99201')).find(({ name }) => name === '総務　太郎');
  assert.ok(taro);
  const { publicKey } = await generateKeyPair('p256');
  const { alias } = await ca.issue({ publicKey, profile: 'signature', resident: taro });
  await db.sql`update ca.certificate set resident = ${taro.id} where alias = ${alias}`;
  await db.sql`
    insert into ca.certificate select (jsonb_populate_record(c, jsonb_build_object(
      'alias', gen_random_uuid(), 'issue', gen_random_uuid(), 'resident', null, 'reserved_at', c.reserved_at + interval '1 hour',
      'serial', '\\x' || lpad(to_hex(50331648 + n), 8, '0'), 'spki_sha256', '\\x' || encode(sha256(n::text::bytea), 'hex')))).*
    from ca.certificate c, generate_series(1, 1001) n where c.alias = ${alias}`;
  const first = await clerk.text('/counter');
  assert.doesNotMatch(first, /総務/);
  const found = await clerk.text(`/counter?q=${encodeURIComponent('総務 太郎')}`);
  assert.ok(found.includes(`/counter/certificates/${alias}`));
  const all = await clerk.text('/counter?all=yes');
  assert.ok(all.includes(`/counter/certificates/${alias}`) && all.includes('はじめの50人'));
});
