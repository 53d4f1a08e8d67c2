import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answerLimbo } from '../testing/limbo.js';

const place = process.env.X509_LIMBO;
const page = new URL('../../../../docs/x509-limbo.md', import.meta.url);

test('x509-limbo and BetterTLS get the answers that docs/x509-limbo.md tells, each in a bounded time', {
  skip: place === undefined && 'X509_LIMBO does not name the limbo.json of C2SP/x509-limbo',
}, () => {
  const answers = answerLimbo(place ?? '');
  assert.ok(answers.length > 200);
  const told = new Set(readFileSync(page, 'utf8').match(/(?<=`)[a-z0-9]+(?:::[a-z0-9-]+)+(?=`)/g));
  const different = answers.filter(({ answer }) => answer === 'different').map(({ id }) => id);
  assert.deepEqual(different.toSorted(), [...told].toSorted());
  assert.deepEqual(
    answers.filter(({ ms }) => ms > 1000),
    [],
  );
});
