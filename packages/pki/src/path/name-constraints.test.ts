import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GeneralName } from '../certificate/general-name.js';
import type { Certificate } from '../certificate/parse.js';
import { wholeTlv } from '../der/read.js';
import { utf8String } from '../der/write.js';
import { buildName, parseName } from '../name.js';
import { NameConstraintState } from './name-constraints.js';

const empty = parseName(buildName([]));
assert.ok(empty.ok);
const subject = empty.value;

function check(name: GeneralName, permitted: GeneralName[], excluded: GeneralName[] = []): string {
  const state = new NameConstraintState({ names: 1000 });
  state.add({ permitted: permitted.map((base) => ({ base })), excluded: excluded.map((base) => ({ base })) });
  return state.check({ subject, subjectAltNames: [name] } as unknown as Certificate) ?? 'ok';
}
const dns = (value: string): GeneralName => ({ kind: 'dNSName', value });
const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value });
const uri = (value: string): GeneralName => ({ kind: 'uniformResourceIdentifier', value });
const ip = (...octets: number[]): GeneralName => ({ kind: 'iPAddress', octets: Uint8Array.from(octets) });
const permitted = 'path.nameConstraints.permitted';
const excluded = 'path.nameConstraints.excluded';
const unsupported = 'path.nameConstraints.unsupported';

test('a host name lies in its own domain and below it, cut at a dot', () => {
  assert.equal(check(dns('city.example.jp'), [dns('example.jp')]), 'ok');
  assert.equal(check(dns('Example.JP'), [dns('example.jp')]), 'ok');
  assert.equal(check(dns('badexample.jp'), [dns('example.jp')]), permitted);
  assert.equal(check(dns('example.jp'), [dns('.example.jp')]), permitted);
  assert.equal(check(dns('a.example.jp'), [], [dns('.example.jp')]), excluded);
  assert.equal(check(dns('example.jp'), [], [dns('.example.jp')]), excluded);
  assert.equal(check(dns('anything'), [], [dns('')]), excluded);
  assert.equal(check(dns('*.example.jp'), [], [dns('secret.example.jp')]), excluded);
  assert.equal(check(dns('*.example.jp'), [dns('example.jp')]), 'ok');
});

test('what is no host name lies in no domain, and no constraint clears it', () => {
  for (const bad of ['.example.jp', 'a..example.jp', 'evil.test/.example.jp', 'a b.example.jp', '', '*']) {
    assert.equal(check(dns(bad), [dns('example.jp')]), unsupported, bad);
    assert.equal(check(dns(bad), [], [dns('example.jp')]), unsupported, bad);
  }
});

test('a mailbox, a host or a domain constrains e-mail addresses', () => {
  assert.equal(check(mail('a@example.jp'), [mail('example.jp')]), 'ok');
  assert.equal(check(mail('a@b.example.jp'), [mail('example.jp')]), permitted);
  assert.equal(check(mail('a@b.example.jp'), [mail('.example.jp')]), 'ok');
  assert.equal(check(mail('a@example.jp'), [mail('.example.jp')]), permitted);
  assert.equal(check(mail('a@Example.jp'), [mail('a@example.JP')]), 'ok');
  assert.equal(check(mail('A@example.jp'), [mail('a@example.jp')]), permitted);
  for (const bad of ['nobody', 'a@b@example.jp', 'a b@example.jp', 'a..b@example.jp', '"a"b"@example.jp']) {
    assert.equal(check(mail(bad), [mail('example.jp')]), unsupported, bad);
  }
  assert.equal(check(mail('"a@b"@example.jp'), [mail('example.jp')]), 'ok');
});

test('a mail address in the form of RFC 9598 is under the same constraints', () => {
  const mailbox = (value: Uint8Array): GeneralName => ({
    kind: 'otherName',
    type: '1.3.6.1.5.5.7.8.9',
    value: wholeTlv(value),
  });
  assert.equal(check(mailbox(utf8String('太郎@example.jp')), [mail('example.jp')]), 'ok');
  assert.equal(check(mailbox(utf8String('太郎@evil.test')), [mail('example.jp')]), permitted);
  assert.equal(check(mailbox(utf8String('太郎@a.example.jp')), [], [mail('.example.jp')]), excluded);
  assert.equal(check(mailbox(Uint8Array.of(5, 0)), [mail('example.jp')]), unsupported);
  assert.equal(check(mailbox(utf8String('太郎@example.jp')), [dns('example.org')]), 'ok');
});

test('a URI is constrained by its host name and refused without one', () => {
  assert.equal(check(uri('https://user@city.example.jp:443/x'), [uri('city.example.jp')]), 'ok');
  assert.equal(check(uri('https://city.example.jp'), [uri('.example.jp')]), 'ok');
  assert.equal(check(uri('https://example.jp'), [uri('.example.jp')]), permitted);
  assert.equal(check(uri('https://192.0.2.1/'), [uri('.example.jp')]), unsupported);
  assert.equal(check(uri('urn:x:y'), [], [uri('example.jp')]), unsupported);
});

test('addresses are compared under the mask, and only with their own kind', () => {
  assert.equal(check(ip(192, 0, 2, 9), [ip(192, 0, 2, 0, 255, 255, 255, 0)]), 'ok');
  assert.equal(check(ip(192, 0, 3, 9), [ip(192, 0, 2, 0, 255, 255, 255, 0)]), permitted);
  assert.equal(check(ip(...Array<number>(16).fill(1)), [ip(192, 0, 2, 0, 255, 255, 255, 0)]), permitted);
  assert.equal(check(ip(192, 0, 2, 9), [ip(1, 2, 3)]), unsupported);
  assert.equal(check(ip(192, 0, 2, 9), [ip(192, 0, 0, 9, 255, 255, 0, 255)]), unsupported);
});

test('kinds of names that cannot be compared are refused as soon as they are constrained', () => {
  const registered: GeneralName = { kind: 'registeredID', oid: '1.2.3' };
  assert.equal(check(registered, [], [registered]), unsupported);
  assert.equal(check(registered, [dns('example.jp')]), 'ok');
  // Other names are as many forms as there are types: a constraint on one says nothing of a citizen's name and address.
  const value = wholeTlv(Uint8Array.of(0x0c, 0));
  const name: GeneralName = { kind: 'otherName', type: '1.2.392.200149.8.5.5.1', value };
  assert.equal(check(name, [{ kind: 'otherName', type: '1.3.6.1.4.1.311.20.2.3', value }]), 'ok');
  assert.equal(check(name, [name]), unsupported);
  const state = new NameConstraintState({ names: 1 });
  state.add({ permitted: [{ base: dns('a') }, { base: dns('b') }], excluded: [] });
  const rule = state.check({ subject, subjectAltNames: [dns('a')] } as unknown as Certificate);
  assert.equal(rule, 'path.nameConstraints.work');
});
