// Each lie is caught in its place: the officer's desk of the running city shows which of the three lights is wrong, and why, in words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { httpRevocation, recheck, residentRegister } from '@madoguchi/agency';
import { demoResidents, identityOf, type Resident } from '@madoguchi/ca';
import { CardSession, imageChannel } from '@madoguchi/client';
import { parseCertificate, readIdentity } from '@madoguchi/pki';
import { roadPermission } from '../../packages/agency/dist/testing/room.js';
import { childAt, readDer, writeDer } from './support/der-tree.js';
import type { LightName, SeenCase } from './support/desk.js';
import {
  type Arrived,
  askForRequest,
  exchangeFile,
  file,
  type Lies,
  sendContainer,
  signWithCard,
  type Wish,
} from './support/forger.js';
import { issueCard } from './support/issued-card.js';
import { profileIssuer } from './support/profile-issuer.js';
import { type CitizenCard, openTestCity, type TestCity } from './support/test-city.js';

const day = 24 * 3600_000;
const [taro, hanako] = demoResidents as readonly [Resident, Resident];

let city: TestCity;
let home: string;
let card: CitizenCard;
before(async () => {
  // The authority is older than today, so that a certificate can have expired under it.
  city = await openTestCity('lies', { authoritySince: new Date(Date.now() - 10 * day) });
  home = city.city.addresses.agency;
  card = await city.issueCard(taro);
});
after(() => city?.close());

const shapes: Record<string, string> = { good: '● ', check: '▲ ', bad: '✕ ', pending: '○ ' };
const labels: Record<LightName, string> = { signature: '署名', identity: '照合', validity: '有効性' };

/** What the desk shows: states in the order of the three lights; each light carries its sign, its name and words of its own. */
async function statesOf(arrived: Arrived): Promise<{ states: string[]; seen: SeenCase }> {
  const seen = await city.officer.examine(arrived.receiptNumber);
  assert.ok(seen.lights, seen.text);
  const states = (['signature', 'identity', 'validity'] as const).map((name) => {
    const light = seen.lights?.[name];
    assert.ok(light);
    assert.ok(light.text.startsWith(`${shapes[light.state]?.trim()}${labels[name]}`), light.text);
    return light.state;
  });
  return { states, seen };
}

/** The light's own sentence: what stands before the evidence. */
function reasonOf(seen: SeenCase, name: LightName): string {
  return (seen.lights?.[name].text ?? '').split('根拠を見る')[0] ?? '';
}

/** A container that was changed is shown for that alone: nothing is said of a signer that was not looked for. */
function assertChangedContainer(states: string[], seen: SeenCase): void {
  assert.deepEqual(states, ['bad', 'check', 'check'], seen.text);
  for (const name of ['identity', 'validity'] as const)
    assert.match(reasonOf(seen, name), /だれの署名かを確かめていません/);
}

async function sendChanged(name: string, change: (bytes: Buffer) => Uint8Array, wish?: Wish) {
  const asked = await askForRequest(home, wish);
  return statesOf(await sendContainer(asked, exchangeFile(await signWithCard(asked, card), name, change)));
}

test('a genuine application has three good lights: the forger can also tell the truth', async () => {
  const { states, seen } = await statesOf(await file(home, card));
  assert.deepEqual(states, ['good', 'good', 'good'], seen.text);
  assert.match(reasonOf(seen, 'signature'), /カードの鍵で署名され、変わっていません/);
  assert.match(reasonOf(seen, 'identity'), /氏名 完全に一致 ・ 住所 完全に一致/);
  assert.match(reasonOf(seen, 'validity'), /証明書は有効です/);
});

test('署名: an answer changed after signing', async () => {
  const { states, seen } = await sendChanged('application.json', (bytes) =>
    Buffer.from(bytes.toString('utf8').replace('"copies":"1"', '"copies":"9"')),
  );
  assertChangedContainer(states, seen);
  assert.match(reasonOf(seen, 'signature'), /署名のあとで、(書類|申請)の(中身|内容)が変/);
  assert.match(seen.text, /署名が誤りのため受理できません/);
});

test('署名: an attachment exchanged after signing', async () => {
  const bytes = Buffer.from('%PDF-1.4 the place of the sign');
  const wish: Wish = {
    procedure: 'douro-senyo',
    answers: { ...roadPermission, place: '見本市中央一丁目2番地先' },
    attachments: [{ name: '位置図.pdf', bytes, rule: 'map' }],
  };
  const genuine = await statesOf(await file(home, card, {}, wish));
  assert.deepEqual(genuine.states, ['good', 'good', 'good'], genuine.seen.text);
  assert.match(genuine.seen.text, /位置図\.pdf を保存する/);
  const { states, seen } = await sendChanged(
    'attachments/位置図.pdf',
    () => Buffer.from('%PDF-1.4 another place altogether'),
    wish,
  );
  assertChangedContainer(states, seen);
  assert.match(reasonOf(seen, 'signature'), /署名のあとで、書類の中身が変えられています/);
});

test('署名: a bit of the signature changed', async () => {
  const { states, seen } = await sendChanged('META-INF/signature.p7s', (bytes) => {
    const at = bytes.length - 9;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
    return bytes;
  });
  assert.deepEqual(states, ['bad', 'good', 'good'], seen.text);
  assert.match(reasonOf(seen, 'signature'), /電子署名が電子証明書と合いません/);
});

test('署名: the certificate exchanged for another resident’s', async (t) => {
  const other = await city.issueCard(hanako);
  const name = 'META-INF/signature.p7s';
  const exchanged = (alsoNamed: boolean) => (bytes: Buffer) => {
    const cms = readDer(bytes);
    const signedData = childAt(cms, 1, 0);
    const certificate = readDer(other.certificate);
    childAt(signedData, 3).children = [certificate];
    if (alsoNamed) {
      // tbsCertificate: [0] version, serialNumber, signature, issuer.
      const [serial, issuer] = [childAt(certificate, 0, 1), childAt(certificate, 0, 3)];
      childAt(signedData, -1, 0, 1).children = [issuer, serial];
    }
    return writeDer(cms);
  };
  await t.test('only the certificate', async () => {
    const { states, seen } = await sendChanged(name, exchanged(false));
    assert.deepEqual(states, ['check', 'bad', 'check'], seen.text);
    assert.match(reasonOf(seen, 'signature'), /署名した人の電子証明書が入っていません/);
    assert.match(reasonOf(seen, 'identity'), /だれの申請か照合できません/);
    assert.match(reasonOf(seen, 'validity'), /有効かどうか確かめられません/);
  });
  await t.test('and the signer named after it', async () => {
    const { states, seen } = await sendChanged(name, exchanged(true));
    assert.equal(states[0], 'bad', seen.text);
    assert.match(
      reasonOf(seen, 'signature'),
      /電子証明書が、署名に使われたものとは別のものに取り替えられています|電子証明書と合いません/,
    );
  });
  await t.test('before the signature: another person’s name over one’s own key', async () => {
    const parsed = parseCertificate(other.certificate);
    assert.ok(parsed.ok);
    const identity = readIdentity(parsed.value);
    assert.ok(identity?.ok);
    const lies: Lies = { certificate: other.certificate, identity: identity.value };
    const { states, seen } = await statesOf(await file(home, card, lies));
    assert.deepEqual(states, ['bad', 'good', 'good'], seen.text);
    assert.match(reasonOf(seen, 'signature'), /署名した本人のものとは認められません/);
  });
});

test('照合: a name or an address in the application that is not the certificate’s, correctly signed', async () => {
  const name = await statesOf(await file(home, card, { identity: { name: '総務　次郎' } }));
  assert.deepEqual(name.states, ['good', 'bad', 'good'], name.seen.text);
  assert.match(reasonOf(name.seen, 'identity'), /氏名 一致しない/);
  const address = '見本県見本市中央九丁目９番９号';
  const moved = await statesOf(await file(home, card, { identity: { address } }));
  assert.deepEqual(moved.states, ['good', 'bad', 'good'], moved.seen.text);
  assert.match(reasonOf(moved.seen, 'identity'), /氏名 完全に一致 ・ 住所 一致しない/);
});

test('照合: a certificate whose address is not the one the city has on record', async () => {
  const elsewhere = await city.issueCard({ ...taro, address: '見本県見本市旭町三丁目４番５号' });
  const { states, seen } = await statesOf(await file(home, elsewhere));
  assert.deepEqual(states, ['good', 'bad', 'good'], seen.text);
  assert.match(reasonOf(seen, 'identity'), /氏名 完全に一致 ・ 住所 一致しない/);
  assert.match(seen.text, /住所（証明書と住民記録）/);
});

test('照合: a certificate whose name the city has not on record', async () => {
  const stranger = await city.issueCard({ ...taro, name: '見本　三郎' });
  const { states, seen } = await statesOf(await file(home, stranger));
  assert.deepEqual(states, ['good', 'check', 'good'], seen.text);
  assert.match(reasonOf(seen, 'identity'), /住民記録に、この氏名と生年月日の人が見つかりません/);
});

test('有効性: revoked before the request was made', async () => {
  const lost = await city.issueCard(taro);
  const ca = await city.ca();
  const { revokedAt } = await ca.revoke({
    certificate: { serial: lost.signSerial },
    reason: 'keyCompromise',
    actor: 'operator',
  });
  // Times of a list and of a request count whole seconds: the request shall be younger beyond doubt.
  const sure = (Math.floor(revokedAt.getTime() / 1000) + 1) * 1000;
  while (Date.now() < sure) await pause(20);
  const { states, seen } = await statesOf(await file(home, lost));
  assert.deepEqual(states, ['good', 'good', 'bad'], seen.text);
  assert.match(reasonOf(seen, 'validity'), /電子証明書は、署名の前に失効していました/);
});

test('有効性: expired', async () => {
  const now = Date.now();
  const old = await city.issueCard(taro, {
    now: new Date(now - 2 * day),
    cardExpiry: new Date(now - day),
  });
  const { states, seen } = await statesOf(await file(home, old));
  assert.deepEqual(states, ['good', 'good', 'bad'], seen.text);
  assert.match(reasonOf(seen, 'validity'), /電子証明書の有効期間が終わったあとに署名されています/);
});

test('有効性: not yet valid', async () => {
  const young = await city.issueCard(taro, { now: new Date(Date.now() + 2 * day) });
  const { states, seen } = await statesOf(await file(home, young));
  assert.deepEqual(states, ['good', 'good', 'bad'], seen.text);
  assert.match(reasonOf(seen, 'validity'), /電子証明書の有効期間が始まる前に署名されています/);
});

test('有効性: an issuer nobody here knows: another authority of the same names', async () => {
  const foreign = await issueCard(city.dir, profileIssuer(new Date(), identityOf(taro)));
  const { states, seen } = await statesOf(
    await file(home, {
      session: new CardSession(imageChannel(foreign.file, foreign.imageKey)),
      certificate: foreign.certificates.signature,
    }),
  );
  assert.deepEqual(states, ['good', 'good', 'check'], seen.text);
  assert.match(reasonOf(seen, 'validity'), /発行元が、信頼できる認証局として登録されていません/);
});

test('有効性: a demo issuer under a production policy', async () => {
  const arrived = await file(home, card);
  const before = await statesOf(arrived);
  assert.deepEqual(before.states, ['good', 'good', 'good'], before.seen.text);
  const { sql } = city.database;
  const clock = () => new Date();
  const { signature } = await (await city.ca()).anchors();
  const caUrl = city.city.addresses.ca;
  // The same agency's records, looked at by one for whom demo authorities do not count.
  await recheck(
    {
      sql,
      agency: { code: '99201', name: '見本市長' },
      trust: {
        anchors: signature,
        demo: false,
        revocation: httpRevocation({ indexUrl: `${caUrl}/crl/index.json`, clock }),
        residents: residentRegister(sql, '99201'),
      },
      clock,
    },
    arrived.receiptNumber,
  );
  const { states, seen } = await statesOf(arrived);
  assert.deepEqual(states, ['good', 'good', 'check'], seen.text);
  assert.match(reasonOf(seen, 'validity'), /デモ用の認証局が発行した電子証明書です。本番では使えません/);
});
