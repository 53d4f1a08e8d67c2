/** Smartphone tokens from a card: made, used, ended, cut off; with a real authority and images that stand for card and phones. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { applyEvents } from '@madoguchi/ca';
import {
  askForTokens,
  CardSession,
  imageChannel,
  makeToken,
  ownValidity,
  TokenError,
  type TokenMedium,
  tokenService,
} from '@madoguchi/client';
import { endOf, type RenewalWorld, renewalPins, renewalWorld } from './support/renewal-world.js';
import { madoguchi } from './support/running-city.js';
import { saysPin } from './support/says-pin.js';

const pins = { sign: 'PHONE2026', auth: '7788' };

describe('smartphone tokens', () => {
  let world: RenewalWorld;
  before(async () => {
    world = await renewalWorld();
    await world.ca.preparePhones();
    const { signature, authentication } = await world.ca.anchors();
    world.anchors.splice(0, world.anchors.length, ...signature, ...authentication);
  });
  after(() => world.close());

  const card = () => ({ channel: world.channel, pin: () => renewalPins.sign });
  const service = (fetch?: typeof globalThis.fetch) => tokenService(world.url, fetch);
  const file = (name: string) => path.join(world.dir, name);
  const make = (medium: TokenMedium, name: string, more: Partial<Parameters<typeof makeToken>[0]> = {}) =>
    makeToken({
      ...{ card: card(), medium, pins, replace: false, file: file(name), service: service() },
      ...{ anchors: world.anchors, imageKey: world.imageKey, keyFolder: world.dir },
      clock: () => world.now,
      ...more,
    });
  const session = (name: string) => new CardSession(imageChannel(file(name), world.imageKey));
  const statuses = async (side: 'signature' | 'authentication') =>
    (await world.ca.list({ resident: world.resident, profile: `phone-${side}` })).map(
      ({ status, state, revocation }) => `${state} ${revocation?.reason ?? status}`,
    );
  const tokens = async () =>
    (await askForTokens(card(), service(), { action: 'list' }, world.now)).tokens.map(({ medium }) => medium);
  const refusedAs = (rule: TokenError['rule']) => (error: unknown) =>
    error instanceof TokenError && error.rule === rule;
  // Not in this thread: the authority that it asks runs here.
  const run = (...args: string[]) =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const env = { ...process.env, C: renewalPins.sign, S: pins.sign, A: pins.auth, N: '9911' };
      const child = spawn(process.execPath, [madoguchi, ...args], { env, cwd: world.dir });
      let [out, err] = ['', ''];
      child.stdout.on('data', (part) => {
        out += part;
      });
      child.stderr.on('data', (part) => {
        err += part;
      });
      child.on('close', (code) => resolve({ code, out, err }));
    });

  test('one for each kind of phone, with its label, its own PINs and an end not beyond the card’s; OpenSSL follows the path to a root of its own', async () => {
    for (const [medium, kind] of [
      ['iphone', 'ios'],
      ['android', 'android'],
    ] as const) {
      const name = `${medium}.card`;
      const { certificate } = await make(medium, name);
      const phone = session(name);
      assert.equal(await phone.kind(), kind);
      assert.equal(certificate.notAfter.getTime(), endOf(await world.inUse('sign')).getTime());
      const [sign, auth] = [
        await phone.readCertificate('sign', pins.sign),
        await phone.readCertificate('auth', pins.auth),
      ];
      await assert.rejects(
        phone.readCertificate('sign', renewalPins.sign),
        'the card’s password opens nothing',
      );
      if (medium === 'android')
        await assert.rejects(phone.readCertificate('auth'), 'Android asks for its PIN');
      for (const [leaf, ca, policy] of [
        [sign, await phone.readCertificate('sign-ca'), '1.3.6.1.4.1.32473.8.5.1.1.40'],
        [auth, await phone.readCertificate('auth-ca'), '1.3.6.1.4.1.32473.8.5.1.3.50'],
      ] as const) {
        for (const [to, der] of [
          ['leaf', leaf],
          ['root', ca],
        ] as const) {
          writeFileSync(file(`${to}.der`), der);
          execFileSync('openssl', [
            'x509',
            '-inform',
            'DER',
            '-in',
            file(`${to}.der`),
            '-out',
            file(`${to}.pem`),
          ]);
        }
        const verified = execFileSync(
          'openssl',
          ['verify', '-CAfile', file('root.pem'), '-ignore_critical', file('leaf.pem')],
          { encoding: 'utf8' },
        );
        assert.match(verified, /OK/);
        const shown = execFileSync('openssl', ['x509', '-in', file('leaf.pem'), '-noout', '-text'], {
          encoding: 'utf8',
        });
        assert.ok(shown.includes(policy));
        assert.match(shown, /mobile devices/);
      }
      const said = await ownValidity({
        ...{ certificate: sign, issuer: await phone.readCertificate('sign-ca') },
        ...{ url: `${world.url}/ocsp`, now: world.now },
      });
      assert.equal(said.state, 'good');
    }
    assert.deepEqual((await tokens()).sort(), ['android', 'iphone']);
    assert.deepEqual(await statuses('signature'), ['delivered valid', 'delivered valid']);
    for (const kind of ['phone-sign', 'phone-auth'])
      assert.equal((await fetch(`${world.url}/crl/${kind}-g1-99201.crl`)).status, 200, kind);
  });

  test('it signs on the command line, and the signature is good by the authority’s lists', async () => {
    writeFileSync(file('letter.txt'), '見本市長に委任します。\n');
    const signed = await run(
      ...['sign', file('letter.txt'), '--as', 'asic', '--card', file('iphone.card')],
      ...['--pin-env', 'S', '-o', file('letter.asice')],
    );
    assert.equal(signed.code, 0, signed.err);
    const good = await run('verify', file('letter.asice'), '--data', world.dir, '--json');
    assert.equal(good.code, 0, good.err + good.out);
    assert.match(good.out, /TOTAL_PASSED/);
    const shown = await run('card', 'info', '--card', file('android.card'), '--json');
    assert.match(shown.out, /"android"/, shown.err);
  });

  test('at most one of a kind: refused without the word, replaced with it; the phone makes no further token', async () => {
    await assert.rejects(make('iphone', 'second.card'), refusedAs('token.exists'));
    assert.ok(!existsSync(file('second.card')));
    await make('iphone', 'second.card', { replace: true });
    assert.deepEqual((await tokens()).sort(), ['android', 'iphone']);
    assert.deepEqual((await statuses('signature')).sort(), [
      'delivered superseded',
      'delivered valid',
      'delivered valid',
    ]);
    const phone = { channel: imageChannel(file('second.card'), world.imageKey), pin: () => pins.sign };
    await assert.rejects(make('android', 'third.card', { card: phone, replace: true }));
    await assert.rejects(
      make('android', 'third.card', { pins: { sign: 'short', auth: '1' } }),
      refusedAs('token.pins'),
    );
    const before = readdirSync(world.dir).filter((name) => name.includes('third'));
    assert.deepEqual(before, []);
  });

  test('cut off at any step there is no token and the one before is good; a lost confirmation is made up for', async () => {
    for (const lost of ['making', 'asking', 'writing', 'confirming'] as const) {
      await assert.rejects(
        make('iphone', 'cut.card', {
          replace: true,
          onStep: (step) => {
            if (step === lost) throw new Error('power lost');
          },
        }),
        /power lost/,
      );
      assert.ok(!existsSync(file('cut.card')), lost);
      assert.equal((await statuses('signature')).filter((one) => one === 'delivered valid').length, 2, lost);
    }
    await world.ca.recover(-1000);
    const losing: typeof globalThis.fetch = async (url, init) => {
      const answer = await fetch(url, init);
      if (!String(url).endsWith('/confirm')) return answer;
      throw new TypeError('network lost');
    };
    await assert.rejects(
      make('iphone', 'cut.card', { replace: true, service: service(losing) }),
      refusedAs('token.unreachable'),
    );
    await make('iphone', 'cut.card', { replace: true });
    assert.ok(await session('cut.card').readCertificate('sign', pins.sign));
    assert.deepEqual((await tokens()).sort(), ['android', 'iphone']);
  });

  test('its passwords are its own and are changed on it alone; the card’s stay', async () => {
    const changed = await run(
      ...['card', 'pin', 'change', 'auth', '--card', file('android.card'), '--data', world.dir],
      ...['--pin-env', 'A', '--new-pin-env', 'N'],
    );
    assert.equal(changed.code, 0, changed.err);
    const phone = session('android.card');
    assert.ok(await phone.readCertificate('auth', '9911'));
    await assert.rejects(phone.readCertificate('auth', pins.auth));
    assert.ok(await phone.readCertificate('sign', pins.sign), 'the other password is as it was');
    assert.ok(await world.inUse('sign'), 'and the card’s too');
    for (const wrong of ['0000', '0001', '0002'])
      await phone.readCertificate('auth', wrong, { lastTry: true }).catch(() => undefined);
    const locked = await run(
      'card',
      'pin',
      'unblock',
      'auth',
      '--card',
      file('android.card'),
      '--data',
      world.dir,
    );
    assert.equal(locked.code, 77, locked.err);
    assert.match(locked.out, /token create --replace/);
    assert.doesNotMatch(locked.out, /窓口で手続き/);
  });

  test('a lost phone is ended by the card, on the command line', async () => {
    const list = await run(
      'token',
      'list',
      '--card',
      world.card,
      '--data',
      world.dir,
      '--url',
      world.url,
      '--pin-env',
      'C',
    );
    assert.equal(list.code, 0, list.err);
    assert.match(list.out, /iPhone/);
    const ended = await run(
      ...['token', 'end', '--medium', 'iphone', '--why', 'lost', '--card', world.card],
      ...['--data', world.dir, '--url', world.url, '--pin-env', 'C', '--json'],
    );
    assert.equal(ended.code, 0, ended.err);
    assert.deepEqual(
      (JSON.parse(ended.out) as { medium: string }[]).map(({ medium }) => medium),
      ['android'],
    );
    const phone = session('cut.card');
    const said = await ownValidity({
      certificate: await phone.readCertificate('sign', pins.sign),
      issuer: await phone.readCertificate('sign-ca'),
      ...{ url: `${world.url}/ocsp`, now: world.now },
    });
    assert.equal(said.state === 'revoked' ? said.reason : said.state, 'cessationOfOperation');
    const made = await run(
      ...[
        'token',
        'create',
        '--medium',
        'iphone',
        '--card',
        world.card,
        '--data',
        world.dir,
        '--url',
        world.url,
      ],
      ...['--pin-env', 'C', '--sign-pin-env', 'S', '--auth-pin-env', 'A', '--json', '-o', file('cli.card')],
    );
    assert.equal(made.code, 0, made.err);
    assert.deepEqual((await tokens()).sort(), ['android', 'iphone']);
  });

  test('what ends the card’s certificates ends the phones’: a move the signature alone, a death everything; after that nothing is made', async () => {
    const living = async () => ({
      sign: (await statuses('signature')).filter((one) => one === 'delivered valid').length,
      auth: (await statuses('authentication')).filter((one) => one === 'delivered valid').length,
    });
    assert.deepEqual(await living(), { sign: 2, auth: 2 });
    const [person] = await world.ca.context.sql<{ number: string }[]>`
      select number from ca.resident where id = ${world.resident}`;
    const day = new Date(world.now.getTime() + 9 * 3600_000).toISOString().slice(0, 10);
    const event = async (kind: string, address = '') => {
      const head = 'number,municipality,resident,kind,day,address';
      const file = `${head}\n${kind},99201,${person?.number},${kind},${day},${address}\n`;
      const done = await applyEvents(world.ca.context, new TextEncoder().encode(file), 'register');
      assert.deepEqual([done.applied, done.faults], [1, []]);
    };
    await event('address', '見本県見本市港町９番地');
    assert.deepEqual(await living(), { sign: 0, auth: 2 });
    await assert.rejects(make('iphone', 'moved.card', { replace: true }), refusedAs('token.card'));
    await event('death');
    assert.deepEqual(await living(), { sign: 0, auth: 0 });
    assert.equal((await world.ca.verifyAudit()).ok, true);
  });

  test('nothing that names anybody stands in the log', () => {
    const log = world.log.join('\n');
    assert.match(log, /"\/tokens"/);
    assert.doesNotMatch(log, /総務/);
    for (const pin of ['PHONE2026', 'TARO2026', '7788']) assert.ok(!saysPin(log, pin), log);
    assert.ok(readFileSync(world.card).length > 0);
  });
});
