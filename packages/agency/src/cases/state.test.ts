import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relationFault } from './relate.js';
import { stateOf, undecided } from './state.js';

const after = (...kinds: string[]) => stateOf(kinds.map((kind) => ({ kind })));

test('a case is the sum of its actions', () => {
  assert.equal(after(), 'arrived');
  assert.equal(after('arrived', 'opened', 'verified', 'note', 'accepted'), 'accepted');
  assert.equal(after('arrived', 'opened', 'tryLater', 'verified'), 'verified');
  assert.equal(after('arrived', 'opened', 'verified', 'correctionAsked'), 'correction');
  assert.equal(after('arrived', 'opened', 'verified', 'correctionAsked', 'corrected'), 'opened');
  assert.equal(
    after('arrived', 'opened', 'verified', 'correctionAsked', 'corrected', 'verified'),
    'verified',
  );
});

test('what comes late moves nothing: a decision stays, a look while the applicant corrects does not end the correction', () => {
  assert.equal(after('arrived', 'opened', 'verified', 'accepted', 'withdrawn'), 'accepted');
  assert.equal(after('arrived', 'opened', 'verified', 'rejected', 'corrected', 'verified'), 'rejected');
  assert.equal(after('arrived', 'opened', 'verified', 'correctionAsked', 'verified'), 'correction');
  assert.equal(after('arrived', 'refused', 'opened', 'verified'), 'refused');
  assert.equal(after('arrived', 'opened', 'joined', 'verified'), 'joined');
  assert.equal(after('arrived', 'constructor', '__proto__'), 'arrived');
});

test('a case that others must sign waits for them, whatever its own look finds, and is examined when all have signed', () => {
  assert.equal(after('arrived', 'opened', 'cosignAsked', 'verified'), 'cosigning');
  assert.equal(after('arrived', 'opened', 'cosignAsked', 'cosigned', 'cosignDeclined'), 'cosigning');
  assert.equal(
    after('arrived', 'opened', 'cosignAsked', 'cosigned', 'cosignComplete', 'verified'),
    'verified',
  );
  assert.equal(
    after('arrived', 'opened', 'cosignAsked', 'correctionAsked', 'corrected', 'cosignAsked'),
    'cosigning',
  );
  assert.equal(after('arrived', 'opened', 'cosignAsked', 'withdrawn', 'cosignComplete'), 'withdrawn');
});

test('a submission joins a case only by its very digest and in a state that waits for it', () => {
  const relation = { kind: 'corrects', receipt: '2026-0000001', application: 'a'.repeat(64) } as const;
  const withdraws = { ...relation, kind: 'withdraws' } as const;
  const digest = 'a'.repeat(64);
  assert.equal(relationFault(relation, 'correction', digest), undefined);
  assert.equal(relationFault(relation, 'verified', digest), 'relation.state');
  assert.equal(relationFault(relation, 'correction', 'b'.repeat(64)), 'relation.digest');
  assert.equal(relationFault(relation, undefined, undefined), 'relation.unknown');
  const cosigns = { ...relation, kind: 'cosigns', signer: 'coOwner.0' } as const;
  assert.equal(relationFault(cosigns, 'cosigning', digest), undefined);
  assert.equal(relationFault(cosigns, 'cosigning', 'b'.repeat(64)), 'relation.digest');
  for (const state of ['correction', 'opened', 'verified', 'accepted', 'withdrawn'] as const)
    assert.equal(relationFault(cosigns, state, digest), 'relation.state');
  for (const state of undecided) assert.equal(relationFault(withdraws, state, digest), undefined);
  for (const state of ['accepted', 'rejected', 'withdrawn', 'refused', 'joined'] as const)
    assert.equal(relationFault(withdraws, state, digest), 'relation.state');
});
