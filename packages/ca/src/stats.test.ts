import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generateKeyPair } from '@madoguchi/pki';
import { caApp } from './http/app.js';
import { demoResidents } from './residents.js';
import type { CaStats } from './stats.js';
import { startAuthority, type TestAuthority } from './testing/authority.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
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
  assert.deepEqual(counts('13299'), { ...tokyo, issued: 5, valid: 4, revoked: 1, expired: 0 });
  assert.deepEqual(counts('27299'), {
    ...tokyo,
    municipality: '27299',
    issued: 1,
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
  assert.deepEqual(row, { ...tokyo, issued: 5, valid: 0, revoked: 1, expired: 4 });
});
