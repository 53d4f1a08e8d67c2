import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { aids, apdu, efs, readWholeFile, transmitOk } from '@madoguchi/card';
import {
  type Certificate,
  demoOids,
  generateKeyPair,
  nameToString,
  parseCertificate,
  readIdentity,
  serialHex,
} from '@madoguchi/pki';
import type { IssueStep } from '../context.js';
import { CaError } from '../error.js';
import type { Resident } from '../identity/resident.js';
import { demoResidents } from '../residents.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { newCard, signPin } from '../testing/card.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
});
after(() => authority.close());

const [taro] = demoResidents as [Resident, ...Resident[]];

function read(der: Uint8Array): Certificate {
  const parsed = parseCertificate(der);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}

async function issuedCertificate(serial: string): Promise<Certificate> {
  const record = await authority.ca.show({ serial });
  assert.ok(record?.certificate, 'not in the issue record');
  return read(record.certificate);
}

test('a card issued at the counter holds both certificates and the authorities’, for keys made in the card', async () => {
  const { card, cardKey } = await newCard(authority, taro);
  try {
    const result = await authority.ca.issueToCard({
      transmit: card.transmit,
      cardKey,
      resident: taro,
      signPin,
    });
    assert.ok(result.signSerial);
    await transmitOk(card.transmit, apdu.selectApplication(aids.jpki), 'select');
    const readFile = async (id: number) => {
      await transmitOk(card.transmit, apdu.selectFile(id), 'select');
      return read(await readWholeFile(card.transmit));
    };
    const auth = await readFile(efs.jpki.authenticationCertificate.id);
    assert.equal(serialHex(auth), result.authSerial?.toUpperCase());
    const anchors = await authority.ca.anchors();
    const authCa = await readFile(efs.jpki.authenticationCaCertificate.id);
    assert.deepEqual(
      [Buffer.from(authCa.der)],
      anchors.authentication.map((der) => Buffer.from(der)),
    );
    const signCa = await readFile(efs.jpki.signatureCaCertificate.id);
    assert.deepEqual(
      [Buffer.from(signCa.der)],
      anchors.signature.map((der) => Buffer.from(der)),
    );
    const states = (await authority.ca.list()).filter((record) => record.municipality === '99201');
    assert.deepEqual(
      states.map((record) => [record.profile, record.state, record.status]),
      [
        ['signature', 'delivered', 'valid'],
        ['authentication', 'delivered', 'valid'],
      ],
    );
  } finally {
    await card.close();
  }
});

test('the signature certificate follows the profile field by field', async () => {
  const { card, cardKey } = await newCard(authority, taro);
  try {
    const { signSerial } = await authority.ca.issueToCard({
      transmit: card.transmit,
      cardKey,
      resident: taro,
    });
    const certificate = await issuedCertificate(signSerial ?? '');
    assert.equal(certificate.version, 3);
    assert.equal(certificate.serial.length, 4);
    assert.equal(certificate.signatureAlgorithm, 'rsa-sha256');
    assert.match(nameToString(certificate.subject), /^C=JP, L=Mihon-ken, L=Mihon-shi, CN=\d{28}$/);
    assert.match(nameToString(certificate.issuer), /^C=JP, O=JPKI-DEMO, OU=JPKI for digital signature, OU=/);
    assert.equal(certificate.notAfter.toISOString().slice(4), '-04-01T14:59:59.000Z');
    assert.deepEqual(
      certificate.extensions.map(({ oid, critical }) => [oid, critical]),
      [
        ['2.5.29.15', true],
        ['2.5.29.17', false],
        ['2.5.29.32', true],
        ['2.5.29.18', false],
        ['2.5.29.31', false],
        ['2.5.29.35', false],
        ['2.5.29.14', false],
      ],
    );
    assert.deepEqual(certificate.keyUsage, ['digitalSignature', 'nonRepudiation']);
    assert.deepEqual(
      certificate.policies?.map((policy) => policy.oid),
      [demoOids.signature],
    );
    assert.deepEqual(readIdentity(certificate), {
      ok: true,
      value: {
        name: '総務　太郎',
        nameSubstitution: '00000',
        address: '見本県見本市中央一丁目２番３号',
        addressSubstitution: '0'.repeat(15),
        birthDate: '1975-04-01',
        sex: 'male',
      },
    });
  } finally {
    await card.close();
  }
});

test('the authentication certificate holds no personal data and names its OCSP responder', async () => {
  const { card, cardKey } = await newCard(authority, taro);
  try {
    const { authSerial } = await authority.ca.issueToCard({
      transmit: card.transmit,
      cardKey,
      resident: taro,
    });
    const certificate = await issuedCertificate(authSerial ?? '');
    assert.match(nameToString(certificate.subject), /^C=JP, CN=[0-9A-Z]{14}99201[0-9A-F]{4}$/);
    assert.deepEqual(
      certificate.extensions.map(({ oid, critical }) => [oid, critical]),
      [
        ['2.5.29.15', true],
        ['2.5.29.37', false],
        ['2.5.29.32', true],
        ['2.5.29.18', false],
        ['2.5.29.31', false],
        ['1.3.6.1.5.5.7.1.1', false],
        ['2.5.29.35', false],
        ['2.5.29.14', false],
      ],
    );
    assert.equal(certificate.subjectAltNames, undefined);
    const text = Buffer.from(certificate.der);
    assert.ok(!text.includes(Buffer.from('総務')) && !text.includes(Buffer.from('1975')));
  } finally {
    await card.close();
  }
});

test('hard names are substituted and flagged, and every demo resident gets a card', async () => {
  for (const resident of demoResidents.slice(2)) {
    const { card, cardKey } = await newCard(authority, resident);
    try {
      const issued = await authority.ca.issueToCard({ transmit: card.transmit, cardKey, resident, signPin });
      const certificate = await issuedCertificate(issued.signSerial ?? '');
      const identity = readIdentity(certificate);
      assert.ok(identity?.ok, resident.name);
      assert.equal(identity.value.nameSubstitution.includes('1'), /[𠮷髙﨑]/u.test(resident.name));
      if (resident.stayUntil) assert.deepEqual(certificate.notAfter, resident.stayUntil);
    } finally {
      await card.close();
    }
  }
});

test('a child under 15 gets no signature certificate', async () => {
  const birthDate = `${authority.now.getUTCFullYear() - 14}-01-01`;
  const child: Resident = { ...taro, name: '総務　一郎', birthDate };
  const { card, cardKey } = await newCard(authority, child);
  try {
    const issued = await authority.ca.issueToCard({ transmit: card.transmit, cardKey, resident: child });
    assert.equal(issued.signSerial, undefined);
  } finally {
    await card.close();
  }
});

test('a registered resident gets no second card while the first is valid', async () => {
  const resident = (await authority.ca.residents('99201'))[0];
  assert.ok(resident);
  const { card, cardKey } = await newCard(authority, resident);
  try {
    const input = { transmit: card.transmit, cardKey, resident, residentId: resident.id };
    const first = await authority.ca.issueToCard(input);
    await assert.rejects(authority.ca.issueToCard(input), isRule('issue.second'));
    for (const serial of [first.authSerial ?? '', first.signSerial ?? '']) {
      await authority.ca.revoke({ certificate: { serial }, reason: 'certificateHold' });
    }
    await authority.ca.issueToCard(input);
    const { authSerial } = await authority.ca.issueToCard({ ...input, replace: true });
    const mine = (await authority.ca.list()).filter((record) => record.resident === resident.id);
    const valid = mine.filter((record) => record.status === 'valid');
    assert.ok(valid.length === 2 && valid.some((record) => record.serial === authSerial));
    assert.equal(mine.filter((record) => record.revocation?.reason === 'superseded').length, 2);
  } finally {
    await card.close();
  }
});

test('a card with another key gets nothing, and no serial number is used', async () => {
  const { card } = await newCard(authority, taro);
  const before = (await authority.ca.list()).length;
  try {
    await assert.rejects(
      authority.ca.issueToCard({ transmit: card.transmit, cardKey: new Uint8Array(32), resident: taro }),
    );
    assert.equal((await authority.ca.list()).length, before);
  } finally {
    await card.close();
  }
});

for (const step of [
  'reserved',
  'linted',
  'intended',
  'signed',
  'issued',
  'written',
  'delivered',
] as IssueStep[]) {
  test(`a crash at "${step}" leaves nothing valid behind that nobody holds, and its number is never used again`, async () => {
    const { card, cardKey } = await newCard(authority, taro);
    const known = new Set((await authority.ca.list()).map((record) => record.serial));
    try {
      // As after a power failure: the step never comes back, and nobody is there to clean up.
      await new Promise<void>((stopped) => {
        authority.onStep = (at) => {
          if (at !== step) return;
          stopped();
          return new Promise(() => undefined);
        };
        const input = { transmit: card.transmit, cardKey, resident: taro };
        authority.ca.issueToCard(input).catch(() => undefined);
      });
      authority.onStep = () => undefined;
      authority.now = new Date(authority.now.getTime() + 3600_000);
      await authority.ca.recover();
      const left = (await authority.ca.list()).filter((record) => !known.has(record.serial));
      // A number that was taken for nothing has no line in the record.
      assert.equal(left.length >= 1, !['reserved', 'linted'].includes(step));
      for (const record of left) {
        if (record.state === 'delivered') assert.equal(record.status, 'valid');
        else {
          assert.equal(record.status, 'revoked', record.state);
          assert.equal(record.revocation?.reason, 'unspecified');
        }
      }
      const again = await authority.ca.issueToCard({ transmit: card.transmit, cardKey, resident: taro });
      const used = new Set([...known, ...left.map((record) => record.serial)]);
      assert.ok(!used.has((again.authSerial ?? '').toUpperCase()));
      assert.ok(!used.has((again.signSerial ?? '').toUpperCase()));
    } finally {
      authority.onStep = () => undefined;
      await card.close();
    }
  });
}

test('an issuance that fails leaves nothing valid, at once', async () => {
  const resident = (await authority.ca.residents('99301'))[0];
  assert.ok(resident);
  const { card, cardKey } = await newCard(authority, resident);
  const mine = async () => (await authority.ca.list()).filter((record) => record.resident === resident.id);
  const input = { transmit: card.transmit, cardKey, resident, residentId: resident.id };
  try {
    authority.onStep = (at) => {
      if (at === 'written') throw new Error('card pulled out');
    };
    await assert.rejects(authority.ca.issueToCard(input), /pulled out/);
    authority.onStep = () => undefined;
    assert.deepEqual(
      (await mine()).map((record) => record.status),
      ['revoked', 'revoked'],
    );
    await authority.ca.issueToCard(input);
    assert.deepEqual(
      (await mine()).slice(0, 2).map((record) => record.status),
      ['valid', 'valid'],
    );
  } finally {
    authority.onStep = () => undefined;
    await card.close();
  }
});

test('two counters at once give one resident one card', async () => {
  const resident = (await authority.ca.residents('99201'))[1];
  assert.ok(resident);
  const cards = [await newCard(authority, resident), await newCard(authority, resident)];
  try {
    const results = await Promise.allSettled(
      cards.map(({ card, cardKey }) =>
        authority.ca.issueToCard({ transmit: card.transmit, cardKey, resident, residentId: resident.id }),
      ),
    );
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
    const valid = (await authority.ca.list()).filter(
      (r) => r.resident === resident.id && r.status === 'valid',
    );
    assert.equal(valid.length, 2);
  } finally {
    for (const { card } of cards) await card.close();
  }
});

test('the nightly re-check finds nothing wrong with what was issued', async () => {
  assert.deepEqual(await authority.ca.recheck(), []);
});

test('certificates made at once get different serial numbers', async () => {
  const before = new Set((await authority.ca.list()).map((record) => record.serial));
  const issued = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { publicKey } = await generateKeyPair('p256');
      const names = { agencyCode: '99201', agencyName: '見本市' };
      return authority.ca.issue({ profile: 'encryption', publicKey, ...names });
    }),
  );
  const serials = new Set(issued.map((one) => one.serial));
  assert.equal(serials.size, 12);
  for (const serial of serials) assert.ok(!before.has(serial));
});

test('what was handed over or revoked is not looked for any more when a crash is cleared up; what is younger is', async () => {
  const lines = async () => (await authority.db.sql`select 1 from ca.unfinished`).length;
  assert.ok((await lines()) > 0);
  await authority.ca.recover();
  assert.ok((await lines()) > 0, 'a quarter of an hour has not passed');
  await authority.ca.recover(-1000);
  assert.equal(await lines(), 0);
});

test('the database itself refuses to change what was issued or to take back a revocation', async () => {
  const { sql } = authority.db;
  await assert.rejects(sql`delete from ca.certificate`, /not deleted/);
  await assert.rejects(
    sql`update ca.certificate set state = 'reserved' where state = 'delivered'`,
    /goes back/,
  );
  await assert.rejects(
    sql`update ca.certificate set serial = '\\x01' where state = 'delivered'`,
    /never changed/,
  );
  await assert.rejects(sql`update ca.revocation set reason = 'superseded'`, /append-only/);
  await assert.rejects(sql`delete from ca.revocation`, /append-only/);
  await assert.rejects(sql`truncate ca.revocation`, /append-only/);
});

test('the audit chain holds a line before and after each signature, without serial numbers', async () => {
  const verdict = await authority.ca.verifyAudit();
  assert.ok(verdict.ok);
  const rows = await authority.db.sql<{ action: string; text: string }[]>`
    select action, row_to_json(e)::text as text from store.audit_entries e where chain = 'ca'`;
  const count = (action: string) => rows.filter((row) => row.action === action).length;
  assert.ok(count('certificate.signing') >= count('certificate.signed') && count('certificate.signed') > 10);
  for (const { serial } of await authority.ca.list()) {
    assert.ok(!rows.some((row) => row.text.toUpperCase().includes(`"${serial}"`)));
  }
});

function isRule(rule: string) {
  return (error: unknown) => error instanceof CaError && error.rule === rule;
}
