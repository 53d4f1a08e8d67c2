import assert from 'node:assert/strict';
import test from 'node:test';
import { tidyUp } from './authority-server.js';

test('lists are published also where what was left behind cannot be closed; each failure is told under its own name', async () => {
  const done: string[] = [];
  const fails = (name: string) => async () => {
    done.push(name);
    throw new Error(name);
  };
  await tidyUp(
    { recover: fails('closing'), publishDue: fails('lists') },
    { fault: (room, number, error) => done.push(`${room} ${number} ${(error as Error).message}`) },
  );
  assert.deepEqual(done, ['closing', 'ca recover closing', 'lists', 'ca publish lists']);
});
