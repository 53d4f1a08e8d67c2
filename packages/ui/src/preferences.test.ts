import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { linkTo, type Preferences, preferencesQuery, readPreferences } from './preferences.js';

const app = new Hono();
app.get('/', (c) => c.json(readPreferences(c)));
app.get('/agent', (c) => c.json(readPreferences(c, { cookie: false })));

async function ask(path: string, cookie = '') {
  const answer = await app.request(path, { headers: { cookie } });
  return { preferences: (await answer.json()) as Preferences, cookie: answer.headers.get('set-cookie') };
}

test('without a choice the pages are in plain Japanese, and no cookie is set', async () => {
  assert.deepEqual(await ask('/'), {
    preferences: { register: 'ja', furigana: false, large: false },
    cookie: null,
  });
});

test('a choice in the address is kept in a cookie and stays', async () => {
  const first = await ask('/?lang=jaEasy');
  assert.deepEqual(first.preferences, { register: 'jaEasy', furigana: true, large: false });
  assert.match(first.cookie ?? '', /^mado_prefs=jaEasy\.-\.0; .*HttpOnly; SameSite=Lax$/);
  const second = await ask('/?large=1', 'mado_prefs=jaEasy.-.0');
  assert.deepEqual(second.preferences, { register: 'jaEasy', furigana: true, large: true });
  assert.match(second.cookie ?? '', /^mado_prefs=jaEasy\.-\.1;/);
});

test('furigana follows the register until it is chosen, and English has none', async () => {
  assert.equal((await ask('/?furigana=0', 'mado_prefs=jaEasy.-.0')).preferences.furigana, false);
  assert.equal((await ask('/', 'mado_prefs=ja.1.0')).preferences.furigana, true);
  assert.equal((await ask('/', 'mado_prefs=en.1.0')).preferences.furigana, false);
});

test('the agent reads the address only and sets nothing', async () => {
  const answer = await ask('/agent?lang=en&large=1', 'mado_prefs=jaEasy.1.1');
  assert.deepEqual(answer, { preferences: { register: 'en', furigana: false, large: true }, cookie: null });
});

test('nonsense counts as no choice', async () => {
  const answer = await ask('/?lang=<script>&furigana=x&large=yes', 'mado_prefs=%3Cb%3E.9');
  assert.deepEqual(answer.preferences, { register: 'ja', furigana: false, large: false });
});

test('switch links keep the other parameters and never leave the host', () => {
  assert.equal(linkTo('/a?x=1&lang=ja', { lang: 'en' }), '/a?x=1&lang=en');
  assert.equal(linkTo('/a?lang=ja', { lang: undefined }), '/a');
  assert.equal(linkTo('//evil.example/x', { lang: 'en' }), '/evil.example/x?lang=en');
  assert.equal(linkTo('/\\evil.example', { lang: 'en' }), '/evil.example?lang=en');
  assert.equal(linkTo('', {}), '/');
  assert.equal(
    preferencesQuery({ register: 'en', furigana: false, large: true }),
    'lang=en&furigana=0&large=1',
  );
});
