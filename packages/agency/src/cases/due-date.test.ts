import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dueDate } from './due-date.js';
import { isClosed } from './holidays.js';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('the day by which a case is to be decided', () => {
  it('counts working days after the day of arrival', () => {
    assert.equal(dueDate(new Date('2026-11-17T01:00:00Z'), 3), '2026-11-20');
  });

  it('takes the day of arrival in Japan, not in Greenwich', () => {
    assert.equal(dueDate(new Date('2026-11-16T15:30:00Z'), 1), '2026-11-18');
  });

  it('leaves out weekends and national holidays', () => {
    assert.equal(dueDate(new Date('2026-11-20T01:00:00Z'), 1), '2026-11-24');
  });

  it('leaves out the turn of the year, when offices are closed', () => {
    assert.equal(dueDate(new Date('2026-12-28T01:00:00Z'), 1), '2027-01-04');
  });

  it('is the day of arrival where the procedure is decided at once', () => {
    assert.equal(dueDate(new Date('2026-11-22T01:00:00Z'), 0), '2026-11-22');
  });
});

describe('national holidays', () => {
  it('are the ones the Cabinet Office lists for 2026 and 2027', () => {
    const listed = {
      2026: '01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23',
      2027: '01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23',
    };
    for (const [year, text] of Object.entries(listed)) {
      const wanted = text.split(' ').map((date) => `${year}-${date}`);
      const found: string[] = [];
      for (let at = day(`${year}-01-01`); at < day(`${Number(year) + 1}-01-01`); at += 24 * 3600_000) {
        const weekday = new Date(at).getUTCDay();
        const date = new Date(at).toISOString().slice(0, 10);
        const isWeekend = weekday === 0 || weekday === 6;
        const isTurn = ['12-29', '12-30', '12-31', '01-02', '01-03'].includes(date.slice(5));
        if (isClosed(at) && !isTurn && (!isWeekend || wanted.includes(date))) found.push(date);
      }
      assert.deepEqual(found, wanted);
    }
  });
});
