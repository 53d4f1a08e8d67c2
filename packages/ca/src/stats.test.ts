import assert from 'node:assert/strict';
import { createPrivateKey, sign as signBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { buildCertificationRequest, demoOids, generateKeyPair, signCades } from '@madoguchi/pki';
import { caApp } from './http/app.js';
import { demoResidents } from './residents.js';
import type { CaStats } from './stats.js';
import { startAuthority, type TestAuthority } from './testing/authority.js';
import { renewingCard } from './testing/renewing.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority('p384');
});
after(() => authority.close());

async function issue(municipality: string, count: number): Promise<string[]> {
  const [taro] = demoResidents;
  assert.ok(taro);
  const serials: string[] = [];
  for (let done = 0; done < count; done++) {
    const { publicKey } = await generateKeyPair('p256');
    const resident = { ...taro, municipality };
    serials.push((await authority.ca.issue({ profile: 'signature', publicKey, resident })).serial);
  }
  return serials;
}

test('/stats.json counts by month in Japan, prefecture and kind, sums up, and tells nothing about anybody', async () => {
  // The last moment of a month in Japan, and the first of the next one.
  const year = authority.now.getUTCFullYear() + 1;
  authority.now = new Date(Date.UTC(year, 0, 31, 14, 59, 59));
  const [revoked = ''] = await issue('13299', 2);
  await issue('27299', 1);
  authority.now = new Date(Date.UTC(year, 0, 31, 15, 0, 0));
  await issue('13299', 3);
  await authority.ca.revoke({ certificate: { serial: revoked }, reason: 'affiliationChanged' });

  const response = await caApp(authority.ca, { access: { open: true } }).request('/stats.json');
  assert.equal(response.status, 200);
  const text = await response.text();
  const stats = JSON.parse(text) as CaStats;
  const [january, february] = [`${year}-01`, `${year}-02`];
  const citizens = stats.history.filter(({ profile }) => profile === 'signature');
  assert.deepEqual(citizens, [
    { month: january, prefecture: '13', profile: 'signature', issued: 2, cumulative: 2 },
    { month: january, prefecture: '27', profile: 'signature', issued: 1, cumulative: 1 },
    { month: february, prefecture: '13', profile: 'signature', issued: 3, cumulative: 5 },
  ]);
  assert.deepEqual(
    stats.issuedByMonth.filter(({ profile }) => profile === 'signature'),
    [
      { month: january, profile: 'signature', issued: 3 },
      { month: february, profile: 'signature', issued: 3 },
    ],
  );
  const counts = (municipality: string) =>
    stats.certificates.find((row) => row.municipality === municipality);
  const tokyo = { profile: 'signature', municipality: '13299', place: '見本市' };
  assert.deepEqual(counts('13299'), { ...tokyo, issued: 5, renewed: 0, valid: 4, revoked: 1, expired: 0 });
  assert.deepEqual(counts('27299'), {
    ...tokyo,
    municipality: '27299',
    issued: 1,
    renewed: 0,
    valid: 1,
    revoked: 0,
    expired: 0,
  });
  assert.deepEqual(stats.revocations, { affiliationChanged: 1 });
  // Other kinds are counted under their own names, for no prefecture.
  assert.ok(stats.history.some(({ profile, prefecture }) => profile === 'ocsp' && prefecture === ''));
  assert.ok(!text.includes(revoked) && !text.includes('太郎'));

  // Six years later the certificates have ended: what was issued stays in the sums.
  authority.now = new Date(Date.UTC(year + 6, 1, 2));
  const later = await authority.ca.stats();
  const [row] = later.certificates.filter(({ municipality }) => municipality === '13299');
  assert.deepEqual(row, { ...tokyo, issued: 5, renewed: 0, valid: 0, revoked: 1, expired: 4 });
});

test('a renewal counts as an issue and says that it was one; what was begun and given up is none; a phone’s certificates have kinds of their own', async () => {
  const again = await startAuthority('p384');
  try {
    const ca = { ...again.ca, context: { ...again.ca.context, renewalDays: 3000 } };
    const app = caApp(ca, { access: { open: true } });
    const ask = async (path: string, body?: Uint8Array) => {
      const post = {
        method: 'POST',
        body: Buffer.from(body ?? []),
        headers: { 'Content-Type': 'application/pkcs7-mime' },
      };
      const answer = await app.request(path, body === undefined ? {} : post);
      assert.ok(answer.ok, `${path}: ${await answer.clone().text()}`);
      return (await answer.json()) as Record<string, string>;
    };
    const nonce = async () => Buffer.from((await ask('/renewal/nonce')).nonce ?? '', 'base64');
    const holder = await renewingCard(again, 0);
    const side = holder.signature;
    await ask('/renewal', (await side.request(await nonce())).cms);
    const { certificate = '' } = await ask('/renewal', (await side.request(await nonce())).cms);
    const { activation = '' } = await ask(
      '/renewal/confirm',
      await side.confirmation(Buffer.from(certificate, 'base64')),
    );
    await side.unlock();
    await side.spare.activate(Buffer.from(activation, 'base64'));
    const done = Buffer.from('madoguchi-renewal-done-1');
    await ask('/renewal/done', await side.cms(Buffer.from(certificate, 'base64'), done, side.byOld));

    const phone = async () => {
      const { publicKey, pkcs8 } = await generateKeyPair('p256');
      const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
      const sign = async (bytes: Uint8Array) => signBytes('sha256', bytes, key);
      const csr = await buildCertificationRequest({ publicKey, algorithm: 'ecdsa-sha256', sign });
      return { sign, csr: Buffer.from(csr).toString('base64') };
    };
    const [sign, auth] = [await phone(), await phone()];
    const wish = {
      type: 'madoguchi-token-1',
      action: 'issue',
      medium: 'iphone',
      sign: sign.csr,
      auth: auth.csr,
    };
    const said = { ...wish, nonce: (await nonce()).toString('base64') };
    const own = await side.inUse();
    await side.unlock();
    const made = await ask('/tokens', await side.cms(own, Buffer.from(JSON.stringify(said)), side.byOld));
    const signerCertificate = Buffer.from(made.sign ?? '', 'base64');
    const confirmation = await signCades({
      ...{ signerCertificate, algorithm: 'ecdsa-sha256', detached: false, signingTime: again.now },
      ...{ content: Buffer.from('madoguchi-token-confirm-1'), sign: sign.sign },
      contentType: demoOids.holderRequest,
    });
    await ask('/tokens/confirm', confirmation);

    const stats = await again.ca.stats();
    const kinds = Object.fromEntries(
      stats.certificates
        .filter(({ municipality }) => municipality === '99201')
        .map(({ profile, issued, renewed, valid, revoked }) => [profile, [issued, renewed, valid, revoked]]),
    );
    assert.deepEqual(kinds, {
      signature: [2, 1, 1, 1],
      authentication: [1, 0, 1, 0],
      'phone-signature': [1, 0, 1, 0],
      'phone-authentication': [1, 0, 1, 0],
    });
    const month = new Date(again.now.getTime() + 9 * 3600_000).toISOString().slice(0, 7);
    assert.deepEqual(
      stats.history
        .filter(({ prefecture }) => prefecture === '99')
        .map(({ profile, issued }) => [profile, issued]),
      [
        ['authentication', 1],
        ['phone-authentication', 1],
        ['phone-signature', 1],
        ['signature', 2],
      ],
      month,
    );
    assert.equal(stats.publicCards.at(-1)?.cards, 100_029_804);
    await holder.card.close();
  } finally {
    await again.close();
  }
});

test('how busy the counters are is told without anybody: few acts are hidden, waiting ones counted now, months to the last midnight', async () => {
  const { sql } = authority.ca.context;
  authority.now = new Date('2031-03-10T03:00:00Z');
  let made = 0;
  const act = async (state: string, minutes: number, change: Record<string, unknown> = {}) => {
    made += 1;
    const begun = new Date(authority.now.getTime() - (change.days === undefined ? 0 : 86_400_000));
    await sql`insert into ca.counter_act ${sql({
      municipality: '99201',
      id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
      kind: 'issue',
      state,
      clerk: 'clerk-1',
      presenter: 'self',
      evidence: [],
      reason: 'x',
      pins: [],
      created_at: begun,
      ended_at: state === 'done' ? new Date(begun.getTime() + minutes * 60_000) : null,
    })}`;
  };
  for (const minutes of [4, 5, 6, 7, 8]) await act('done', minutes, { days: 1 });
  await act('done', 90);
  for (let n = 0; n < 4; n++) await act('prepared', 0);
  const counter = async () => (await authority.ca.stats()).counter;
  assert.deepEqual(await counter(), {
    hiddenBelow: 5,
    waiting: null,
    until: '2031-03-09T15:00:00.000Z',
    months: [{ month: '2031-03', minutes: { number: 5, median: 6, ninety: null } }],
  });
  await act('prepared', 0);
  assert.equal((await counter()).waiting, 5);
  authority.now = new Date('2031-03-10T03:31:00Z');
  assert.equal((await counter()).waiting, 0);
});

test('the figures are counted once for all who ask at a time, and anew after a count that failed', async () => {
  let counts = 0;
  const stats = async () => {
    counts += 1;
    if (counts === 1) throw new Error('the database is away');
    return authority.ca.stats();
  };
  const app = caApp({ ...authority.ca, stats }, { access: { open: true } });
  const ask = async () => (await app.request('/stats.json')).status;
  assert.deepEqual(await Promise.all([ask(), ask()]), [500, 500]);
  assert.equal(counts, 1);
  assert.deepEqual(await Promise.all(Array.from({ length: 20 }, ask)), Array(20).fill(200));
  assert.equal(counts, 2);
});
