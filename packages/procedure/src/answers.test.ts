import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswers, strangeAnswers } from './answers.js';
import { tennisClub } from './testing/definitions.js';

const good = { court: 'clay', hours: '2' };
const faults = (raw: Record<string, string>) => {
  const checked = checkAnswers(tennisClub, raw);
  return checked.ok ? [] : checked.errors.map((error) => error.field);
};

test('good answers come out in the order of the definition, empty optional ones left out', () => {
  const checked = checkAnswers(tennisClub, { nick: '', hours: '2', court: 'clay', gift: '1,200円' });
  assert.deepEqual(checked, { ok: true, answers: { court: 'clay', hours: '2', gift: '1200' } });
});

test('full-width digits and hyphens are understood, text is left as typed', () => {
  const checked = checkAnswers(tennisClub, {
    ...good,
    hours: '１０',
    phone: '０９９ー０００ー００００',
    nick: 'ﾀﾛｳ  e\u0301',
    start: '２０２６-０４-０１',
  });
  assert.ok(checked.ok);
  assert.equal(checked.answers.hours, '10');
  assert.equal(checked.answers.phone, '099-000-0000');
  assert.equal(checked.answers.nick, 'ﾀﾛｳ  e\u0301');
  assert.equal(checked.answers.start, '2026-04-01');
  const era = checkAnswers(tennisClub, { ...good, start: '令和８年４月１日' });
  assert.equal(era.answers.start, '2026-04-01');
});

test('what is wrong is told by field, and everything typed is kept', () => {
  const raw = { court: 'snow', hours: '11', mail: 'nobody', start: '2026-02-30', nick: 'a\nb' };
  const checked = checkAnswers(tennisClub, raw);
  assert.ok(!checked.ok);
  assert.deepEqual(checked.errors.map((error) => error.field).sort(), [
    'court',
    'hours',
    'mail',
    'nick',
    'start',
  ]);
  assert.deepEqual(checked.answers, raw);
  for (const error of checked.errors)
    for (const text of Object.values(error.message)) assert.ok(text.length > 5);
});

test('a required field may not be blank; one under a false condition is neither asked for nor kept', () => {
  assert.deepEqual(faults({ court: '', hours: ' 　' }), ['court', 'hours']);
  assert.deepEqual(faults({ court: 'grass', hours: '1' }), ['why']);
  const checked = checkAnswers(tennisClub, { ...good, why: 'I like it' });
  assert.deepEqual(checked, { ok: true, answers: good });
});

test('lone surrogates, over-long text and unknown names do not get in', () => {
  assert.deepEqual(faults({ ...good, nick: '\ud800' }), ['nick']);
  assert.deepEqual(faults({ ...good, nick: 'x'.repeat(21) }), ['nick']);
  assert.deepEqual(checkAnswers(tennisClub, { ...good, evil: 'x', constructor: 'y' }), {
    ok: true,
    answers: good,
  });
});

test('answers that the definition would not show are named', () => {
  assert.deepEqual(strangeAnswers(tennisClub, good), []);
  assert.deepEqual(strangeAnswers(tennisClub, { ...good, evil: 'x' }), ['evil']);
  assert.deepEqual(strangeAnswers(tennisClub, { ...good, why: 'not asked' }), ['why']);
  assert.deepEqual(strangeAnswers(tennisClub, { ...good, hours: '０2' }), ['hours']);
  assert.deepEqual(strangeAnswers(tennisClub, { ...good, nick: '' }), ['nick']);
  assert.deepEqual(strangeAnswers(tennisClub, { court: 'clay' }), ['hours']);
});
