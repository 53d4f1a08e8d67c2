import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { parseCertificate } from '@madoguchi/pki';
import { CardSession } from '../card-session.js';
import { addressIn, cardLabel, pageText, pause, phrase, type Rig, startRig } from '../testing/agent-rig.js';
import { testNow } from '../testing/authorities.js';
import { exchange, servingOf } from '../testing/browser.js';
import { claimedFile } from '../testing/city.js';
import { residentRecord } from '../testing/resident-record.js';
import { makeTestCard, testPins } from '../testing/test-card.js';

let rig: Rig;
before(async () => {
  rig = await startRig();
});
after(() => rig.close());

describe('the way of an application through the agent', () => {
  it('goes from the request to the receipt with one PIN', async () => {
    const request = await rig.city.request();
    const first = await rig.handOver({ request, definition: residentRecord.text });
    assert.equal(first.status, 200);
    const window = await rig.open();

    const ask = await window.page();
    const asked = pageText(ask.text);
    for (const words of [
      '見本市長 が 署名を もとめています',
      phrase,
      '住民票の写しの交付申請',
      '本人',
      'のこり 5 回',
    ])
      assert.ok(asked.includes(words), words);
    assert.ok(asked.includes(new URL(rig.city.origin).host));
    assert.ok(asked.includes('署名用パスワード（英数字6〜16文字）'));
    assert.ok(!asked.includes('総務'), 'nothing of the holder before the PIN');

    const typed = await window.post('/pin', { pin: 'abc123', card: cardLabel(rig.card) });
    assert.equal(typed.status, 303);
    const confirm = await window.page();
    const shown = pageText(confirm.text);
    for (const words of [
      '総務　太郎',
      '見本県見本市中央一丁目２番３号',
      '昭和50年4月1日',
      '男',
      '1通',
      'のせない',
      'カードから',
      '署名して送る',
    ])
      assert.ok(shown.includes(words), words);

    await pause(550);
    const yes = await window.post('/yes', { serving: servingOf(confirm.text) });
    assert.equal(yes.status, 303);
    const back = await window.arrived();
    assert.equal(back.origin + back.pathname, `${rig.city.origin}/requests/done`);
    assert.equal(back.searchParams.get('receipt'), '2026-0001234');
    assert.equal(back.searchParams.get('jti'), rig.city.state.jti);
    // Whoever comes by the answer to the form gets a page that goes on by itself: a redirect would be one of the form's, which may not leave the agent.
    const sent = await window.page();
    assert.equal(sent.status, 200);
    assert.ok(
      sent.text.includes(
        `<meta http-equiv="refresh" content="0; url=${back.href.replaceAll('&', '&amp;')}"/>`,
      ),
    );

    const submission = rig.city.state.submissions.at(-1);
    assert.equal(submission?.application.applicant.name, '総務　太郎');
    assert.equal(submission?.application.signedAt, testNow.toISOString().replace('.000', ''));
    assert.equal(rig.city.state.tickets.at(-1), 'Ticket ticket-1.abc');
    const auth = parseCertificate(await new CardSession(rig.card.channel).readCertificate('auth'));
    assert.ok(auth.ok);
    const expected = createHash('sha256').update(auth.value.spki).digest('base64url');
    assert.equal(submission?.application.authenticationKey, expected);
  });

  it('carries attachments, lets the citizen open them as downloads only, and warns of a My Number', async () => {
    const file = { name: '委任状.html', bytes: Buffer.from('<script>alert(1)</script>'), type: 'text/html' };
    const window = await rig.open(
      {
        answers: { scope: 'self', copies: '2', domicile: 'yes', note: '番号は １２３４-５６７８-９０１８' },
        attachments: [claimedFile(file, 'letter')],
      },
      [file],
    );
    await window.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card) });
    const confirm = await window.page();
    assert.ok(confirm.text.includes('委任状.html'));
    assert.ok(pageText(confirm.text).includes('個人番号（マイナンバー）のような'));
    const opened = await window.get('/attachment/0');
    assert.equal(opened.text, '<script>alert(1)</script>');
    assert.equal(opened.headers['content-type'], 'application/octet-stream');
    assert.equal(opened.headers['x-content-type-options'], 'nosniff');
    assert.match(String(opened.headers['content-disposition']), /^attachment; /);
    assert.match(String(opened.headers['content-security-policy']), /^sandbox/);
    assert.equal((await window.get('/attachment/1')).status, 404);
    await pause(550);
    await window.post('/yes', { serving: servingOf(confirm.text) });
    await window.arrived();
    const [sent] = rig.city.state.submissions.at(-1)?.attachments ?? [];
    assert.equal(sent?.name, '委任状.html');
  });

  it('tells that the certificate ends within 90 days, and signs all the same', async () => {
    const day = 24 * 3600_000;
    const dates = (days: number) => ({
      notBefore: new Date(testNow.getTime() - day),
      notAfter: new Date(testNow.getTime() + days * day),
    });
    for (const [days, isTold] of [
      [89, true],
      [91, false],
    ] as const) {
      const issued = await makeTestCard({
        issue: (keys) => rig.citizens.issue(keys, { dates: dates(days) }),
      });
      rig.reader.channels = [issued.channel];
      const window = await rig.open();
      await window.post('/pin', { pin: testPins.sign, card: issued.channel.label });
      const confirm = await window.page();
      assert.equal(pageText(confirm.text).includes('期限が近づいています'), isTold, `${days} days`);
      assert.ok(pageText(confirm.text).includes('署名して送る'));
    }
    rig.reader.channels = [rig.card.channel];
  });

  it('signs once for a yes pressed twice, and the same request posted again finds that signing', async () => {
    const request = await rig.city.request();
    const form = { request, definition: residentRecord.text };
    const address = addressIn((await rig.handOver(form)).text);
    const { AgentWindow } = await import('../testing/browser.js');
    const window = new AgentWindow(address);
    await window.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card) });
    const serving = servingOf((await window.page()).text);
    await pause(550);
    const before = rig.city.state.envelopes.length;
    await Promise.all([1, 2, 3].map(() => window.post('/yes', { serving })));
    await window.arrived();
    assert.equal(rig.city.state.envelopes.length, before + 1);
    assert.equal(addressIn((await rig.handOver(form)).text), address);
    assert.equal((await window.post('/yes', { serving })).status, 303);
    await pause(100);
    assert.equal(rig.city.state.envelopes.length, before + 1);
  });

  it('takes no yes from a page that has not stood long enough, nor from one that was not served', async () => {
    // A minute instead of half a second, so that a busy machine cannot be too slow for the hasty click.
    const slow = await startRig({ yesDelayMs: 60_000 });
    try {
      const window = await slow.open();
      await window.post('/pin', { pin: testPins.sign, card: cardLabel(slow.card) });
      const early = await window.page();
      await window.post('/yes', { serving: servingOf(early.text) });
      await window.post('/yes', {});
      await window.post('/yes', { serving: '00' });
      assert.ok(pageText((await window.page()).text).includes('署名して送る'));
      await pause(100);
      assert.equal(slow.city.state.envelopes.length, 0);
    } finally {
      await slow.close();
    }
  });

  it('answers a double PIN post with the same page and spends no second VERIFY', async () => {
    const window = await rig.open();
    const pin = { pin: 'WRONG1', card: cardLabel(rig.card) };
    await Promise.all([window.post('/pin', pin), window.post('/pin', pin)]);
    const status = await new CardSession(rig.card.channel).pinStatus('sign');
    assert.equal(status.triesLeft, 4);
    await window.post('/pin', { pin: testPins.sign, card: cardLabel(rig.card) });
    assert.equal((await new CardSession(rig.card.channel).pinStatus('sign')).triesLeft, 5);
  });

  it('speaks three registers by the address alone, without a cookie', async () => {
    const window = await rig.open();
    assert.match(pageText((await window.page('lang=en')).text), /asks for your signature/);
    const easy = await window.page('lang=jaEasy');
    assert.match(easy.text, /<ruby>/);
    assert.equal(easy.headers['set-cookie'], undefined);
  });

  it('says its name at /status and nothing else at the known port', async () => {
    const status = await exchange(`${rig.entrance}/status`);
    assert.deepEqual(JSON.parse(status.text), { name: 'madoguchi-agent', version: '0.1.0', state: 'ready' });
    assert.equal(status.headers['access-control-allow-origin'], undefined);
    assert.equal((await exchange(`${rig.entrance}/login`)).status, 405);
    assert.equal((await exchange(`${rig.entrance}/`)).status, 404);
    assert.equal((await exchange(`${rig.entrance}/assets/app.css`)).status, 404);
  });
});
