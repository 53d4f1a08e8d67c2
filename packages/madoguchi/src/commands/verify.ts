import {
  asicSimpleMediaType,
  citizenSignaturePolicy,
  evaluate,
  explainFinding,
  gatherEvidence,
  loadCrl,
  parseCertificate,
  type Report,
  type RevocationSource,
  readAsic,
  readAsicSimple,
} from '@madoguchi/pki';
import { type Command, CommandError, listOption, optional, type Values } from '../cli/command.js';
import { derValues, readInput } from '../cli/input.js';
import { plain } from '../cli/plain.js';

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

type Signed =
  | { container: ReturnType<typeof readAsic> | ReturnType<typeof readAsicSimple> }
  | { cms: Uint8Array; content?: Uint8Array };

function signedOf(bytes: Uint8Array, content: string | undefined, file: string): Signed {
  const start = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  if (start.startsWith('PK')) {
    if (content !== undefined)
      throw new CommandError('usage', '--content is for detached CMS; a container holds its files.');
    // The media type stands stored at octet 38, behind the header of the first entry.
    const type = Buffer.from(bytes.subarray(38, 38 + asicSimpleMediaType.length)).toString('latin1');
    return { container: type === asicSimpleMediaType ? readAsicSimple(bytes) : readAsic(bytes) };
  }
  if (start === '%PDF-' || start.startsWith('<'))
    throw new CommandError('usage', `${file}: signatures in PDF and XML are not built yet.`);
  const [cms = bytes] = derValues(bytes, ['CMS', 'PKCS7']);
  return { cms, ...(content === undefined ? {} : { content: readInput(content) }) };
}

interface Trust {
  anchors: readonly Uint8Array[];
  timeStampAnchors: readonly Uint8Array[];
  revocation: RevocationSource[];
}

function crlSource(der: Uint8Array, source: string, obtainedAt: Date): RevocationSource {
  const loaded = loadCrl(der);
  if (!loaded.ok)
    throw new CommandError(
      'usage',
      `${source} is no revocation list: ${loaded.rule} at byte ${loaded.offset}.`,
    );
  return { kind: 'crl', crl: loaded.crl, source, obtainedAt };
}

function certificatesIn(file: string): Uint8Array[] {
  const list = derValues(readInput(file), ['CERTIFICATE', 'TRUSTED CERTIFICATE']);
  for (const der of list) {
    const result = parseCertificate(der);
    if (!result.ok)
      throw new CommandError('usage', `${file} is no certificate: ${result.rule} at byte ${result.offset}.`);
  }
  return list;
}

/** Given files; without --trust, the authority of the data folder with its newest lists. */
async function trustOf(values: Values, now: Date): Promise<Trust> {
  const files = listOption(values, 'trust');
  const given = listOption(values, 'crl').flatMap((file) =>
    derValues(readInput(file), ['X509 CRL']).map((der) => crlSource(der, file, now)),
  );
  if (files.length > 0) {
    // A file of --trust is trusted for what its certificate is made for: the stamp's own purpose is checked on the way.
    const anchors = files.flatMap(certificatesIn);
    return { anchors, timeStampAnchors: anchors, revocation: given };
  }
  const { withAuthority } = await import('../cli/folder.js');
  return withAuthority(values, async (ca) => {
    const anchors = await ca.anchors();
    const lists = await ca.crls();
    return {
      anchors: anchors.signature,
      timeStampAnchors: anchors.tsa,
      revocation: [
        ...given,
        ...lists.map((list) => crlSource(list.der, 'the authority of the data folder', now)),
      ],
    };
  });
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

const exits = { TOTAL_PASSED: 'good', TOTAL_FAILED: 'no', INDETERMINATE: 'undecided' } as const;

export const verify: Command = {
  options: {
    content: { type: 'string' },
    trust: { type: 'string', multiple: true },
    crl: { type: 'string', multiple: true },
    ocsp: { type: 'string' },
    time: { type: 'string' },
    policy: { type: 'string' },
    report: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, words, print, printJson }) => {
    refuseUnbuilt(values);
    const time = timeOption(values);
    const signed = signedOf(readInput(words[0]), optional(values, 'content'), words[0] ?? '');
    const trust = await trustOf(values, time);
    // Whom to trust was said: a demo authority named here counts.
    const policy = { ...citizenSignaturePolicy, demo: true };
    const evidence = gatherEvidence({ policy: policy.id, ...trust, time, ...signed });
    const report = evaluate(evidence, policy, time);
    if (values.json === true) printJson(report);
    else tell(report, print);
    return exits[report.indication];
  },
};
