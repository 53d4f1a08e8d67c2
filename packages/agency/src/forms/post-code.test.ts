import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { base, openRoom, origin, type Room, temporaryDatabase } from '../testing/room.js';

suite('an address by its post code', () => {
  let db: Database;
  let close: () => Promise<void>;
  let room: Room;
  before(async () => {
    ({ db, close } = await temporaryDatabase());
    room = await openRoom(db);
  });
  after(() => close());

  const form = (fields: Record<string, string>) =>
    room.app.request(`${origin}${base}/procedures/douro-senyo`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
      body: new URLSearchParams(fields).toString(),
    });
  const press = (code: string, more: Record<string, string> = {}, place = '') =>
    form({ '_postcode.place': code, _go: `fill:place:_postcode.place${place}`, ...more });
  const addressIn = (page: string) => /<input[^>]*name="place"[^>]*value="([^"]*)"/.exec(page)?.[1] ?? '';

  test('one press fills it in, however the code is written, and nothing else is lost', async () => {
    for (const code of ['1000001', '100-0001', '〒１００－０００１']) {
      const answer = await press(code, { object: 'scaffold', structure: '総務　花子' });
      assert.equal(answer.status, 200);
      const page = await answer.text();
      assert.equal(addressIn(page), '東京都千代田区千代田');
      assert.ok(page.includes('総務　花子'));
      assert.match(page, /role="status"[^>]*>(?:(?!<\/div>).)*番地から先/s);
    }
  });

  test('where a code stands for several places, one is chosen', async () => {
    const page = await (await press('4980000')).text();
    assert.equal(addressIn(page), '');
    assert.match(page, /value="fill:place:_postcode\.place:1"[^>]*>\s*<span>三重県桑名郡木曽岬町/);
    assert.equal(addressIn(await (await press('4980000', {}, ':1')).text()), '三重県桑名郡木曽岬町');
  });

  test('what was typed behind the place stays; a stranger’s address is replaced', async () => {
    const more = await (await press('1000001', { place: '東京都千代田区千代田1-1' })).text();
    assert.equal(addressIn(more), '東京都千代田区千代田1-1');
    const other = await (await press('1000001', { place: '見本県見本市' })).text();
    assert.equal(addressIn(other), '東京都千代田区千代田');
  });

  test('a code that nobody has, nonsense, and a field that is no address change nothing', async () => {
    for (const code of ['0000009', 'abc', '', '<script>', '１２３']) {
      const page = await (await press(code, { place: '見本県' })).text();
      assert.equal(addressIn(page), '見本県');
      assert.match(page, /この郵便番号の住所が見つかりません/);
      assert.ok(!page.includes('<script>"'));
    }
    for (const target of ['object', 'nothing', '__proto__', 'place.0.x', 'rows.0']) {
      const answer = await form({
        '_postcode.place': '1000001',
        _go: `fill:${target}:_postcode.place`,
      });
      assert.equal(answer.status, 200);
      assert.ok(!(await answer.text()).includes('東京都千代田区'));
    }
  });

  test('the script asks for the answer alone, in the words of the reader', async () => {
    const ask = async (query: string) => {
      const answer = await room.app.request(`${origin}${base}/post-codes?${query}`, {
        headers: { 'accept-language': 'en' },
      });
      assert.equal(answer.status, 200);
      return answer.text();
    };
    assert.match(await ask('code=1000001&target=place&source=x'), /data-address="東京都千代田区千代田"/);
    assert.match(await ask('code=9999999&target=place&source=x&lang=en'), /No address has this post code/);
    assert.ok(!(await ask('code=4980000&target=%22%3E%3Cscript%3E&source=x')).includes('<script>'));
  });
});
