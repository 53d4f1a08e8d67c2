import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profiles } from './lint/profiles.js';
import { schemes } from './schemes.js';
import { ageOn, type ValidityPolicy, validUntil, yearsLater } from './validity.js';

const noon = (day: string) => new Date(`${day}T03:00:00Z`);
const end = (at: Date) => at.toISOString();

test('a certificate ends on the fifth birthday after its issue, at 23:59:59 in Japan', () => {
  assert.equal(end(validUntil(noon('2026-11-22'), '1975-04-01')), '2031-04-01T14:59:59.000Z');
  assert.equal(end(validUntil(noon('2026-03-31'), '1975-04-01')), '2030-04-01T14:59:59.000Z');
});

test('a birthday on the day of issue does not count', () => {
  assert.equal(end(validUntil(noon('2026-04-01'), '1975-04-01')), '2031-04-01T14:59:59.000Z');
  assert.equal(end(validUntil(noon('2026-04-02'), '1975-04-01')), '2031-04-01T14:59:59.000Z');
});

test('the day of issue is the day in Japan', () => {
  // 16:00 UTC on 31 March is already the birthday in Japan.
  assert.equal(end(validUntil(new Date('2026-03-31T16:00:00Z'), '1975-04-01')), '2031-04-01T14:59:59.000Z');
});

test('a birthday on 29 February falls on 28 February or, if so set, on 1 March of other years', () => {
  assert.equal(end(validUntil(noon('2026-11-22'), '1948-02-29')), '2031-02-28T14:59:59.000Z');
  assert.equal(end(validUntil(noon('2026-11-22'), '1948-02-29', {}, '03-01')), '2031-03-01T14:59:59.000Z');
  assert.equal(end(validUntil(noon('2027-06-01'), '1948-02-29')), '2032-02-29T14:59:59.000Z');
});

test('the earliest cap ends it: card, authentication certificate, stay, issuer', () => {
  const card = new Date('2029-01-31T14:59:59Z');
  const stay = new Date('2028-03-31T14:59:59Z');
  const issued = noon('2026-11-22');
  assert.equal(end(validUntil(issued, '1975-04-01', { card })), end(card));
  assert.equal(end(validUntil(issued, '1975-04-01', { card, authentication: card, stay })), end(stay));
  assert.equal(end(validUntil(issued, '1975-04-01', { issuer: stay })), end(stay));
});

test('unknown parts of the birth date never lengthen the life', () => {
  const issued = noon('2026-11-22');
  for (const birthDate of ['1986-00-00', '0000-00-00', '1986-12-00']) {
    const years = (validUntil(issued, birthDate).getTime() - issued.getTime()) / (365.25 * 24 * 3600_000);
    assert.ok(years > 4 && years <= 5.01, birthDate);
  }
});

test('every day of issue and every birthday give between four and five years', () => {
  for (let issue = 0; issue < 1461; issue += 13) {
    for (let birth = 0; birth < 366; birth += 7) {
      const issued = new Date(Date.UTC(2025, 0, 1, 3) + issue * 86400_000);
      const birthDate = new Date(Date.UTC(1980, 0, 1) + birth * 86400_000).toISOString().slice(0, 10);
      const days = (validUntil(issued, birthDate).getTime() - issued.getTime()) / 86400_000;
      assert.ok(days > 4 * 365 && days < 5 * 365.25 + 2, `${issued.toISOString()} ${birthDate}`);
    }
  }
});

test('an authority’s certificate ends at the end of a Japanese day', () => {
  assert.equal(end(yearsLater(noon('2026-11-22'), 10)), '2036-11-21T14:59:59.000Z');
});

test('age is counted on the Japanese day, and unknown where the birth date is', () => {
  assert.equal(ageOn(new Date('2026-03-31T16:00:00Z'), '2011-04-01'), 15);
  assert.equal(ageOn(new Date('2026-03-31T14:00:00Z'), '2011-04-01'), 14);
  assert.equal(ageOn(new Date(), '2011-00-00'), undefined);
});

test('3, 5 and 10 years are one number of the scheme; the rules for certificates follow it', () => {
  const issued = noon('2026-11-22');
  const until = (policy: ValidityPolicy) => end(validUntil(issued, '1975-04-01', {}, '02-28', policy));
  assert.equal(until({ years: 3, until: 'issue' }), '2029-11-21T14:59:59.000Z');
  assert.equal(until({ years: 5, until: 'birthday' }), '2031-04-01T14:59:59.000Z');
  assert.equal(until({ years: 10, until: 'birthday' }), '2036-04-01T14:59:59.000Z');
  for (const [scheme, profile] of [
    [schemes.national, profiles.signature],
    [schemes.prefectures, profiles['signature-2008']],
  ] as const) {
    assert.equal(profile.validity, scheme.validity);
    assert.equal(profile.longestYears, scheme.validity.years);
  }
});
