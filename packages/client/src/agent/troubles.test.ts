import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { CardSession } from '../card-session.js';
import type { CardChannel } from '../channel.js';
import { ClientError, type ClientErrorCode } from '../client-error.js';
import { pageText, pause, type Rig, saysOn, startRig, toConfirm } from '../testing/agent-rig.js';
import { citizenAuthority, taro } from '../testing/authorities.js';
import { servingOf } from '../testing/browser.js';
import { type IntakeMood, startCity } from '../testing/city.js';
import { makeTestCard, type TestCard, testPins } from '../testing/test-card.js';

let rig: Rig;
before(async () => {
  rig = await startRig();
});
after(() => rig.close());

const label = () => rig.card.channel.label;

function failing(code: ClientErrorCode): CardChannel {
  return { label: label(), withCard: () => Promise.reject(new ClientError(code, { subject: 'Reader 1' })) };
}

describe('each trouble is told in words and loses nothing', () => {
  after(() => {
    rig.reader.channels = [rig.card.channel];
  });

  it('no library, no service, no reader, no card: the page waits, then goes on', async () => {
    const window = await rig.open();
    const cases: [ClientErrorCode, RegExp][] = [
      ['service-stopped', /サービス.*止まっています/],
      ['no-reader', /カードリーダーが見つかりません/],
      ['no-card', /カードが入っていません/],
      ['card-busy', /ほかのプログラムがカードを使っています/],
    ];
    for (const [code, words] of cases) {
      rig.reader.channels = [failing(code)];
      const page = await saysOn(window, words);
      assert.match(page.text, /http-equiv="refresh"/);
      assert.doesNotMatch(page.text, /type="password"/);
    }
    rig.reader.channels = [failing('no-card'), rig.card.channel];
    assert.match((await window.page()).text, /type="password"/);
  });

  it('another kind of card, and a card of an authority that is not ours, before the PIN', async () => {
    const window = await rig.open();
    const old = await makeTestCard({ label: 'JPKIAPICCTOKEN', issue: rig.citizens.issue });
    rig.reader.channels = [old.channel];
    assert.doesNotMatch((await saysOn(window, /マイナンバーカードではありません/)).text, /type="password"/);
    const real = await citizenAuthority('JPKI');
    const foreign = await makeTestCard({ issue: real.issue });
    rig.reader.channels = [foreign.channel];
    const page = await saysOn(window, /本物のマイナンバーカードは使えません/);
    assert.doesNotMatch(page.text, /type="password"/);
    // Also when somebody posts a PIN all the same: it never reaches VERIFY.
    await window.post('/pin', { pin: 'WRONG1', card: foreign.channel.label });
    assert.equal((await new CardSession(foreign.channel).pinStatus('sign')).triesLeft, 5);
    // The same name with another key is another authority.
    const namesake = await citizenAuthority('JPKI-DEMO');
    rig.reader.channels = [(await makeTestCard({ issue: namesake.issue })).channel];
    await saysOn(window, /このカードを発行した認証局は、ここでは使えません/);
    rig.reader.channels = [rig.card.channel];
  });

  it('two cards: the citizen says which one signs', async () => {
    const second = await makeTestCard({
      issue: (keys) => rig.citizens.issue(keys, { identity: { ...taro, name: '総務　花子' } }),
    });
    const reader = (name: string, { channel }: TestCard): CardChannel => ({
      label: name,
      withCard: (fn) => channel.withCard(fn),
    });
    rig.reader.channels = [reader('Reader 1', rig.card), reader('Reader 2', second)];
    const window = await rig.open();
    const page = await saysOn(window, /どのカードで署名しますか/);
    assert.equal(page.text.match(/type="radio"/g)?.length, 2);
    await window.post('/pin', { pin: testPins.sign, card: 'Reader 2' });
    await saysOn(window, /総務　花子 さんの署名用電子証明書（Reader 2）/);
    rig.reader.channels = [rig.card.channel];
  });

  it('a wrong password, with the tries left, down to the last one and the lock', async () => {
    const card = await makeTestCard({ issue: rig.citizens.issue });
    rig.reader.channels = [card.channel];
    const window = await rig.open();
    const type = (pin: string, more = {}) => window.post('/pin', { pin, card: card.channel.label, ...more });
    await type('SHORT');
    await saysOn(window, /のこり|残り回数は減っていません/);
    for (const left of [4, 3, 2, 1]) {
      await type('WRONG1');
      await saysOn(window, new RegExp(`パスワードが ちがいます。のこり ${left} 回です`));
    }
    assert.match((await window.page()).text, /name="lastTry"/);
    await type(testPins.sign);
    await saysOn(window, /もう一度まちがえると、パスワードがロックされます/);
    await type('WRONG1', { lastTry: 'yes' });
    const locked = await saysOn(window, /ロックされています/);
    assert.match(pageText(locked.text), /市区町村の窓口.*本人確認書類/);
    assert.doesNotMatch(locked.text, /type="password"/);
    rig.reader.channels = [rig.card.channel];
  });

  it('a certificate that has expired or is not yet valid, told before anything is signed', async () => {
    const at = (from: string, to: string) =>
      makeTestCard({
        issue: (keys) =>
          rig.citizens.issue(keys, { dates: { notBefore: new Date(from), notAfter: new Date(to) } }),
      });
    const window = await rig.open();
    for (const [card, words] of [
      [await at('2026-01-01T00:00:00Z', '2026-11-01T00:00:00Z'), /有効期限が切れています（2026年11月1日/],
      [
        await at('2026-12-01T00:00:00Z', '2030-01-01T00:00:00Z'),
        /まだ有効期間に入っていません（2026年12月1日/,
      ],
    ] as const) {
      rig.reader.channels = [card.channel];
      await window.post('/pin', { pin: testPins.sign, card: card.channel.label });
      const page = await saysOn(window, words);
      assert.doesNotMatch(page.text, /id="yes"|type="password"/);
    }
    rig.reader.channels = [rig.card.channel];
    await window.post('/retry');
    assert.match((await window.page()).text, /type="password"/);
  });

  it('a card pulled out at the yes: back on the page, the same yes again signs', async () => {
    const window = await rig.open();
    let pulled = true;
    const { channel } = rig.card;
    rig.reader.channels = [
      {
        label: channel.label,
        withCard: (fn) =>
          channel.withCard((transmit) =>
            fn((command) => {
              if (pulled && command[1] === 0x2a) throw new ClientError('card-removed');
              return transmit(command);
            }),
          ),
      },
    ];
    const serving = await toConfirm(window, rig.card);
    await window.post('/yes', { serving });
    await window.settled();
    const page = await saysOn(window, /カードが抜かれた/);
    pulled = false;
    await pause(520);
    await window.post('/yes', { serving: servingOf(page.text) });
    await window.arrived();
    rig.reader.channels = [channel];
  });

  it('another card at the yes: nothing is signed, no try is spent', async () => {
    const other = await makeTestCard({ issue: rig.citizens.issue });
    const window = await rig.open();
    let current = rig.card.channel;
    rig.reader.channels = [{ label: label(), withCard: (fn) => current.withCard(fn) }];
    const serving = await toConfirm(window, rig.card);
    current = other.channel;
    const before = rig.city.state.envelopes.length;
    await window.post('/yes', { serving });
    await window.settled();
    await saysOn(window, /カードが入れ替わっています/);
    assert.equal(rig.city.state.envelopes.length, before);
    assert.equal((await new CardSession(other.channel).pinStatus('sign')).triesLeft, 5);
    rig.reader.channels = [rig.card.channel];
  });

  it('an agency that is down or silent: the same bytes again, without card and password', async () => {
    const moods: [IntakeMood, RegExp][] = [
      ['busy', /いまは受け取れない/],
      ['hangs-up', /返事が届きませんでした/],
      ['false-receipt', /受領書を確かめられません/],
    ];
    for (const [mood, words] of moods) {
      const window = await rig.open();
      const serving = await toConfirm(window, rig.card);
      rig.city.state.mood = mood;
      rig.city.state.envelopes.length = 0;
      await window.post('/yes', { serving });
      await window.settled();
      await saysOn(window, words);
      await saysOn(window, /もう一度送る/);
      rig.reader.channels = [failing('no-reader')];
      rig.city.state.mood = 'good';
      await window.post('/resend');
      await window.arrived();
      const [first, second] = rig.city.state.envelopes;
      if (second !== undefined) assert.ok(first?.equals(second));
      rig.reader.channels = [rig.card.channel];
    }
  });

  it('an agency that cannot be reached at all: says that nothing was sent', async () => {
    const closed = await startCity();
    await closed.close();
    const window = await rig.open({ intake: `${closed.origin}/intake` });
    await window.post('/yes', { serving: await toConfirm(window, rig.card) });
    await window.settled();
    await saysOn(window, /つながりませんでした.*まだ送られていません/);
  });

  it('an intake whose TLS certificate nobody vouches for: not a byte is sent', async () => {
    const { pkcs8, der } = rig.city.authority.city;
    const pem = (label: string, bytes: Uint8Array) =>
      `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`;
    let bodies = 0;
    const impostor = createServer({ key: pem('PRIVATE KEY', pkcs8), cert: pem('CERTIFICATE', der) }, () => {
      bodies += 1;
    });
    await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = impostor.address() as AddressInfo;
      const window = await rig.open({ intake: `https://127.0.0.1:${port}/intake` });
      await window.post('/yes', { serving: await toConfirm(window, rig.card) });
      await window.settled();
      await saysOn(window, /安全だと確かめられないため、送りませんでした.*まだ送られていません/);
      assert.equal(bodies, 0);
    } finally {
      await new Promise((resolve) => impostor.close(resolve));
    }
  });

  it('a fault of our own after the signature: the bytes are kept, and it is not said that nothing was sent', async () => {
    const odd = await startRig({
      fetch: async () => ({ status: 201, get body() { throw new Error('odd'); } }) as unknown as Response, // biome-ignore format: a trap
    });
    try {
      const window = await odd.open();
      await window.post('/yes', { serving: await toConfirm(window, odd.card) });
      await window.settled();
      const page = await saysOn(window, /返事が届きませんでした.*届いたかどうかが分かりません/);
      assert.match(page.text, /id="again"/);
    } finally {
      await odd.close();
    }
  });

  it('an agency that refuses or sends elsewhere: the redirect is not followed', async () => {
    for (const mood of ['refuses', 'redirects'] as const) {
      const window = await rig.open();
      const serving = await toConfirm(window, rig.card);
      rig.city.state.mood = mood;
      const before = rig.city.state.tickets.length;
      await window.post('/yes', { serving });
      await window.settled();
      await saysOn(window, /受け取りませんでした/);
      assert.equal(rig.city.state.tickets.length, before + 1);
      rig.city.state.mood = 'good';
    }
  });

  it('a request whose time runs out while the citizen reads: a fresh one is asked for', async () => {
    const window = await rig.open();
    const serving = await toConfirm(window, rig.card);
    const then = rig.clock.now;
    rig.clock.now = new Date(then.getTime() + 3600_000);
    await window.post('/yes', { serving });
    const page = await saysOn(window, /期限.*過ぎました.*「署名へ進む」をもう一度/);
    assert.doesNotMatch(page.text, /id="yes"/);
    rig.clock.now = then;
    await saysOn(window, /過ぎました/);
  });

  it('a citizen who stops: nothing was sent, and the page cannot be used again', async () => {
    const window = await rig.open();
    const serving = await toConfirm(window, rig.card);
    await window.post('/stop');
    await saysOn(window, /署名をやめました.*何も送られていません/);
    await window.post('/yes', { serving });
    await saysOn(window, /署名をやめました/);
  });
});
