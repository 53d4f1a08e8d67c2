import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { apdu, efs } from '@madoguchi/card';
import { pageText, pause, type Rig, saysOn, startRig, toConfirm } from '../testing/agent-rig.js';
import { servingOf } from '../testing/browser.js';
import { testPins } from '../testing/test-card.js';

let rig: Rig;
before(async () => {
  rig = await startRig();
});
after(() => rig.close());

const label = () => rig.card.channel.label;

describe('the card and the PIN', () => {
  it('a second channel finds the card locked at every moment of the journey', async () => {
    const stranger = () =>
      rig.card.channel.withCard(async (transmit) => {
        const answers: string[] = [];
        for (const command of [
          apdu.readBinaryShort(efs.jpki.signatureCertificate.id, 0, 4),
          apdu.selectApplication(Uint8Array.from(Buffer.from('d392f000260100000001', 'hex'))),
          apdu.readBinaryShort(efs.jpki.signatureCertificate.id, 0, 4),
          apdu.computeSignature(Uint8Array.of(1), efs.jpki.signatureKey),
        ])
          answers.push(Buffer.from(await transmit(command)).toString('hex'));
        return answers;
      });
    const locked = async (when: string) => {
      const [inherited, , read, sign] = await stranger();
      assert.notEqual(inherited?.slice(-4), '9000', when);
      assert.equal(read, '6982', when);
      assert.equal(sign, '6982', when);
    };
    const window = await rig.open();
    await window.page();
    await locked('on the first page');
    await window.post('/pin', { pin: testPins.sign, card: label() });
    await locked('after the PIN');
    const { text } = await window.page();
    await locked('while the citizen reads');
    await pause(520);
    const watching = Promise.all([locked('during'), locked('during'), locked('during')]);
    await window.post('/yes', { serving: servingOf(text) });
    await watching;
    await window.arrived();
    await locked('at the end');
  });

  it('the PIN stands in no page, no address and no error', async () => {
    const window = await rig.open();
    const seen: string[] = [];
    const keep = async (answer: Promise<{ text: string; headers: object }>) => {
      const { text, headers } = await answer;
      seen.push(text, JSON.stringify(headers));
    };
    await keep(window.post('/pin', { pin: 'SECRETPIN9', card: label() }));
    await keep(window.page());
    await keep(window.post('/pin', { pin: 'x'.repeat(5000), card: label() }));
    await keep(window.post('/pin', { pin: 'SECRETPIN9SECRETPIN9', card: label() }));
    await keep(window.page());
    await keep(window.post('/pin', { pin: testPins.sign, card: label() }));
    await keep(window.page());
    // It came as far as the page of the yes: the right password was taken, and still stands nowhere.
    assert.match(seen.at(-2) ?? '', /name="serving"/);
    for (const text of seen) assert.doesNotMatch(text, /SECRETPIN|ABC123/i);
  });
});

describe('a signing page nobody uses', () => {
  it('ends, and says so', async () => {
    const short = await startRig({ sessionLifeMs: 150 });
    try {
      const window = await short.open();
      await window.post('/pin', { pin: testPins.sign, card: short.card.channel.label });
      await pause(400);
      const page = await window.page();
      assert.equal(page.status, 404);
      assert.match(pageText(page.text), /この署名のページは、すでに終わっています/);
    } finally {
      await short.close();
    }
  });
});

describe('a PIN waits five minutes at most', () => {
  it('then it is asked for again', async () => {
    const short = await startRig({ pinLifeMs: 300 });
    try {
      const window = await short.open();
      await window.post('/pin', { pin: testPins.sign, card: short.card.channel.label });
      const { text } = await window.page();
      await pause(700);
      await window.post('/yes', { serving: servingOf(text) });
      await window.settled();
      await saysOn(window, /お預かりしたパスワードを消しました/);
      assert.equal(short.city.state.envelopes.length, 0);
    } finally {
      await short.close();
    }
  });
});

describe('a computer that sleeps between the PIN and the yes', () => {
  it('has forgotten the PIN when it wakes, and signs nothing until it is typed again', async () => {
    const window = await rig.open();
    const serving = await toConfirm(window, rig.card);
    const { now } = rig.clock;
    rig.clock.now = new Date(now.getTime() + 6 * 60_000);
    const before = rig.city.state.envelopes.length;
    await window.post('/yes', { serving });
    await window.settled();
    const page = await saysOn(window, /時間がたったため、お預かりしたパスワードを消しました/);
    assert.match(page.text, /type="password"/);
    assert.equal(rig.city.state.envelopes.length, before);
    rig.clock.now = now;
  });

  it('tells a request past its time before it asks anything', async () => {
    const [asking, reading] = [await rig.open(), await rig.open()];
    const serving = await toConfirm(reading, rig.card);
    const { now } = rig.clock;
    rig.clock.now = new Date(now.getTime() + 3600_000);
    const before = rig.city.state.envelopes.length;
    for (const window of [asking, reading]) {
      await window.post('/yes', { serving });
      const page = await saysOn(window, /署名の依頼の期限（.*）が過ぎました.*署名へ進む/);
      assert.doesNotMatch(page.text, /type="password"|id="yes"/);
    }
    assert.equal(rig.city.state.envelopes.length, before);
    rig.clock.now = now;
  });
});
