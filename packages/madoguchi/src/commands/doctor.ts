import { CardSession, ClientError, readerChannel } from '@madoguchi/client/card';
import {
  applyFixes,
  doctor as checkEnvironment,
  type DoctorCheck,
  type DoctorReport,
  doctorSteps,
  type FixResult,
  installedState,
  thisMachine,
} from '@madoguchi/client/doctor';
import type { Register, Words } from '@madoguchi/ui';
import { cardOptions, channelOf } from '../cli/card-option.js';
import { type Command, CommandError, listOption, optional, portOption, type Values } from '../cli/command.js';
import { isHttpAddress } from '../cli/http.js';
import { langOption, languageOf, say } from '../cli/language.js';
import { ownScript } from '../cli/own-program.js';
import { givenPin, pinOptions } from '../cli/pin.js';
import { runningAddresses } from '../cli/running-addresses.js';
import { type OpenedCertificate, openCertificate, validityAsker } from './own-validity-http.js';

const marks = { ok: '●', warn: '▲', fail: '✕', skip: '－' } as const;
const { wait: _, ...placeOptions } = cardOptions;

const own: Record<'ready' | 'almost' | 'not' | FixResult['outcome'], Words> = {
  ready: { ja: '準備ができています。', jaEasy: '{準備|じゅんび}が できました。', en: 'Everything is ready.' },
  almost: {
    ja: '使えますが、▲の項目を見てください。',
    jaEasy: '{使|つか}えます。▲を {見|み}て ください。',
    en: 'It works; see the lines marked ▲.',
  },
  not: {
    ja: 'まだ使えません。✕の項目の「→」を上から順に行ってください。',
    jaEasy: 'まだ {使|つか}えません。✕の「→」を {上|うえ}から {順番|じゅんばん}に して ください。',
    en: 'Not ready yet: follow the arrows of the lines marked ✕, from the top.',
  },
  done: { ja: '直しました', jaEasy: 'なおしました', en: 'mended' },
  failed: { ja: '直せませんでした', jaEasy: 'なおせませんでした', en: 'could not be mended' },
  left: {
    ja: '自動では直しません',
    jaEasy: '{自動|じどう}では なおしません',
    en: 'is not mended by itself',
  },
};

/** Nobody was asked: by `--ocsp off`, or because no responder is known. */
const notAsked: Words = {
  ja: '失効は確かめていません（確かめるには: madoguchi doctor --ocsp 認証局のOCSPのアドレス）',
  jaEasy: '{使|つか}えるかは、まだ {見|み}て いません（{見|み}る ときは: madoguchi doctor --ocsp アドレス）',
  en: 'Revocation was not checked (to check it: madoguchi doctor --ocsp URL, the responder of the authority)',
};

/** Receiving systems: named, else the agency of the demo that runs over the data folder. */
function receiversOf(values: Values): string[] {
  const named = listOption(values, 'receiver');
  for (const url of named)
    if (!isHttpAddress(url))
      throw new CommandError(
        'usage',
        `--receiver is ${url}: write an address beginning with http:// or https://.`,
      );
  const { agency } = runningAddresses(values);
  return named.length > 0 || typeof agency !== 'string' ? named : [agency];
}

function lines(check: DoctorCheck, register: Register): string[] {
  const head = `${marks[check.state]} ${say(check.title, register)}: ${say(check.found, register)}`;
  const acts = check.state === 'warn' || check.state === 'fail';
  return acts ? [head, `    ${say(check.means, register)}`, `    → ${say(check.next, register)}`] : [head];
}

function tell(report: DoctorReport, register: Register, print: (line: string) => void): void {
  for (const { title, checks } of doctorSteps) {
    const found = report.checks.filter(({ id }) => checks.includes(id));
    if (found.length === 0) continue;
    print(say(title, register));
    for (const check of found) for (const line of lines(check, register)) print(`  ${line}`);
  }
  const { state } = report;
  print(say(state === 'ok' ? own.ready : state === 'warn' ? own.almost : own.not, register));
}

/** The signature certificate, opened with its password, when the holder wants it checked too. */
async function signatureOf(values: Values): Promise<OpenedCertificate | undefined> {
  const given = givenPin(values);
  if (values.signature !== true && given === undefined) return undefined;
  const chosen = optional(values, 'card') ?? optional(values, 'reader');
  try {
    const session = new CardSession(chosen === undefined ? await readerChannel() : await channelOf(values));
    return await openCertificate(session, values, given);
  } catch (error) {
    // What is wrong before the password the report tells by itself, with all the rest.
    if (error instanceof ClientError && !error.code.startsWith('pin-')) return undefined;
    throw error;
  }
}

/** The environment check of the preparation page, in a terminal. Costs no PIN try. */
export const doctor: Command = {
  options: {
    ...placeOptions,
    ...pinOptions,
    ...langOption,
    signature: { type: 'boolean' },
    ocsp: { type: 'string' },
    receiver: { type: 'string', multiple: true },
    'agent-port': { type: 'string' },
    fix: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async ({ values, print, printJson }) => {
    const register = languageOf(values);
    const machine = thisMachine(ownScript());
    const chosen = optional(values, 'card') ?? optional(values, 'reader');
    const receivers = receiversOf(values);
    const signature = await signatureOf(values);
    const look = () => {
      const now = new Date();
      const ask = validityAsker(values, now);
      return checkEnvironment({
        now,
        agentPort: portOption(values, 'agent-port', 24787),
        receivers,
        atLogin: () => installedState(machine),
        validity: (certificate, issuer) =>
          ask(certificate, issuer, certificate === signature?.certificate ? signature.holder : undefined),
        notAsked,
        ...(signature === undefined ? {} : { signature: signature.certificate }),
        ...(chosen === undefined ? {} : { channels: async () => [await channelOf(values)] }),
      });
    };
    let report = await look();
    let fixed: FixResult[] = [];
    if (values.fix === true) {
      fixed = await applyFixes(report, machine);
      if (fixed.some(({ outcome }) => outcome === 'done')) report = await look();
    }
    if (values.json === true) printJson(values.fix === true ? { ...report, fixed } : report);
    else {
      for (const { fix, outcome } of fixed) print(`${fix}: ${say(own[outcome], register)}`);
      tell(report, register, print);
    }
    return report.state === 'fail' ? 'no' : 'good';
  },
};
