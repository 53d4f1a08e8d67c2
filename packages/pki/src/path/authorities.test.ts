import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Extension } from '../certificate/extensions.js';
import { issueCertificate } from '../certificate/issue.js';
import { generateKeyPair, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { keyPurposes } from '../oids.js';
import { caTrue, extKeyUsage } from '../profile/extensions.js';
import * as world from '../testing/world.js';
import { type PathInput, validatePath } from './validate.js';

const pairs = await Promise.all([generateKeyPair('p256'), generateKeyPair('p256'), generateKeyPair('p256')]);

/** A root, an authority and a leaf for TLS clients; `more` says what else the two above say of themselves, or that they have no name. */
async function chain(
  more: { root?: Extension[]; authority?: Extension[]; nameless?: 'root' | 'authority' } = {},
): Promise<Pick<PathInput, 'anchors' | 'intermediates' | 'leaf'>> {
  const names = (['root', 'authority', 'leaf'] as const).map((role) =>
    buildName(more.nameless === role ? [] : [['CN', role]]),
  );
  const made = await Promise.all(
    pairs.map(({ publicKey }, level) => {
      const above = Math.max(0, level - 1);
      const own = level === 0 ? more.root : level === 1 ? more.authority : undefined;
      const last = extKeyUsage(false, keyPurposes.clientAuth);
      return issueCertificate(
        {
          serial: Uint8Array.of(level + 1),
          issuer: names[above] ?? new Uint8Array(),
          subject: names[level] ?? new Uint8Array(),
          notBefore: world.notBefore,
          notAfter: world.notAfter,
          publicKey,
          extensions: level === 2 ? [last] : [caTrue(), ...(own ?? [])],
        },
        softwareSigner(pairs[above]?.pkcs8 ?? new Uint8Array()),
      );
    }),
  );
  const [root, , leaf = new Uint8Array()] = made;
  return { anchors: root === undefined ? [] : [root], intermediates: made.slice(1, 2), leaf };
}

function rule(input: Pick<PathInput, 'anchors' | 'intermediates' | 'leaf'>, more: Partial<PathInput> = {}) {
  const result = validatePath({ ...input, time: world.now, checkRevocation: false, ...more });
  return result.valid ? 'PASSED' : result.rule;
}

const strange: Extension = { oid: '1.3.6.1.4.1.32473.7', critical: true, value: Uint8Array.of(5, 0) };
const client = { extKeyUsage: [keyPurposes.clientAuth] };

test('an anchor with a critical extension nobody understands anchors nothing, unless it is name and key alone', async () => {
  const input = await chain({ root: [strange] });
  assert.equal(rule(await chain()), 'PASSED');
  assert.equal(rule(input), 'path.anchor.critical');
  assert.equal(rule(input, { anchorsAreKeysOnly: true }), 'PASSED');
});

test('an authority without a name is none', async () => {
  assert.equal(rule(await chain({ nameless: 'root' })), 'path.anchor.name');
  assert.equal(rule(await chain({ nameless: 'authority' })), 'path.ca.name');
});

test('an authority whose own purposes leave one out cannot give it', async () => {
  const stamps = extKeyUsage(false, keyPurposes.timeStamping);
  const both = extKeyUsage(false, keyPurposes.timeStamping, keyPurposes.clientAuth);
  const any = extKeyUsage(false, keyPurposes.any);
  assert.equal(rule(await chain({ authority: [stamps] })), 'PASSED');
  assert.equal(rule(await chain({ authority: [stamps] }), client), 'path.extKeyUsage.ca');
  assert.equal(rule(await chain({ authority: [both] }), client), 'PASSED');
  assert.equal(rule(await chain({ authority: [any] }), client), 'PASSED');
  assert.equal(rule(await chain({ root: [stamps] }), client), 'path.extKeyUsage.ca');
  assert.equal(rule(await chain({ root: [stamps] }), { ...client, anchorsAreKeysOnly: true }), 'PASSED');
});
