import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { explainRule } from './explain.js';

const source = new URL('../src/', import.meta.url);

test('every rule that this package can report has words of its own', () => {
  const unknown = explainRule('nothing.such');
  const rules = new Set<string>();
  for (const name of readdirSync(source, { encoding: 'utf8', recursive: true })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
    const text = readFileSync(new URL(name, source), 'utf8');
    for (const [, rule] of text.matchAll(
      /'((?:jws|signer|request|receipt|json|application|submission|draw|login|token|job)\.[A-Za-z.]+)'/g,
    ))
      if (rule && !rule.endsWith('.json') && !rule.endsWith('.js')) rules.add(rule);
  }
  assert.ok(rules.size > 40, `found ${rules.size}`);
  for (const rule of rules) assert.notDeepEqual(explainRule(rule), unknown, rule);
});

test('an explanation says what happened and the next step in three registers', () => {
  for (const rule of ['request.origin', 'asic.digest.application.json', 'intake.nonceUsed', 'nothing', ''])
    for (const part of Object.values(explainRule(rule)))
      for (const text of [part.ja, part.jaEasy, part.en]) assert.ok(text.length > 5, rule);
});

test('a rule deeper than the table takes the words of its family', () => {
  assert.deepEqual(explainRule('asic.digest.attachments/a.png'), explainRule('asic.digest'));
  assert.notDeepEqual(explainRule('asic.digest'), explainRule('asic'));
  assert.deepEqual(explainRule('constructor'), explainRule('nothing'));
});
