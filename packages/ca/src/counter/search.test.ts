import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generateKeyPair } from '@madoguchi/pki';
import { residents } from '../queries.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { openCounterRoom } from '../testing/counter-room.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority('p384');
});
after(() => authority.close());

test('nobody is shown who was not looked for; who is found is shown with their certificates, however many others were issued since', async () => {
  const { ca, db } = authority;
  const room = await openCounterRoom(authority);
  const clerk = await room.byLink('clerk-1', 'clerk');
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
