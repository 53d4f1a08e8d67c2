// The commands over one data folder: while `start` runs on it, and without.
import { before, describe } from 'node:test';
import { authorityCommands } from './testing/city/authority-commands.js';
import { cardCommands } from './testing/city/card-commands.js';
import { type City, openCity } from './testing/city/city.js';
import { documentCommands } from './testing/city/document-commands.js';
import { roomCommands } from './testing/city/room-commands.js';

describe('the commands', () => {
  let city: City;
  before(async () => {
    city = await openCity();
  });

  // In this order: what one signs, the next revokes, and the last stops the city.
  cardCommands();
  documentCommands(() => city);
  authorityCommands(() => city);
  roomCommands(() => city);
});
