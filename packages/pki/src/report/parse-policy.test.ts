import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parsePolicy } from './parse-policy.js';
import { citizenSignaturePolicy, registryPdfPolicy } from './policy.js';

const folder = fileURLToPath(new URL('../../policies', import.meta.url));

test('every policy that ships is read, and the one in code is the one in the file', () => {
  const files = readdirSync(folder).sort();
  assert.deepEqual(files, [
    'agency.json',
    'citizen-2008.json',
    'citizen-signature.json',
    'registry-pdf.json',
    'tsa.json',
  ]);
  for (const file of files) {
    const read = parsePolicy(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
    assert.ok(read.ok, JSON.stringify(read));
    assert.equal(read.policy.id.split('/')[0], file.replace('.json', ''));
    if (file === 'citizen-signature.json') assert.deepEqual(read.policy, citizenSignaturePolicy);
    if (file === 'registry-pdf.json') assert.deepEqual(read.policy, registryPdfPolicy);
  }
});

test('a policy that says little is citizen-signature in all the rest', () => {
  const read = parsePolicy({ id: 'mine/1', levels: { 'signature.claimedTime': 'FAIL' } });
  assert.ok(read.ok);
  assert.deepEqual(read.policy, {
    ...citizenSignaturePolicy,
    id: 'mine/1',
    levels: { 'signature.claimedTime': 'FAIL' },
  });
});

test('what a policy does not know is named, with what is allowed', () => {
  const cases: [unknown, string, RegExp, RegExp][] = [
    [null, '', /null/, /an object/],
    [[], '', /\[\]/, /an object/],
    [{}, 'id', /nothing/, /a name/],
    [{ id: 'x', demoo: true }, 'demoo', /unknown member/, /one of id, .*demo, freshness/],
    [{ id: 'x', levels: { 'signature.nope': 'FAIL' } }, 'levels.signature.nope', /nope/, /signature\.format/],
    [
      { id: 'x', levels: { 'signature.value': 'MAYBE' } },
      'levels.signature.value',
      /"MAYBE"/,
      /one of FAIL, WARN, INFORM, IGNORE/,
    ],
    [{ id: 'x', algorithms: ['rsa-md5'] }, 'algorithms.0', /rsa-md5/, /one of .*rsa-sha256/],
    [{ id: 'x', minimumRsaBits: 512 }, 'minimumRsaBits', /512/, /from 1024/],
    [{ id: 'x', freshness: { by: 'never' } }, 'freshness.by', /never/, /nextUpdate/],
    [
      { id: 'x', freshness: { by: 'maximumAge', seconds: 'ten' } },
      'freshness.seconds',
      /"ten"/,
      /whole number/,
    ],
    [
      { id: 'x', algorithmEnds: { 'rsa-sha1': 'yesterday' } },
      'algorithmEnds.rsa-sha1',
      /yesterday/,
      /ISO 8601/,
    ],
    [{ id: 'x', anchorEnds: { short: '2020-01-01T00:00:00Z' } }, 'anchorEnds.short', /short/, /SHA-256/],
    [{ id: 'x', __proto__: null, keyUsage: ['signing'] }, 'keyUsage.0', /signing/, /nonRepudiation/],
  ];
  for (const [json, place, found, allowed] of cases) {
    const read = parsePolicy(json);
    assert.ok(!read.ok);
    const fault = read.faults.find((each) => each.place === place);
    assert.ok(fault, `${place} in ${JSON.stringify(read.faults)}`);
    assert.match(fault.found, found);
    assert.match(fault.allowed, allowed);
  }
});
