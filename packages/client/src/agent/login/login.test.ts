import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verifyLoginToken } from '@madoguchi/procedure';
import { CardSession } from '../../card-session.js';
import type { CardChannel } from '../../channel.js';
import type { PadAnswer } from '../../pin-pad.js';
import { addressIn, cardLabel, pageText, phrase, type Rig, startRig } from '../../testing/agent-rig.js';
import { citizenAuthority } from '../../testing/authorities.js';
import { AgentWindow, exchange } from '../../testing/browser.js';
import { residentRecord } from '../../testing/resident-record.js';
import { makeTestCard, testPins } from '../../testing/test-card.js';

let rig: Rig;
before(async () => {
  rig = await startRig();
});
after(() => rig.close());

const nonce = Buffer.alloc(32, 3).toString('base64');
const card = () => cardLabel(rig.card);
const says = async (window: AgentWindow, words: RegExp) => {
  const page = await window.page();
  assert.match(pageText(page.text), words);
  return page;
};
const triesOf = async (channel: CardChannel) => (await new CardSession(channel).pinStatus('auth')).triesLeft;

/** The token on the page that brings it back. */
function tokenIn(html: string): string | undefined {
  const value = /name="token" value="([^"]+)"/.exec(html)?.[1];
  return value?.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#39;', "'");
}

describe('a login through the agent', () => {
  it('shows who asks, what for and what is given, and answers with a token for that origin and nonce alone', async () => {
    const window = await rig.openLogin({ nonce });
    const asked = pageText((await window.page()).text);
    for (const words of [
      '見本市長 が ログインを もとめています',
      phrase,
      '申請の状況を見る',
      new URL(rig.city.origin).host,
      '氏名・住所は入っていません',
      '利用者証明用パスワード（数字4けた）',
      'のこり 3 回',
    ])
      assert.ok(asked.includes(words), words);
    await window.post('/pin', { pin: testPins.auth, card: card() });
    const page = await window.page();
    assert.match(
      page.text,
      new RegExp(`<form method="post" action="${rig.city.origin}/login/token" data-go`),
    );
    const policy = String(page.headers['content-security-policy']);
    assert.ok(policy.includes(`form-action ${rig.city.origin};`), policy);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(page.headers['cross-origin-opener-policy'], 'same-origin');

    const token = tokenIn(page.text) ?? '';
    const expected = {
      anchors: [rig.citizens.authCa.der],
      demo: true,
      origin: rig.city.origin,
      nonce,
      now: rig.clock.now,
    };
    const judged = verifyLoginToken(token, expected);
    assert.ok(!judged.ok && judged.rule === 'token.revocationUnknown', 'good but for revocation');
    const elsewhere = verifyLoginToken(token, { ...expected, origin: 'https://evil.example' });
    assert.ok(!elsewhere.ok && elsewhere.rule === 'token.signature');
    const { algorithm, format } = JSON.parse(token) as Record<string, string>;
    assert.deepEqual([algorithm, format], ['RS256', 'web-eid:1.0']);
  });

  it('answers by ES384 where the card has a P-384 key', async () => {
    const nonce = Buffer.alloc(32, 4).toString('base64');
    const next = await makeTestCard({ issue: rig.citizens.issue, medium: 'next-card' });
    rig.reader.channels = [next.channel];
    const window = await rig.openLogin({ nonce });
    await window.post('/pin', { pin: testPins.auth, card: next.channel.label });
    const token = tokenIn((await window.page()).text) ?? '';
    assert.equal((JSON.parse(token) as { algorithm: string }).algorithm, 'ES384');
    const judged = verifyLoginToken(token, {
      anchors: [rig.citizens.authCa.der],
      demo: true,
      origin: rig.city.origin,
      nonce,
      now: rig.clock.now,
    });
    assert.ok(!judged.ok && judged.rule === 'token.revocationUnknown', 'good but for revocation');
    rig.reader.channels = [rig.card.channel];
  });

  it('lets the password be typed on the reader’s own keys, and says what to do there', async () => {
    const own = await makeTestCard({ issue: rig.citizens.issue });
    let type = (_digits: string | undefined) => {};
    const channel: CardChannel = {
      label: 'Pad',
      withCard: (fn) =>
        own.channel.withCard((transmit) => {
          const verify = async (header: Uint8Array): Promise<PadAnswer> => {
            const digits = await new Promise<string | undefined>((resolve) => {
              type = resolve;
            });
            if (digits === undefined) return { kind: 'cancelled' };
            const command = Buffer.concat([header, Buffer.of(4), Buffer.from(digits)]);
            return { kind: 'answer', response: await transmit(command) };
          };
          return fn(transmit, { pinPad: async () => ({ verify }) });
        }),
    };
    rig.reader.channels = [channel];
    const window = await rig.openLogin();
    assert.match((await window.page()).text, /id="pad"[^>]*>|name="pad"/);
    const [other, signing] = [await rig.openLogin(), await rig.open()];
    await other.page();
    const onPad = async (digits: string | undefined) => {
      await window.post('/pin', { pin: '', card: 'Pad', pad: 'yes' });
      await says(window, /リーダーのキーで入れてください/);
      const settled = window.settled();
      await new Promise((resolve) => setTimeout(resolve, 50));
      // Every other page says so at once, and costs no try; a second login on the same keys does not end the first.
      await says(other, /リーダーのキーでパスワードを入れるのを待っています/);
      await says(signing, /リーダーのキーでパスワードを入れるのを待っています/);
      await other.post('/pin', { pin: '', card: 'Pad', pad: 'yes' });
      await says(other, /リーダーのキーでパスワードを入れるのを待っています/);
      const check = await exchange(`${rig.agent.homeUrl}/check?lang=ja`);
      assert.match(pageText(check.text), /リーダーのキーでパスワードを入れるのを待っています/);
      type(digits);
      return settled;
    };
    assert.match(pageText((await onPad(undefined)).text), /リーダーのキー|取り消/);
    assert.match(pageText((await onPad('0000')).text), /のこり 2 回です/);
    assert.ok(tokenIn((await onPad(testPins.auth)).text));
    assert.match((await other.page()).text, /name="pin"/, 'and they go on afterwards');
    // A signature password has letters: the signing page offers no pad.
    rig.reader.channels = [channel];
    assert.doesNotMatch((await (await rig.open()).page()).text, /name="pad"/);
    rig.reader.channels = [rig.card.channel];
  });

  it('refuses before the PIN: another origin, null, a signing request, a request past its time, another return address', async () => {
    const send = async (
      changes: Parameters<Rig['city']['loginRequest']>[0],
      headers: Record<string, string | undefined> = {},
    ) => rig.handOver({ request: await rig.city.loginRequest(changes) }, { door: 'login', headers });
    const now = Math.floor(rig.clock.now.getTime() / 1000);
    const refused: [Awaited<ReturnType<typeof send>>, RegExp][] = [
      [await send({}, { origin: 'https://evil.example' }), /別のサイト.*evil\.example/],
      [await send({}, { origin: 'null' }), /どのページから開かれたか/],
      [await send({}, { origin: undefined }), /どのページから開かれたか/],
      [await send({}, { 'sec-fetch-dest': 'iframe' }), /組み込まれよう/],
      [await send({ iat: now - 400, exp: now - 100 }), /期限（5分）が過ぎました/],
      [await send({ return: 'https://evil.example/token' }), /この役所のものではありません/],
      [await send({ return: `${rig.city.origin.replace(/\d+$/, '1')}/token` }), /依頼したサイトとちがいます/],
      [
        await rig.handOver({ request: await rig.city.request() }, { door: 'login' }),
        /こわれているか、決まりに合っていません/,
      ],
      [
        await rig.handOver({
          request: await rig.city.loginRequest(),
          definition: residentRecord.text,
        }),
        /こわれているか、決まりに合っていません/,
      ],
      [await rig.handOver({ lang: 'ja' }, { door: 'login' }), /正しい形ではありません/],
      [await exchange(`${rig.entrance}/login`), /正しい形ではありません/],
    ];
    for (const [answer, words] of refused) {
      assert.match(pageText(answer.text), words);
      assert.ok([403, 405].includes(answer.status));
      assert.doesNotMatch(answer.text, /<form|<input|location\.replace/);
    }
    const citizen = await rig.citizens.citizen();
    const ocsp = await rig.city.authority.ocsp(rig.city.authority.city.certificate, rig.clock.now);
    const request = await rig.city.loginRequest({}, { signer: citizen.signer, chain: [citizen.der], ocsp });
    const forged = await rig.handOver({ request }, { door: 'login' });
    assert.match(pageText(forged.text), /役所として認められた相手ではありません/);
  });

  it('costs one try for a wrong password, tells how many are left, and locks in words', async () => {
    const own = await makeTestCard({ issue: rig.citizens.issue });
    rig.reader.channels = [own.channel];
    const window = await rig.openLogin();
    const type = (pin: string, more = {}) => window.post('/pin', { pin, card: own.channel.label, ...more });
    await type('12');
    await says(window, /数字4けた.*残り回数は減っていません/);
    await type('0000');
    const wrong = await says(window, /パスワードが ちがいます。のこり 2 回です/);
    assert.doesNotMatch(pageText(wrong.text), /大文字/);
    await type('0000');
    await says(window, /のこり 1 回です/);
    await type(testPins.auth);
    await says(window, /もう一度まちがえると、パスワードがロックされます/);
    assert.equal(await triesOf(own.channel), 1);
    await type('0000', { lastTry: 'yes' });
    await says(window, /利用者証明用パスワードがロックされています/);
    rig.reader.channels = [rig.card.channel];
  });

  it('signs once for a password posted twice, and the same request handed over again finds that answer', async () => {
    const request = await rig.city.loginRequest();
    const address = addressIn((await rig.handOver({ request }, { door: 'login' })).text);
    const window = new AgentWindow(address);
    let signatures = 0;
    const { channel } = rig.card;
    rig.reader.channels = [
      {
        label: channel.label,
        withCard: (fn) =>
          channel.withCard((transmit) =>
            fn((command) => {
              if (command[1] === 0x2a) signatures += 1;
              return transmit(command);
            }),
          ),
      },
    ];
    const pin = { pin: testPins.auth, card: card() };
    await Promise.all([window.post('/pin', pin), window.post('/pin', pin)]);
    await window.post('/pin', pin);
    rig.reader.channels = [channel];
    assert.equal(signatures, 1);
    const first = tokenIn((await window.page()).text);
    assert.equal(addressIn((await rig.handOver({ request }, { door: 'login' })).text), address);
    assert.equal(tokenIn((await window.page()).text), first);
  });

  it('a request whose time passes while the computer sleeps is told, and no password is taken', async () => {
    const window = await rig.openLogin();
    const before = await triesOf(rig.card.channel);
    const { now } = rig.clock;
    rig.clock.now = new Date(now.getTime() + 400_000);
    await window.post('/pin', { pin: '0000', card: card() });
    const page = await says(window, /ログインの依頼の期限.*が過ぎました/);
    assert.doesNotMatch(page.text, /type="password"/);
    rig.clock.now = now;
    assert.equal(await triesOf(rig.card.channel), before);
  });

  it('stops where the citizen stops, and forgets the token with the page', async () => {
    const window = await rig.openLogin();
    await window.post('/stop');
    await says(window, /ログインをやめました/);
    const done = await rig.openLogin();
    await done.post('/pin', { pin: testPins.auth, card: card() });
    await done.post('/stop');
    assert.equal(tokenIn((await done.page()).text), undefined);
  });

  it('takes no form from another page, no frame, and no other host', async () => {
    const window = await rig.openLogin();
    const pin = { pin: '0000', card: card() };
    const before = await triesOf(rig.card.channel);
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': undefined },
      { origin: rig.city.origin },
    ])
      assert.equal((await window.post('/pin', pin, headers)).status, 403);
    const address = `http://127.0.0.1:${rig.agent.uiPort}${window.path}`;
    assert.equal((await exchange(address, { headers: { 'sec-fetch-dest': 'iframe' } })).status, 403);
    assert.equal((await exchange(address, { headers: { host: 'evil.example' } })).status, 421);
    assert.equal(await triesOf(rig.card.channel), before);
  });

  it('a card without the certificate, an expired one, and one of an authority that is not ours', async () => {
    const at = async (issue: Parameters<typeof makeTestCard>[0]['issue'], words: RegExp, types = true) => {
      const other = await makeTestCard({ issue });
      rig.reader.channels = [other.channel];
      const window = await rig.openLogin();
      if (types) await window.post('/pin', { pin: testPins.auth, card: other.channel.label });
      await says(window, words);
      assert.equal(await triesOf(other.channel), 3);
    };
    await at(async (keys) => {
      const { auth: _, ...rest } = await rig.citizens.issue(keys);
      return rest;
    }, /利用者証明用電子証明書が入っていません/);
    await at(
      (keys) =>
        rig.citizens.issue(keys, {
          dates: { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2026-11-01T00:00:00Z') },
        }),
      /いまは有効期間ではありません/,
    );
    const namesake = await citizenAuthority('JPKI-DEMO');
    await at(namesake.issue, /認証局は、ここでは使えません/, false);
    rig.reader.channels = [rig.card.channel];
  });

  it('stands beside a signing: each has its page, and each says that the other is there', async () => {
    const [signing, login] = [await rig.open(), await rig.openLogin()];
    await says(signing, /ほかにも開いているページがあります.*見本市長へのログイン/);
    await says(login, /ほかにも開いているページがあります.*「住民票の写しの交付申請」の署名/);
    await Promise.all([
      signing.post('/pin', { pin: testPins.sign, card: card() }),
      login.post('/pin', { pin: testPins.auth, card: card() }),
    ]);
    await says(signing, /署名して送る/);
    assert.ok(tokenIn((await login.page()).text));
  });
});
