import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CardChannel } from '../../channel.js';
import { ClientError } from '../../client-error.js';
import { addressIn, pageText, type Rig, startRig } from '../../testing/agent-rig.js';
import { AgentWindow, exchange } from '../../testing/browser.js';
import { returnAddress } from './visits.js';

const portal = 'http://127.0.0.1:8080';
let rig: Rig;
before(async () => {
  rig = await startRig({ portals: [portal, 'https://*.lg.jp'] });
});
after(() => rig.close());

const empty: CardChannel = {
  label: 'Reader 1',
  withCard: () => Promise.reject(new ClientError('no-card', { subject: 'Reader 1' })),
};

/** The portal's form, as a browser posts it. */
const fromPortal = (fields: Record<string, string>, origin: string | undefined = portal) =>
  rig.handOver(fields, { door: 'status', headers: { origin } });

describe('the environment check', () => {
  it('tells service, reader, card, both certificates’ passwords and tries in words, and asks for no password', async () => {
    const page = await exchange(`${rig.agent.homeUrl}/check?lang=ja`);
    const said = pageText(page.text);
    for (const words of [
      'カードリーダーのサービス',
      'カードリーダー',
      'マイナンバーカード',
      '電子証明書',
      '署名用パスワード',
      '利用者証明用パスワード',
      '署名クライアント',
    ])
      assert.ok(said.includes(words), words);
    assert.doesNotMatch(page.text, /type="password"|<form/);
    assert.doesNotMatch(said, /総務/);
    const english = pageText((await exchange(`${rig.agent.homeUrl}/check?lang=en`)).text);
    assert.match(english, /Environment check/);
  });

  it('gives its result as a file for a helpdesk, without a name or number of the card', async () => {
    const answer = await exchange(`${rig.agent.homeUrl}/check/report?lang=ja`);
    assert.match(String(answer.headers['content-disposition']), /attachment/);
    const report = JSON.parse(answer.text) as {
      state: string;
      checks: { id: string; found: { ja: string } }[];
    };
    assert.ok(report.checks.some(({ id }) => id === 'card'));
    assert.match(JSON.stringify(report), /マイナンバーカードが/);
    assert.doesNotMatch(answer.text, /総務|見本県|[0-9A-Fa-f]{16}/);
    const opened = await fromPortal({ return: `${portal}/start`, lang: 'ja' });
    const window = new AgentWindow(addressIn(opened.text));
    const link = /href="([^"]*\/report[^"]*)"/.exec((await window.page('')).text)?.[1] ?? '';
    assert.match(link, /report\?/);
  });

  it('answers its page as soon as the card is put in, without a reload', async () => {
    rig.reader.channels = [empty];
    const without = await exchange(`${rig.agent.homeUrl}/check?lang=ja`);
    assert.match(pageText(without.text), /まだ使えません.*カードが入っていません/);
    const look = /data-look="([^"]+)" data-mark="([0-9a-f]+)"/.exec(without.text);
    const address = new URL(rig.agent.homeUrl).origin + look?.[1]?.replaceAll('&amp;', '&');
    const asked = exchange(`${address}&seen=${look?.[2]}`, {
      headers: { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' },
    });
    rig.reader.channels = [rig.card.channel];
    const answer = await asked;
    assert.match(pageText(answer.text), /マイナンバーカードが .* に入っています/);
    assert.notEqual(/data-mark="([0-9a-f]+)"/.exec(answer.text)?.[1], look?.[2]);
  });

  it('hands a portal on the list green or red after a click, to its own address, and nothing else', async () => {
    const opened = await fromPortal({ return: `${portal}/start`, lang: 'en' });
    assert.match(opened.text, new RegExp(`"state":"here".*"${portal}"`));
    const window = new AgentWindow(addressIn(opened.text));
    const page = await window.page('lang=ja');
    assert.match(pageText(page.text), /127\.0\.0\.1:8080 に伝わるのは/);
    assert.ok(String(page.headers['content-security-policy']).includes(`form-action 'self' ${portal};`));
    const green = await window.post('/tell');
    // The agent in this rig is on another port than doctor's browsers, but all that matters is green or red.
    assert.match(
      String(green.headers.location),
      /^http:\/\/127\.0\.0\.1:8080\/start\?environment=(green|red)$/,
    );
    rig.reader.channels = [empty];
    const red = await window.post('/tell');
    assert.equal(red.headers.location, `${portal}/start?environment=red`);
    rig.reader.channels = [rig.card.channel];
    assert.equal((await window.post('/tell', {}, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.match(pageText((await window.page('')).text), /Environment check/, 'the portal’s language');
  });

  it('refuses an origin that is not on the list, another return address, null and none', async () => {
    const refused = async (fields: Record<string, string>, origin: string | undefined, words: RegExp) => {
      const answer = await fromPortal(fields, origin);
      assert.equal(answer.status, 403);
      assert.match(pageText(answer.text), words);
      assert.doesNotMatch(answer.text, /location\.replace|<form/);
    };
    const evil = 'https://evil.example';
    await refused({ return: `${evil}/x` }, evil, /evil\.example.*知らせません/);
    await refused({ return: `${evil}/x` }, portal, /知らせません/);
    await refused({ return: `${portal}/start` }, evil, /知らせません/);
    await refused({ return: `${portal}/start?a=1` }, portal, /知らせません/);
    await refused({ return: `${portal}/start` }, 'null', /どのページから開かれたか/);
    await refused({}, portal, /正しい形ではありません/);
  });

  it('knows which addresses may be told', () => {
    const rules = {
      portals: ['https://portal.example', 'https://*.lg.jp', 'http://127.0.0.1:8080'],
      demo: true,
    };
    const may = (text: string, origin = new URL(text).origin) =>
      returnAddress(text, origin, rules) !== undefined;
    assert.ok(may('https://portal.example/start'));
    assert.ok(may('https://www.city.mihon.lg.jp/start'));
    assert.ok(may('http://127.0.0.1:8080/start'));
    for (const text of [
      'https://portal.example:8443/start',
      'https://lg.jp/start',
      'https://evil-lg.jp/start',
      'https://www.city.mihon.lg.jp:8443/start',
      'http://www.city.mihon.lg.jp/start',
      'https://user@portal.example/start',
      'https://portal.example/start?x=1',
      'https://portal.example/start#x',
    ])
      assert.ok(!may(text), text);
    assert.ok(!may('https://portal.example/start', 'https://evil.example'));
    assert.equal(returnAddress('nonsense', 'null', rules), undefined);
    assert.equal(
      returnAddress('http://127.0.0.1:8080/start', 'http://127.0.0.1:8080', { ...rules, demo: false }),
      undefined,
    );
  });

  it('opens for a person who follows a link to /status, while programs get its version', async () => {
    const followed = await exchange(`${rig.entrance}/status`, { headers: { 'sec-fetch-dest': 'document' } });
    assert.doesNotMatch(followed.text, /postMessage/);
    const page = await new AgentWindow(addressIn(followed.text)).page();
    assert.match(pageText(page.text), /環境の確認/);
    assert.doesNotMatch(page.text, /id="tell"/);
  });
});

describe('the agent’s own start page', () => {
  it('has a path of this start that nobody can guess, and takes nothing from other pages', async () => {
    assert.match(rig.agent.homeUrl, /^http:\/\/127\.0\.0\.1:\d+\/home\/[0-9a-f]{32}$/);
    const page = await exchange(`${rig.agent.homeUrl}?lang=ja`);
    assert.match(pageText(page.text), /署名クライアント.*環境の確認/);
    assert.equal(page.headers['cross-origin-opener-policy'], 'same-origin');
    const other = rig.agent.homeUrl.replace(/[0-9a-f]{32}$/, '0'.repeat(32));
    assert.equal((await exchange(other)).status, 404);
    assert.equal((await exchange(`${other}/check`)).status, 404);
    const framed = await exchange(rig.agent.homeUrl, { headers: { 'sec-fetch-dest': 'iframe' } });
    assert.equal(framed.status, 403);
    const scripted = { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-site' };
    assert.equal((await exchange(`${rig.agent.homeUrl}/check`, { headers: scripted })).status, 403);
    assert.equal((await exchange(rig.agent.homeUrl, { headers: { host: 'evil.example' } })).status, 421);
  });
});
