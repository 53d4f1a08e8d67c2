import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPreferences, InWordsOf, type Register } from '@madoguchi/ui';
import { AuditDetail } from './audit-detail.js';

async function said(detail: Record<string, unknown>, register: Register = 'ja'): Promise<string> {
  const html = await (
    <InWordsOf prefs={{ ...defaultPreferences, register }}>
      <AuditDetail detail={detail} />
    </InWordsOf>
  );
  return String(html);
}

test('an entry of the chain reads in words: lights, roles with their reach, digests by their beginning', async () => {
  assert.equal(await said({ look: '2', identity: 'check' }), '確かめた回: 2 · 照合: 要確認');
  assert.equal(
    await said({ roles: 'examiner *, admin juminhyo' }, 'en'),
    'Roles: Examiner, Administrator juminhyo',
  );
  assert.equal(await said({ sha256: 'ab'.repeat(32) }, 'en'), `Digest (SHA-256): ${'ab'.repeat(8)}…`);
  assert.equal(await said({ by: 'card' }), '入り方: カードで');
});

test('a name or value without words stands as it is, and is never markup', async () => {
  assert.equal(
    await said({ newer: '<b>1</b>', constructor: 'x' }),
    'newer: &lt;b&gt;1&lt;/b&gt; · constructor: x',
  );
});
