import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readAltNames } from '../certificate/extensions.js';
import { writeGeneralName } from '../certificate/general-name.js';
import { type Certificate, parseCertificate } from '../certificate/parse.js';
import { ia5String, sequence, utf8String } from '../der/write.js';
import { identityItems } from '../oids.js';
import { mutations } from '../testing/mutate.js';
import * as world from '../testing/world.js';
import { readBirthCode, writeBirthCode } from './birth-code.js';
import { identityAltName, readIdentity } from './identity.js';

const items: Record<keyof typeof identityItems, Uint8Array> = {
  name: utf8String('総務　太郎'),
  birthDate: utf8String('319750401'),
  sex: utf8String('1'),
  address: utf8String('見本県'),
  nameSubstitution: utf8String('00100'),
  addressSubstitution: utf8String('000'),
};
const withNames = (entries: [string, Uint8Array][]): Certificate =>
  ({
    subjectAltNames: readAltNames(
      sequence(...entries.map(([type, value]) => writeGeneralName.otherName(type, value))),
    ),
  }) as Certificate;
const rule = (changed: Partial<typeof items>, without?: keyof typeof identityItems): string => {
  const entries = Object.entries({ ...items, ...changed }).flatMap(([item, value]): [string, Uint8Array][] =>
    item === without ? [] : [[identityItems[item as keyof typeof identityItems], value]],
  );
  const result = readIdentity(withNames(entries));
  return result === undefined ? 'none' : result.ok ? 'accepted' : result.rule;
};

suite('基本4情報', () => {
  test('items are found by identifier in any order, next to names of other kinds', () => {
    const entries = Object.entries(items)
      .reverse()
      .map(([item, value]): [string, Uint8Array] => [
        identityItems[item as keyof typeof identityItems],
        value,
      ]);
    const result = readIdentity(withNames([['1.2.3', utf8String('x')], ...entries]));
    assert.deepEqual(result, {
      ok: true,
      value: {
        name: '総務　太郎',
        nameSubstitution: '00100',
        address: '見本県',
        addressSubstitution: '000',
        birthDate: '1975-04-01',
        sex: 'male',
      },
    });
    assert.equal(readIdentity(withNames([['1.2.3', utf8String('x')]])), undefined);
  });

  test('every item has its own refusal', () => {
    assert.equal(rule({}), 'accepted');
    assert.equal(rule({}, 'sex'), 'identity.missing.sex');
    assert.equal(rule({}, 'nameSubstitution'), 'identity.missing.nameSubstitution');
    assert.equal(rule({ name: ia5String('SOUMU') }), 'identity.type.name');
    assert.equal(rule({ name: utf8String('') }), 'identity.name.empty');
    assert.equal(rule({ sex: utf8String('9') }), 'identity.sex');
    assert.equal(rule({ nameSubstitution: utf8String('0000') }), 'identity.nameSubstitution.length');
    assert.equal(rule({ addressSubstitution: utf8String('002') }), 'identity.addressSubstitution.digits');
    assert.equal(rule({ address: utf8String('あ'.repeat(201)) }), 'identity.address.length');
    assert.equal(rule({ birthDate: utf8String('19750401') }), 'identity.birthDate.form');
    assert.equal(rule({ birthDate: utf8String('419750401') }), 'identity.birthDate.era');
    assert.equal(rule({ birthDate: utf8String('319750431') }), 'identity.birthDate.date');
    const twice = Object.entries(items).map(([item, value]): [string, Uint8Array] => [
      identityItems[item as keyof typeof identityItems],
      value,
    ]);
    const result = readIdentity(withNames([...twice, [identityItems.name, utf8String('別人')]]));
    assert.ok(result?.ok === false && result.rule === 'identity.twice');
  });

  test('a birth date has an era that fits, as far as it is known', () => {
    for (const [code, date] of [
      ['319700101', '1970-01-01'],
      ['118681231', '1868-12-31'],
      ['319890107', '1989-01-07'],
      ['419890108', '1989-01-08'],
      ['520190501', '2019-05-01'],
      ['319750400', '1975-04-00'],
      ['319750000', '1975-00-00'],
      ['000000000', '0000-00-00'],
      ['520240229', '2024-02-29'],
    ] as const) {
      assert.deepEqual(readBirthCode(code), { ok: true, value: date });
      assert.equal(writeBirthCode(date), code);
    }
    assert.deepEqual(readBirthCode('400000000'), { ok: true, value: '0000-00-00' });
    assert.deepEqual(readBirthCode('219261225'), { ok: true, value: '1926-12-25' });
    assert.deepEqual(readBirthCode('319261225'), { ok: true, value: '1926-12-25' });
    assert.deepEqual(readBirthCode('419890000'), { ok: true, value: '1989-00-00' });
    for (const wrong of ['320230229', '519890107', '619700101', '319701301', '31970010１', '']) {
      assert.equal(readBirthCode(wrong).ok, false, wrong);
    }
    assert.throws(() => writeBirthCode('1975-02-30'), RangeError);
    assert.throws(() => writeBirthCode('1975-4-1'), RangeError);
  });

  test('an identity that does not fit the certificate is not written', () => {
    assert.throws(() => identityAltName({ ...world.taro, nameSubstitution: '0' }), RangeError);
    assert.throws(() => identityAltName({ ...world.taro, name: '', nameSubstitution: '' }), RangeError);
    assert.ok(identityAltName({ ...world.taro, sex: 'other' }).value.length > 0);
  });

  test('damaged identities get a verdict', async () => {
    const ca = await world.citizenCa('signature', 'p256');
    const { der } = await world.citizen(ca, Uint8Array.of(5), 'p256');
    for (const damaged of mutations(der, 2000, 7)) {
      const parsed = parseCertificate(damaged);
      if (parsed.ok) readIdentity(parsed.value);
    }
  });
});
