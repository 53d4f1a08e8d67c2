import { X509Certificate } from 'node:crypto';
import { fill, formatDate, type Words } from '@madoguchi/ui';
import { agentPort, agentStatus, describeHolder } from '../agent/port.js';
import { CardSession } from '../card-session.js';
import type { PinStatus } from '../card-visit.js';
import type { CardChannel } from '../channel.js';
import { ClientError, type ClientErrorCode } from '../client-error.js';
import { explainClientError, w } from '../client-words.js';
import { readerChannels } from '../reader-channel.js';
import type { CardKind } from '../token-kind.js';
import { findBrowsers } from './browsers.js';
import {
  type CheckState,
  type DoctorCheck,
  type DoctorCheckId,
  type DoctorReport,
  summarise,
} from './report.js';
import { after, agentWords, cardWords, notChecked, nothingToDo, systemWords, titles } from './words.js';

export interface DoctorOptions {
  now: Date;
  /** Where cards may be. Default: the PC/SC readers. A card image stands for reader and service. */
  channels?: () => Promise<CardChannel[]>;
  agentPort?: number;
  platform?: { name: NodeJS.Platform; release: string; node: string };
  browsers?: () => Promise<string[]>;
}

/**
 * The environment check (環境の確認): system, service, reader, card, certificate, passwords, agent and browser, each with what was found, what it
 * means and the next step. No PIN is asked and no try is spent. Never throws for a state of the machine.
 */
export async function doctor(options: DoctorOptions): Promise<DoctorReport> {
  const platform = options.platform ?? {
    name: process.platform,
    release: process.arch,
    node: process.versions.node,
  };
  const [card, agent, browser] = await Promise.all([
    cardChecks(options),
    agentCheck(options.agentPort ?? agentPort),
    browserCheck(options.browsers ?? findBrowsers),
  ]);
  return summarise([...systemChecks(platform), ...card, agent, browser]);
}

function check(
  id: DoctorCheckId,
  state: CheckState,
  found: Words,
  means: Words,
  next: Words = nothingToDo,
): DoctorCheck {
  return { id, state, title: titles[id], found, means, next };
}

function same(text: string): Words {
  return w(text, text, text);
}

function systemChecks({ name, release, node }: NonNullable<DoctorOptions['platform']>): DoctorCheck[] {
  const known = ['linux', 'darwin', 'win32'].includes(name);
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const recent = major > 20 || (major === 20 && minor >= 19);
  const names: Record<string, string> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
  const found = same(`${names[name] ?? name} (${release})`);
  return [
    known
      ? check('system', 'ok', found, systemWords.known)
      : check('system', 'warn', found, systemWords.unknown, systemWords.unknownNext),
    recent
      ? check('node', 'ok', same(node), systemWords.nodeGood)
      : check('node', 'fail', same(node), systemWords.nodeOld, systemWords.nodeNext),
  ];
}

const cardIds: DoctorCheckId[] = ['service', 'reader', 'card', 'certificate', 'pin-sign', 'pin-auth'];

/** Which line of the report an error belongs to. The lines before it are good, the ones after it are not checked. */
const errorLine: Partial<Record<ClientErrorCode, DoctorCheckId>> = {
  'no-library': 'service',
  'service-stopped': 'service',
  'no-reader': 'reader',
};

async function cardChecks(options: DoctorOptions): Promise<DoctorCheck[]> {
  let channels: CardChannel[] = [];
  try {
    channels = await (options.channels ?? readerChannels)();
    if (channels.length === 0) throw new ClientError('no-reader');
    let trouble: unknown;
    for (const channel of channels) {
      try {
        return [...readerGood(channels), ...(await inspect(channel, options.now))];
      } catch (error) {
        // An empty second reader is no news beside a card that cannot be used.
        if (!(trouble instanceof ClientError) || trouble.code === 'no-card') trouble = error;
      }
    }
    throw trouble;
  } catch (error) {
    return until(error instanceof ClientError ? error : new ClientError('card-unresponsive'), channels);
  }
}

function readerGood(channels: CardChannel[]): DoctorCheck[] {
  const names = channels.map(({ label }) => label).join(', ');
  return [
    check('service', 'ok', systemWords.serviceGood, systemWords.serviceMeans),
    check('reader', 'ok', fill(systemWords.readers, { names }), systemWords.readerMeans),
  ];
}

function until(error: ClientError, channels: CardChannel[]): DoctorCheck[] {
  const failing = errorLine[error.code] ?? 'card';
  const { what, next } = explainClientError(error);
  const at = cardIds.indexOf(failing);
  return cardIds.map((id, index) => {
    if (index > at) return check(id, 'skip', notChecked, after, after);
    if (index === at) return check(id, 'fail', same(error.detail.subject ?? '—'), what, next);
    return readerGood(channels)[index] ?? check(id, 'ok', systemWords.serviceGood, systemWords.serviceMeans);
  });
}

async function inspect(channel: CardChannel, now: Date): Promise<DoctorCheck[]> {
  const seen = await new CardSession(channel).visit(async (visit) => {
    const kind = await visit.kind();
    if (!signing.includes(kind)) throw new ClientError('not-my-number-card', { subject: channel.label });
    const certificate =
      kind === 'android' ? undefined : await visit.readCertificate('auth').catch(noCertificate);
    return { kind, certificate, sign: await visit.pinStatus('sign'), auth: await visit.pinStatus('auth') };
  });
  const found = fill(seen.kind === 'android' || seen.kind === 'ios' ? cardWords.phone : cardWords.good, {
    reader: channel.label,
  });
  return [
    check('card', 'ok', found, cardWords.means),
    seen.kind === 'android'
      ? check('certificate', 'skip', notChecked, same('—'))
      : certificateCheck(seen.certificate, now),
    pinCheck('pin-sign', 'sign', seen.sign),
    pinCheck('pin-auth', 'auth', seen.auth),
  ];
}

const signing: readonly CardKind[] = ['my-number-card', 'next-card', 'android', 'ios'];
const soonMs = 90 * 24 * 3600_000;

function noCertificate(error: unknown): undefined {
  if (error instanceof ClientError && error.code === 'no-certificate') return undefined;
  throw error;
}

function certificateCheck(der: Uint8Array | undefined, now: Date): DoctorCheck {
  const id = 'certificate';
  if (der === undefined)
    return check(id, 'warn', cardWords.certificateNone, cardWords.certificateNone, cardWords.renew);
  const dates = validity(der);
  if (dates === undefined)
    return check(id, 'fail', cardWords.certificateUnread, cardWords.certificateUnread, cardWords.renew);
  const { from, to } = dates;
  const found = fill(cardWords.certificate, { from: day(from), to: day(to) });
  if (now > to) return check(id, 'fail', found, cardWords.certificateOver, cardWords.renew);
  if (now < from) return check(id, 'fail', found, cardWords.certificateNotYet, cardWords.renew);
  if (to.getTime() - now.getTime() < soonMs)
    return check(id, 'warn', found, cardWords.certificateSoon, cardWords.renew);
  return check(id, 'ok', found, cardWords.certificateGood);
}

function validity(der: Uint8Array): { from: Date; to: Date } | undefined {
  try {
    const { validFrom, validTo } = new X509Certificate(der);
    return { from: new Date(validFrom), to: new Date(validTo) };
  } catch {
    return undefined;
  }
}

function day(date: Date): Words {
  return w(formatDate(date, 'ja'), formatDate(date, 'jaEasy'), formatDate(date, 'en'));
}

function pinCheck(id: DoctorCheckId, pin: 'sign' | 'auth', status: PinStatus): DoctorCheck {
  if (status.state === 'locked') {
    const { next } = explainClientError(new ClientError('pin-locked', { pin }));
    return check(id, 'fail', cardWords.locked, cardWords.lockedMeans, next);
  }
  const tries = status.triesLeft;
  const found = fill(cardWords.tries, { tries });
  if (tries <= 2)
    return check(id, 'warn', found, fill(cardWords.triesLow, { tries }), cardWords.triesLowNext);
  return check(id, 'ok', found, cardWords.triesGood);
}

async function agentCheck(port: number): Promise<DoctorCheck> {
  const status = await agentStatus(port);
  if (status !== undefined)
    return check(
      'agent',
      'ok',
      fill(agentWords.running, { version: status.version }),
      agentWords.runningMeans,
    );
  const holder = await describeHolder(port);
  return holder === undefined
    ? check('agent', 'fail', agentWords.stopped, agentWords.stoppedMeans, agentWords.stoppedNext)
    : check(
        'agent',
        'fail',
        fill(agentWords.taken, { port, holder }),
        agentWords.stoppedMeans,
        agentWords.takenNext,
      );
}

async function browserCheck(find: () => Promise<string[]>): Promise<DoctorCheck> {
  const names = (await find()).join(', ');
  return names === ''
    ? check('browser', 'warn', agentWords.noBrowser, agentWords.noBrowserMeans, agentWords.noBrowserNext)
    : check('browser', 'ok', fill(agentWords.browsers, { names }), agentWords.browserMeans);
}
