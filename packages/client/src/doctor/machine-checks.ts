import { fill } from '@madoguchi/ui/words';
import { agentStatus, describeHolder } from '../agent/port.js';
import { same } from '../three-words.js';
import { check } from './check.js';
import { loginWords, receiverWords } from './check-words.js';
import type { DoctorCheck } from './report.js';
import { agentWords, systemWords } from './words.js';

export interface Platform {
  name: NodeJS.Platform;
  release: string;
  node: string;
}

export function systemChecks({ name, release, node }: Platform): DoctorCheck[] {
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

export async function agentCheck(port: number): Promise<DoctorCheck> {
  const status = await agentStatus(port);
  if (status !== undefined) {
    const { version } = status;
    return check('agent', 'ok', fill(agentWords.running, { version }), agentWords.runningMeans);
  }
  const holder = await describeHolder(port);
  const { stopped, stoppedMeans, stoppedNext, taken, takenNext } = agentWords;
  if (holder === undefined) return check('agent', 'fail', stopped, stoppedMeans, stoppedNext, 'start-agent');
  return check('agent', 'fail', fill(taken, { port, holder }), stoppedMeans, takenNext);
}

export async function browserCheck(find: () => Promise<string[]>): Promise<DoctorCheck> {
  const names = (await find()).join(', ');
  return names === ''
    ? check('browser', 'warn', agentWords.noBrowser, agentWords.noBrowserMeans, agentWords.noBrowserNext)
    : check('browser', 'ok', fill(agentWords.browsers, { names }), agentWords.browserMeans);
}

/** Whether the agent starts at login and by `madoguchi:`. Without it everything works too, so that is no warning. */
export function loginCheck(state: { autostart: boolean; scheme: boolean; current: boolean }): DoctorCheck {
  const { on, onMeans, off, offMeans, offNext, moved, movedNext } = loginWords;
  if (!state.autostart || !state.scheme)
    return check('login', 'skip', off, offMeans, offNext, 'install-agent');
  return state.current
    ? check('login', 'ok', on, onMeans)
    : check('login', 'warn', moved, offMeans, movedNext, 'install-agent');
}

const patienceMs = 8_000;

/** A receiving system (受付システム) answers at its address; any answer of its own will do, also "log in first". */
export async function receiversCheck(
  receivers: readonly string[],
  fetch: typeof globalThis.fetch,
): Promise<DoctorCheck> {
  if (receivers.length === 0) return check('receivers', 'skip', receiverWords.none, receiverWords.noneMeans);
  const answers = await Promise.all(
    receivers.map(async (url) => ({ host: hostOf(url), trouble: await reach(url, fetch) })),
  );
  const bad = answers.filter(({ trouble }) => trouble !== undefined);
  if (bad.length === 0) {
    const names = answers.map(({ host }) => host).join(', ');
    return check('receivers', 'ok', fill(receiverWords.good, { names }), receiverWords.goodMeans);
  }
  const names = bad.map(({ host, trouble }) => `${host} (${trouble})`).join(', ');
  const { badMeans, badNext } = receiverWords;
  return check('receivers', 'fail', fill(receiverWords.bad, { names }), badMeans, badNext);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

async function reach(url: string, fetch: typeof globalThis.fetch): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    await answer.body?.cancel();
    return answer.status >= 500 ? `HTTP ${answer.status}` : undefined;
  } catch (error) {
    if (!(error instanceof Error)) return 'no answer';
    const { cause } = error;
    if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
    return error.name === 'TimeoutError' ? 'timeout' : error.message;
  }
}
