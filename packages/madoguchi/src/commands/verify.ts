import { writeFileSync } from 'node:fs';
import { type Command, CommandError, type ExitName, optional, type Values } from '../cli/command.js';
import { langOption, languageOf } from '../cli/language.js';
import { trustOptions } from './trust.js';
import { policyOf } from './verify-policy.js';

const kinds = ['text', 'html', 'pdf'] as const;

/** What is to be written, and where. */
function outputOf(values: Values): { kind: (typeof kinds)[number] | 'json' | 'short'; output: string } {
  const report = optional(values, 'report');
  const output = optional(values, 'output') ?? '-';
  if (report === undefined) return { kind: values.json === true ? 'json' : 'short', output };
  if (values.json === true) throw new CommandError('usage', 'Give --json or --report, not both.');
  const kind = kinds.find((each) => each === report);
  if (kind === undefined)
    throw new CommandError('usage', `--report is ${report}: use one of ${kinds.join(', ')}.`);
  if (kind === 'pdf' && output === '-' && process.stdout.isTTY)
    throw new CommandError('usage', 'A PDF is no text for a terminal: name a file with -o OUT.');
  return { kind, output };
}

const exits = {
  TOTAL_PASSED: 'good',
  TOTAL_FAILED: 'no',
  INDETERMINATE: 'undecided',
  NO_SIGNATURE_FOUND: 'no',
} as const satisfies Record<string, ExitName>;

/** Verifies every signature of a file, or evaluates frozen evidence again; the exit code is the gravest answer. */
export const verify: Command = {
  options: {
    content: { type: 'string' },
    ...trustOptions,
    ocsp: { type: 'string' },
    time: { type: 'string' },
    policy: { type: 'string' },
    config: { type: 'string' },
    evidence: { type: 'string' },
    'from-evidence': { type: 'string' },
    ...langOption,
    'no-identity': { type: 'boolean' },
    report: { type: 'string' },
    json: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, words, print }) => {
    const { kind, output } = outputOf(values);
    const lang = languageOf(values);
    // Here, not above: the help of a command does not load the rooms it works with.
    const { evidenceOf } = await import('./verify-evidence.js');
    const { evaluateDocument } = await import('@madoguchi/pki');
    const evidence = await evidenceOf(values, words[0]);
    const saved = optional(values, 'evidence');
    if (saved !== undefined) writeFileSync(saved, `${JSON.stringify(evidence, null, 2)}\n`);
    const isAgain = optional(values, 'from-evidence') !== undefined;
    const policy = isAgain ? policyOf(values, evidence.policy) : evidence.policy;
    const report = evaluateDocument(evidence, policy, timeOf(values) ?? new Date(evidence.gatheredAt));
    const { drawReport } = await import('./verify-output.js');
    const options = { lang, identity: values['no-identity'] !== true };
    const drawn = await drawReport(kind, { report, evidence, options });
    if (output === '-') process.stdout.write(drawn);
    else {
      writeFileSync(output, drawn);
      if (kind !== 'json') print(`${output}: ${report.indication}`);
    }
    return exits[report.indication];
  },
};

/** `--time`; undefined: now, or the time of the evidence. */
export function timeOf(values: Values): Date | undefined {
  const text = optional(values, 'time');
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new CommandError(
    'usage',
    `--time is ${text}: write ISO 8601 with a zone, e.g. 2026-06-01T09:00:00+09:00.`,
  );
}
