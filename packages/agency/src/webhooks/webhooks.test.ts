import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type Database, startJobs, verifyAudit } from '@madoguchi/store';
import { Webhook } from 'standardwebhooks';
import { receptionTasks } from '../tasks.js';
import { openDesk } from '../testing/desk-room.js';
import { temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { addressFault, isPublicAddress } from './address.js';
import { webhookEvent } from './event.js';
import { deliver, type WebhookSender, waits } from './outbox.js';
import { outsideOnly, postOutside } from './post.js';
import { addWebhook, endWebhook, listWebhooks } from './webhooks.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let receiver: Server;
let address = '';
/** What the receiver answers, and what it got. */
const there = { status: 204, got: [] as { headers: IncomingHttpHeaders; body: string }[] };
const code = '99201';

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  receiver = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      there.got.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
      if (there.status === 302) response.setHeader('location', `${address}/elsewhere`);
      response.writeHead(there.status).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
after(async () => {
  receiver.close();
  await close();
});

const sender = (change: Partial<WebhookSender> = {}): WebhookSender => ({
  sql: db.sql,
  agency: { code },
  secret: room.options.keys.secret,
  // The public library takes only what is not older than five minutes.
  clock: () => new Date(),
  origins: [address],
  ...change,
});
const pending = async () =>
  (
    await db.sql<{ id: string }[]>`select id from agency.webhook_outbox
    where delivered_at is null and given_up_at is null`
  ).map(({ id }) => id);

test('what an officer decides is told to the address, signed so that a public library takes it, with ids and nobody’s data', async () => {
  const desk = openDesk(room, { webhooks: { secret: room.options.keys.secret, origins: [address] } });
  const officer = await desk('chief');
  const made = await officer.post('/webhooks', { hook: 'core', url: `${address}/hook` }, '/keys');
  const secret = /id="secret"[^>]*>\s*(whsec_[A-Za-z0-9+/=]+)/.exec(await made.text())?.[1] ?? '';
  assert.ok(secret.length > 40);
  assert.equal((await officer.page('/keys')).includes(secret), false, 'shown once');
  const receipt = await room.file();
  await officer.decide(receipt, 'accept', '内部のメモ');
  // By the job that the decision left behind, as in the product.
  const jobs = await startJobs({
    url: db.url,
    tasks: {
      ...receptionTasks([
        {
          options: { ...room.options, clock: () => new Date(), webhookOrigins: [address] },
          verify: async () => {},
        },
      ]),
    },
    pollInterval: 50,
  });
  while (there.got.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await jobs.stop();
  const [got] = there.got;
  assert.ok(got);
  new Webhook(secret).verify(got.body, got.headers as Record<string, string>);
  assert.throws(() => new Webhook(secret).verify(`${got.body} `, got.headers as Record<string, string>));
  const event = webhookEvent.parse(JSON.parse(got.body));
  assert.deepEqual(event.data, { agency: code, receiptNumber: receipt });
  assert.equal(event.type, 'application.accepted');
  for (const secretText of ['総務', '内部', 'juminhyo']) assert.equal(got.body.includes(secretText), false);
  assert.match(await officer.page('/keys'), /1 ・ 0 ・ 0/);
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
});

test('what does not arrive is sent again later and later with the same id, and given up at last', async () => {
  const officer = await openDesk(room)('suzuki');
  there.status = 503;
  const receipt = await room.file();
  await officer.decide(receipt, 'reject', 'だめ');
  const [id = ''] = await pending();
  there.got = [];
  for (let attempt = 0; attempt <= waits.length; attempt += 1) await deliver(sender(), id);
  const ids = new Set(there.got.map(({ headers }) => headers['webhook-id']));
  assert.deepEqual([...ids], [id]);
  assert.equal(there.got.length, waits.length + 1);
  const [row] =
    await db.sql`select given_up_at is not null as up, outcome, attempts from agency.webhook_outbox
    where id = ${id}`;
  assert.deepEqual({ ...row }, { up: true, outcome: '503', attempts: waits.length + 1 });
  await deliver(sender(), id);
  assert.equal(there.got.length, waits.length + 1, 'given up is given up');
  const [job] = await db.sql`select run_at > now() as later from graphile_worker.jobs
    where key = ${`agency.webhook:${id}`}`;
  assert.equal(job?.later, true, 'the next attempt stands in the queue');
});

test('a redirect is not followed, 410 ends the address, an ended one is told nothing', async () => {
  const officer = await openDesk(room)('suzuki');
  there.status = 302;
  there.got = [];
  await officer.decide(await room.file(), 'accept');
  const [id = ''] = await pending();
  await deliver(sender(), id);
  assert.equal(there.got.length, 1);
  there.status = 410;
  await deliver(sender(), id);
  const [hook] = await listWebhooks(db.sql, code);
  assert.notEqual(hook?.endedAt, null);
  await officer.decide(await room.file(), 'accept');
  assert.deepEqual(await pending(), []);
  // Taken up again under the same name it has a new secret.
  const again = { name: 'core', url: `${address}/hook`, officer: 'suzuki', now: room.time.now };
  assert.deepEqual(await addWebhook(db.sql, code, { ...again, origins: [address] }), { generation: 2 });
  assert.equal(await addWebhook(db.sql, code, { ...again, origins: [address] }), 'name');
  await endWebhook(db.sql, code, again);
});

test('a name is looked at when it is called: one address inside refuses it, and the connection goes where was looked, whatever the name says next', async () => {
  const [outside, within] = [
    { address: '1.1.1.1', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ];
  let asked = 0;
  /** Public at first, inside from then on. */
  const rebinding = outsideOnly((_name, _options, done) => done(null, [asked++ === 0 ? outside : within]));
  const resolve = (all: boolean) =>
    new Promise((done) =>
      rebinding('core.example.jp', { all }, (error, found) => done(error?.code ?? found)),
    );
  assert.deepEqual(await resolve(true), [outside]);
  assert.equal(asked, 1, 'once for a connection');
  assert.equal(await resolve(false), 'address.private');
  for (const addresses of [[], [outside, within], [{ address: '::1', family: 6 }]]) {
    const call = postOutside(
      'https://core.example.jp/hook',
      { body: '{}', headers: {} },
      [],
      (_n, _o, done) => done(null, addresses),
    );
    assert.deepEqual(await call, { rule: 'address.private' });
  }
});

test('what points inside is neither kept nor called, not even behind a public name', async () => {
  const inside = [
    ...['https://127.0.0.1/', 'https://[::1]/', 'https://10.1.2.3/', 'https://192.168.0.1/', 'https://0/'],
    ...['https://169.254.169.254/latest/meta-data', 'https://[fd00::1]/', 'https://[::ffff:10.0.0.1]/'],
    ...['https://[64:ff9b::a00:1]/', 'https://[2002:a00:1::]/', 'https://localhost/', 'https://core/'],
    ...['https://x.internal/', 'https://2130706433/', 'https://0x7f.1/', 'https://100.64.0.1/'],
  ];
  for (const url of inside) assert.equal(addressFault(url), 'address.private', url);
  assert.equal(addressFault('http://core.example.jp/'), 'address.https');
  assert.equal(addressFault('https://a:b@core.example.jp/'), 'address.credentials');
  for (const url of ['ftp://x.example', 'x', 'javascript:alert(1)', `https://x.example/${'a'.repeat(2001)}`])
    assert.equal(addressFault(url), 'address.form', url.slice(0, 30));
  assert.equal(addressFault('https://core.example.jp/hook'), undefined);
  assert.equal(
    addressFault('http://10.0.0.1:8080/x', ['http://10.0.0.1:8080']),
    undefined,
    'as the operator says',
  );
  assert.equal(addressFault('http://10.0.0.1:8081/x', ['http://10.0.0.1:8080']), 'address.https');
  assert.ok(isPublicAddress('1.1.1.1') && isPublicAddress('2606:4700::1111') && !isPublicAddress('x'));
  const message = { body: '{}', headers: {} };
  assert.deepEqual(await postOutside('https://127.0.0.1:1/', message), { rule: 'address.private' });
  const desk = await openDesk(room)('suzuki');
  const refused = await desk.post('/webhooks', { hook: 'evil', url: 'https://169.254.169.254/' }, '/keys');
  assert.equal(refused.status, 422);
  const text = await refused.text();
  assert.match(text, /庁内や自分自身を指しています/);
  assert.ok(text.includes('value="https://169.254.169.254/"'), 'nothing typed is lost');
  assert.equal(
    (await desk.post('/webhooks', { hook: 'x', url: 'https://a.example', csrf: 'z' }, '/keys')).status,
    403,
  );
});

test('a test can be sent to see whether somebody is there', async () => {
  const origins = [address];
  await addWebhook(db.sql, code, {
    ...{ name: 'probe', url: `${address}/p`, officer: 'suzuki', now: room.time.now, origins },
  });
  const officer = await openDesk(room)('suzuki');
  there.status = 200;
  there.got = [];
  assert.equal((await officer.post('/webhooks/probe/ping', {}, '/keys')).status, 303);
  const [id = ''] = await pending();
  await deliver(sender(), id);
  assert.equal(webhookEvent.parse(JSON.parse(there.got[0]?.body ?? '')).type, 'application.ping');
});
