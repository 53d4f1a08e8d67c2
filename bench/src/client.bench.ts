// How much of a signature's time is the client's own, and how many commands does it send the card, beside OpenSC for the same work?
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CardDevice, connectVpcd, openCardImage } from '@madoguchi/card';
import { type CardChannel, CardSession, imageChannel, readerChannel } from '@madoguchi/client';
import { signCades, writeAsic } from '@madoguchi/pki';
import { startRig } from '../../packages/client/dist/testing/agent-rig.js';
import { servingOf } from '../../packages/client/dist/testing/browser.js';
import { testPins } from '../../packages/client/dist/testing/test-card.js';
import { type Row, report } from './report.js';
import { benchCard, benchPins } from './support/bench-card.js';
import { isInside, noPcscdReason, runInside, startPcscd } from './support/own-pcscd.js';

const rounds = 120;
const content = Buffer.from('住民票の写しの交付申請'.repeat(40));

/** Where the time goes: the place of the card (opening, locking, reset), and the card's own answers. */
interface Clock {
  place: number;
  card: number;
  commands: number;
}

function timed(channel: CardChannel, clock: Clock): CardChannel {
  return {
    label: channel.label,
    withCard: async (fn) => {
      const began = performance.now();
      let inner = 0;
      const result = await channel.withCard(async (transmit, extras) => {
        const start = performance.now();
        const counted: typeof transmit = async (apdu) => {
          const sent = performance.now();
          const answer = await transmit(apdu);
          clock.card += performance.now() - sent;
          clock.commands += 1;
          return answer;
        };
        const value = await fn(counted, extras);
        inner = performance.now() - start;
        return value;
      });
      clock.place += performance.now() - began - inner;
      return result;
    },
  };
}

/** The work of one signature as `sign --as asic` and the agent do it: tries left, certificates, VERIFY and signature, container. */
async function signOnce(channel: CardChannel): Promise<void> {
  const session = new CardSession(channel);
  await session.beforePin('sign');
  const certificate = await session.readCertificate('sign', benchPins.sign);
  const issuer = await session.readCertificate('sign-ca');
  const mark = await session.mark();
  await writeAsic({
    files: [{ name: 'application.json', bytes: content }],
    sign: (manifest) =>
      signCades({
        content: manifest,
        detached: true,
        signerCertificate: certificate,
        certificates: [issuer],
        signingTime: new Date(),
        algorithm: 'rsa-sha256',
        sign: (attributes) => session.sign('sign', benchPins.sign, attributes, { mark }),
      }),
  });
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function ownTime(card: { file: string; imageKey: Uint8Array }): Promise<Row[]> {
  const own: number[] = [];
  const cards: number[] = [];
  for (let round = 0; round < rounds + 10; round += 1) {
    const clock: Clock = { place: 0, card: 0, commands: 0 };
    const start = performance.now();
    await signOnce(timed(imageChannel(card.file, card.imageKey), clock));
    if (round < 10) continue;
    own.push(performance.now() - start - clock.place - clock.card);
    cards.push(clock.card);
  }
  own.sort((a, b) => a - b);
  cards.sort((a, b) => a - b);
  const median = at(cards, 0.5);
  const yardstick = `virtual card’s answers ${median.toFixed(1)} ms`;
  return [
    {
      what: 'client’s own time in a signature, median',
      value: at(own, 0.5),
      unit: 'ms',
      yardstick,
      ratio: median / at(own, 0.5),
    },
    {
      what: 'client’s own time in a signature, p99',
      value: at(own, 0.99),
      unit: 'ms',
      yardstick,
      ratio: median / at(own, 0.99),
    },
  ];
}

/** How many applications go through the agent's pages; between page and yes each stands half a second, as it must. */
const applications = 100;

/** The agent as the browser meets it: from the password to the page to be signed, and from the yes to the receipt, without the card's share. */
async function agentTime(): Promise<Row[]> {
  const rig = await startRig();
  const clock: Clock = { place: 0, card: 0, commands: 0 };
  const own: number[] = [];
  const cards: number[] = [];
  try {
    rig.reader.channels = [timed(rig.card.channel, clock)];
    for (let round = 0; round < applications + 3; round += 1) {
      const window = await rig.open();
      await window.page();
      Object.assign(clock, { place: 0, card: 0, commands: 0 });
      const typed = performance.now();
      await window.post('/pin', { pin: testPins.sign, card: rig.card.channel.label });
      const shown = await window.page();
      const first = performance.now() - typed;
      await new Promise((resolve) => setTimeout(resolve, 510));
      const said = performance.now();
      await window.post('/yes', { serving: servingOf(shown.text) });
      const end = await window.settled();
      const second = performance.now() - said;
      if (end.status !== 303) throw new Error(`the agent answered ${end.status}`);
      if (round < 3) continue;
      own.push(first + second - clock.place - clock.card);
      cards.push(clock.card);
    }
  } finally {
    await rig.close();
  }
  own.sort((a, b) => a - b);
  cards.sort((a, b) => a - b);
  const median = at(cards, 0.5);
  const row = (name: string, share: number): Row => ({
    what: `the agent’s own time in a signed and sent application, ${name}`,
    value: at(own, share),
    unit: 'ms',
    yardstick: `virtual card’s answers ${median.toFixed(1)} ms`,
    ratio: median / at(own, share),
  });
  return [row('median', 0.5), row('p99', 0.99)];
}

/** The card, counting every command that reaches it. */
function counting(card: CardDevice): { device: CardDevice; count: () => number } {
  let count = 0;
  const device: CardDevice = {
    atr: () => card.atr(),
    powerOn: () => card.powerOn(),
    powerOff: () => card.powerOff(),
    reset: () => card.reset(),
    execute: (apdu) => {
      count += 1;
      return card.execute(apdu);
    },
  };
  const taken = () => {
    const value = count;
    count = 0;
    return value;
  };
  return { device, count: taken };
}

async function tool(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  // Never waited for synchronously: the card answers from this very process.
  const child = spawn('pkcs11-tool', args, { stdio: 'ignore', env: { ...process.env, ...env } });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`pkcs11-tool ${args[0]} ended with ${code}`);
}

async function roundTrips(image: { file: string; imageKey: Uint8Array }): Promise<Row[]> {
  const daemon = await startPcscd();
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-opensc-'));
  const card = await openCardImage(image.file, { imageKey: image.imageKey });
  const { device, count } = counting(card);
  const link = await connectVpcd(device);
  await link.ready;
  try {
    const message = path.join(folder, 'm');
    writeFileSync(message, content);
    const output = ['-o', path.join(folder, 's')];
    const login = ['--slot', '1', '-l', '--pin', benchPins.sign];
    const sign = [...login, '-s', '-m', 'SHA256-RSA-PKCS', '--id', '02', '-i', message, ...output];
    const certificate = [...login, '--read-object', '--type', 'cert', '--id', '02', ...output];
    const session = new CardSession(await readerChannel());
    const measure = async (work: () => Promise<unknown>) => {
      count();
      const start = performance.now();
      await work();
      return { commands: count(), ms: performance.now() - start };
    };
    const driver = { OPENSC_DRIVER: 'jpki' };
    const ours = await measure(() => session.sign('sign', benchPins.sign, content));
    const theirs = await measure(() => tool(sign));
    const direct = await measure(() => tool(sign, driver));
    const whole = await measure(() => signOnce(session.channel));
    const wholeTheirs = await measure(async () => {
      await tool(certificate, driver);
      await tool(sign, driver);
    });
    const row = (what: string, mine: typeof ours, other: typeof ours, name: string): Row => ({
      what,
      value: mine.commands,
      unit: 'APDUs',
      yardstick: `${name} ${other.commands} APDUs, ${other.ms.toFixed(0)} ms (ours ${mine.ms.toFixed(0)} ms)`,
      ratio: other.commands / mine.commands,
    });
    return [
      row('one signature', ours, theirs, 'pkcs11-tool -s'),
      row('one signature', ours, direct, 'the same with OPENSC_DRIVER=jpki'),
      row(
        'tries left, certificates, signature, container',
        whole,
        wholeTheirs,
        'pkcs11-tool: certificate, then -s',
      ),
    ];
  } finally {
    link.close();
    await link.closed;
    await card.close();
    daemon.kill('SIGTERM');
    rmSync(folder, { recursive: true });
  }
}

const reason = isInside ? undefined : noPcscdReason();
if (!isInside && reason === undefined) process.exit(runInside());
const card = await benchCard();
const rows = [...(await ownTime(card)), ...(await agentTime())];
if (reason === undefined) rows.push(...(await roundTrips(card)));
else console.log(`Without OpenSC’s figures: ${reason}.`);
report('client', rows);
process.exit(process.exitCode ?? 0);
