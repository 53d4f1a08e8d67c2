import path from 'node:path';
import { citizenSignaturePolicy, evaluate, explainFinding, type Report } from '@madoguchi/pki';
import { type Command, CommandError, optional, type Values } from '../cli/command.js';
import { readInput } from '../cli/input.js';
import { plain } from '../cli/plain.js';
import { trustOf, trustOptions } from './trust.js';

/** What the options promise and this version does not keep is refused, never ignored. */
function refuseUnbuilt(values: Values): void {
  for (const name of ['policy', 'report', 'output']) {
    if (values[name] !== undefined) throw new CommandError('usage', `--${name} is not built yet.`);
  }
  const ocsp = optional(values, 'ocsp') ?? 'off';
  if (ocsp !== 'off')
    throw new CommandError('usage', `--ocsp ${ocsp} is not built yet: give revocation lists with --crl.`);
}

function timeOption(values: Values): Date {
  const text = optional(values, 'time');
  if (text === undefined) return new Date();
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(time.getTime())) {
    throw new CommandError(
      'usage',
      `--time is ${text}: write ISO 8601 with a zone, e.g. 2026-06-01T09:00:00+09:00.`,
    );
  }
  return time;
}

const marks = { pass: '●', warn: '▲', fail: '✕' } as const;
const indications = {
  TOTAL_PASSED: '正しい署名です',
  TOTAL_FAILED: '正しくない署名です',
  INDETERMINATE: 'まだ決められません',
} as const;

function tell(report: Report, print: (line: string) => void): void {
  const { indication, subIndication, finding, signer } = report;
  print(`${indication}${subIndication === undefined ? '' : ` ${subIndication}`}  ${indications[indication]}`);
  if (finding !== undefined) {
    const words = explainFinding(finding);
    for (const line of words === undefined ? [finding] : [plain(words.ja), words.en]) print(`  ${line}`);
  }
  for (const check of report.checks) {
    const mark = check.result in marks ? marks[check.result as keyof typeof marks] : '－';
    print(`  ${mark} ${check.id}${check.detail === '' ? '' : `: ${check.detail}`}`);
  }
  for (const { kind, time, counts, subIndication } of report.timeStamps ?? []) {
    const verdict = counts ? 'counts' : `does not count (${subIndication ?? ''})`;
    print(`  ${kind} time stamp ${time ?? ''}: ${verdict}`);
  }
  if (signer?.signingTime !== undefined) print(`  signing time as claimed: ${signer.signingTime}`);
  print(`  judged at ${report.controlTime} under ${report.policy}`);
}

const fileOf = (word: string | undefined) => ({ bytes: readInput(word), name: path.basename(word ?? '') });

/** What is no format of ours is read as CMS: the report then says that it cannot be read. */
async function formatOf({ bytes, name }: { bytes: Uint8Array; name: string }) {
  // Here, not above: the help of a command does not load the rooms it works with.
  const { detectFormat, documentFormats } = await import('@madoguchi/client');
  const start = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  const found = detectFormat(bytes, name) ?? documentFormats.find(({ id }) => id === 'cades');
  if (found === undefined || start === '%PDF-' || start.startsWith('<'))
    throw new CommandError('usage', `${name}: signatures in PDF and XML are not built yet.`);
  return found;
}

const exits = { TOTAL_PASSED: 'good', TOTAL_FAILED: 'no', INDETERMINATE: 'undecided' } as const;

export const verify: Command = {
  options: {
    content: { type: 'string' },
    ...trustOptions,
    ocsp: { type: 'string' },
    time: { type: 'string' },
    policy: { type: 'string' },
    report: { type: 'string' },
    json: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, words, print, printJson }) => {
    refuseUnbuilt(values);
    const time = timeOption(values);
    const file = fileOf(words[0]);
    const format = await formatOf(file);
    const content = optional(values, 'content');
    if (content !== undefined && format.id !== 'cades')
      throw new CommandError(
        'usage',
        `--content is for a detached CMS signature; ${format.title} holds its files.`,
      );
    const trust = await trustOf(values, time);
    // Whom to trust was said: a demo authority named here counts.
    const policy = { ...citizenSignaturePolicy, demo: true };
    const found = format.gather({
      file,
      ...(content === undefined ? {} : { content: fileOf(content) }),
      trust: { ...trust, policy: policy.id, time },
    });
    const reports = found.map(({ evidence }) => evaluate(evidence, policy, time));
    const gravest =
      reports.find(({ indication }) => indication === 'TOTAL_FAILED') ??
      reports.find(({ indication }) => indication === 'INDETERMINATE') ??
      reports[0];
    if (gravest === undefined) throw new Error('no signature was looked at');
    if (values.json === true) printJson(gravest);
    else for (const report of reports) tell(report, print);
    return exits[gravest.indication];
  },
};
