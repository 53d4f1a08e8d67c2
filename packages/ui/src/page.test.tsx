import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Page, type Register, registers, type Words } from './index.js';
import { Gallery } from './testing/gallery.js';

const name: Words = { ja: '見本市', jaEasy: '{見本市|みほんし}', en: 'Mihon City' };

function gallery(register: Register, large = false): string {
  return (<Gallery prefs={{ register, furigana: register === 'jaEasy', large }} path="/x?y=1" />).toString();
}

test('every component is shown in every register, without inline styles or scripts', () => {
  for (const register of registers) {
    const html = gallery(register);
    assert.ok(html.startsWith('<!DOCTYPE html><html'));
    assert.doesNotMatch(html, /\sstyle=|\son\w+=|<script>|<style/);
    assert.doesNotMatch(html, /undefined|\[object|NaN/);
    for (const part of [
      'summary-list',
      'confirmation',
      'light-good',
      'progress',
      'table-box',
      'error-summary',
      'steps',
    ]) {
      assert.ok(html.includes(part), part);
    }
  }
});

test('the page says its language and marks the register the reader has', () => {
  assert.match(gallery('ja'), /<html lang="ja"/);
  assert.match(gallery('jaEasy'), /<html lang="ja" class="register-jaEasy furigana"/);
  assert.match(gallery('en', true), /<html lang="en" class="register-en large"/);
  assert.match(gallery('en'), /lang="en" aria-current="true">English/);
});

test('the switches are plain links that keep the address', () => {
  assert.match(gallery('ja'), /href="\/x\?y=1&amp;lang=en"/);
  const agent = (
    <Page
      title="t"
      prefs={{ register: 'ja', furigana: true, large: true }}
      siteName={name}
      path="/p"
      switches="query"
    />
  ).toString();
  assert.match(agent, /href="\/p\?lang=en&amp;large=1"/);
  assert.match(agent, /href="\/p\?lang=ja&amp;furigana=0&amp;large=1"/);
});

test('an error is named in the title, in the summary and at its field', () => {
  const html = gallery('ja');
  assert.match(html, /<title>エラー: 住民票の写しの交付申請 \| 見本市<\/title>/);
  assert.match(html, /class="error-summary" role="alert"[^>]*tabindex="-1" autofocus/);
  assert.match(html, /<a href="#f-copies">何通かを/);
  assert.match(
    html,
    /id="f-copies" name="copies" aria-required="true" aria-invalid="true" aria-describedby="f-copies-hint f-copies-error"/,
  );
  assert.match(html, /id="f-copies-error"/);
});

test('required and optional are words', () => {
  assert.match(gallery('ja'), /badge-required">必須<\/span>/);
  assert.match(gallery('ja'), /class="badge">任意<\/span>/);
  assert.match(gallery('en'), /badge-required">Required</);
});

test('what people typed is escaped everywhere', () => {
  assert.match(gallery('jaEasy'), /&lt;b&gt;太字&lt;\/b&gt; &amp; {漢字\|かんじ}<\/textarea>/);
  const html = (
    <Page
      title={'</title><script>alert(1)</script>'}
      prefs={{ register: 'ja', furigana: false, large: false }}
      siteName={name}
      path={'/"><script>alert(1)</script>'}
      errors={[{ message: '<img src=x>' }]}
    />
  ).toString();
  assert.doesNotMatch(html, /<script>|<img src=x/);
});

test('a PIN field never carries a value and keeps password managers off', () => {
  const field = /<input[^>]*type="password"[^>]*>/.exec(gallery('ja'))?.[0] ?? '';
  assert.doesNotMatch(field, /value=/);
  assert.match(field, /autocomplete="off"/);
});

test('assets come from the base the room names', () => {
  const prefs = { register: 'ja', furigana: false, large: false } as const;
  const html = (<Gallery prefs={prefs} assets="/0f3c/assets" />).toString();
  assert.match(html, /href="\/0f3c\/assets\/app\.[0-9a-f]{12}\.css"/);
  assert.doesNotMatch(html, /"\/assets\//);
});

test('ids are unique and every label leads to its control', () => {
  const html = gallery('ja');
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of html.matchAll(/\s(?:for|aria-labelledby|aria-controls)="([^"]+)"/g)) {
    assert.ok(ids.includes(target), target);
  }
  assert.equal([...html.matchAll(/<main/g)].length, 1);
});
