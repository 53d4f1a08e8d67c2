import type { PathInput } from '../path/validate.js';
import { validatePath } from '../path/validate.js';
import {
  dsaCases,
  judgeMessage,
  listedInput,
  pkitsCases,
  pkitsFiles,
  pkitsMessages,
  wholePool,
} from './pkits.js';
import {
  answerCavsEcdsa,
  answerCavsRsa,
  answerWycheproof,
  type VectorResult,
  wycheproofFiles,
  wycheproofPlace,
} from './signature-vectors.js';

/**
 * docs/pkits.md: what the code says about every case of the public suites, made by running them. Needs NIST PKITS and CAVS. Where the
 * Wycheproof files are not there, their section is undefined and the caller keeps the one it has.
 */
export function verdictTables(): { pkits: string; cavs: string; wycheproof: string | undefined } {
  return {
    pkits: [casesSection(), messagesSection()].join('\n'),
    cavs: cavsSection(),
    wycheproof: wycheproofSection(),
  };
}

const words = (valid: boolean): string => (valid ? 'valid' : 'invalid');

const policyPrefix = '2.16.840.1.101.3.2.1.48.';

function settingsInWords(settings: Partial<PathInput>): string {
  const parts = [
    settings.requireExplicitPolicy === true ? 'explicit policy required' : '',
    settings.inhibitPolicyMapping === true ? 'no mapping' : '',
    settings.inhibitAnyPolicy === true ? 'no anyPolicy' : '',
    ...(settings.initialPolicies ?? []).map((oid) =>
      oid.startsWith(policyPrefix) ? `policy ${oid.slice(policyPrefix.length)}` : oid,
    ),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '–' : parts.join(', ');
}

/** A table as the formatter of this repository writes it: columns as wide as their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return `${[line(head), rule, ...rows.map(line)].join('\n')}\n`;
}

/** Right, or named as unsupported, or wrong: nothing else stands in the last column. */
function remark(id: string, right: boolean, answers: readonly boolean[]): string {
  if (answers.every((answer) => answer === right)) return dsaCases.has(id) ? 'DSA not supported' : 'right';
  return dsaCases.has(id) && answers.every((answer) => !answer) ? 'DSA not supported' : '**wrong**';
}

function casesSection(): string {
  const files = pkitsFiles();
  const pool = wholePool(files);
  const reversed = { intermediates: [...pool.intermediates].reverse(), crls: [...pool.crls].reverse() };
  const rows = pkitsCases.map((each) => {
    const input = listedInput(each, files);
    const listed = validatePath(input);
    const all = validatePath({ ...input, ...pool });
    const backwards = validatePath({ ...input, ...reversed });
    return [
      each.id,
      each.name,
      settingsInWords(each.settings),
      words(each.valid),
      words(listed.valid),
      all.valid === backwards.valid ? words(all.valid) : 'depends on the order',
      listed.rule ?? '',
      remark(each.id, each.valid, [listed.valid, all.valid, backwards.valid]),
    ];
  });
  const head = ['test', 'name', 'settings', 'suite', 'own path', 'everything', 'rule', 'answer'];
  return `## NIST PKITS: paths\n\n${summary(rows)} "Own path": with the certificates and lists the test names. "Everything": with all
certificates and lists of the suite at once, in both orders. "Rule": what the own path breaks.\n\n${table(head, rows)}`;
}

function messagesSection(): string {
  const rows = pkitsMessages().map((message) => {
    const { valid, rule } = judgeMessage(message);
    const dsa = rule === 'signature.algorithm.unknown';
    const answer = dsa ? 'DSA not supported' : valid === message.valid ? 'right' : '**wrong**';
    return [message.name.replace(/\.eml$/, ''), words(message.valid), words(valid), rule, answer];
  });
  const head = ['message', 'suite', 'verdict', 'rule', 'answer'];
  return `## NIST PKITS: signed messages\n\n${summary(rows)} Each is judged from the bytes of the message to the verdict: its CMS
signature, then the path from the certificates and lists it carries, with the anchor alone added.\n\n${table(head, rows)}`;
}

function summary(rows: readonly (readonly string[])[]): string {
  const count = (answer: string): number => rows.filter((cells) => cells.at(-1) === answer).length;
  return `${rows.length} answers: ${count('right')} right, ${count('**wrong**')} wrong, ${count('DSA not supported')} with DSA, which is not supported and never passes.`;
}

function vectorRow(name: string, result: VectorResult): string[] {
  const { tests, accepted, rejected, acceptable, refusedKeys, wrong } = result;
  return [
    name,
    `${tests}`,
    `${accepted}`,
    `${rejected}`,
    acceptable.join(', ') || '–',
    `${refusedKeys}`,
    wrong.join(', ') || '0',
  ];
}

const vectorHead = [
  'file',
  'tests',
  'rightly accepted',
  'rightly rejected',
  'either is right',
  'key refused',
  'wrong',
];

function cavsSection(): string {
  const rows = [
    vectorRow('RSA FIPS_186-2 SigVer15_186-3.rsp (SHA-1, 256, 384, 512)', answerCavsRsa()),
    vectorRow('ECDSA FIPS_186-3 SigVer.rsp (P-256, P-384; SHA-256, 384, 512)', answerCavsEcdsa()),
  ];
  return `## NIST CAVS: signature vectors\n\nKeys with an exponent beyond 32 bits are refused before any signature is looked at.\n\n${table(vectorHead, rows)}`;
}

function wycheproofSection(): string | undefined {
  const rows: string[][] = [];
  for (const [file, algorithm] of wycheproofFiles) {
    const place = wycheproofPlace(file);
    if (place === undefined) return undefined;
    rows.push(vectorRow(file, answerWycheproof(place, algorithm)));
  }
  return `## Wycheproof: signature vectors\n\nThe files are not part of this repository; \`WYCHEPROOF=FOLDER npm test -- verdict-table\` reads them
from C2SP/wycheproof's \`testvectors_v1\`.\n\n${table(vectorHead, rows)}`;
}
