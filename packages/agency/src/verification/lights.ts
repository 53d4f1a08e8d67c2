import {
  type Evidence,
  explainCheck,
  explainFinding,
  type FindingId,
  type Report,
  type ReportBlock,
} from '@madoguchi/pki';
import { explainRule } from '@madoguchi/procedure';
import { fill, formatDate, type LightState, type Words } from '@madoguchi/ui';
import type { ComparedField, IdentityFinding, RecordFinding } from './identity.js';
import { nameWords } from './stored-lights.js';
import { comparisonLabels, identityWords, lightWords } from './words.js';

/** One line of 根拠: what was looked at and how it came out. */
export interface LightCheck {
  readonly label: Words;
  readonly state: LightState;
  /** What was found: a sentence, or facts for the engineer. Never a serial number. */
  readonly detail: Words | string;
}

/** One of the three lights of the officer's desk. Plain JSON. */
export interface Light {
  readonly state: LightState;
  /** Why, and what that means, in one sentence. */
  readonly sentence: Words;
  readonly checks: readonly LightCheck[];
}

/** 署名, 照合, 有効性. */
export interface Lights {
  readonly signature: Light;
  /** `record`: whose record it was compared with, for the officer's decision. */
  readonly identity: Light & { readonly record?: RecordFinding };
  readonly validity: Light;
}

/** 署名: was this signed by the card's key, and is it as it was signed? `rule`: what reading the submission stumbled over. */
export function signatureLight(report: Report, rule: string | undefined): Light {
  const checks = checksOf(report, 'signature');
  const block = report.blocks.signature;
  if (rule !== undefined && block.light === 'good') {
    return {
      state: 'bad',
      sentence: explainRule(rule).what,
      checks: [...checks, { label: lightWords.submission, state: 'bad', detail: rule }],
    };
  }
  return { state: block.light, sentence: sentenceOf(block, lightWords.signatureGood), checks };
}

/** 有効性: could this certificate sign, then? */
export function validityLight(
  report: Report,
  evidence: Evidence,
  crlNumbers: ReadonlyMap<string, string>,
  problems: readonly string[],
): Light {
  const block = report.blocks.validity;
  const checks: LightCheck[] = [
    ...checksOf(report, 'validity'),
    ...evidence.revocation.map((item): LightCheck => {
      const number = crlNumbers.get(item.sha256);
      return {
        label: item.kind === 'crl' ? lightWords.crl : lightWords.ocsp,
        state: item.authentic ? (item.status === 'good' ? 'good' : 'check') : 'bad',
        detail: [
          item.status ?? item.rule ?? '',
          item.thisUpdate === undefined ? '' : `thisUpdate ${item.thisUpdate}`,
          item.nextUpdate === undefined ? '' : `nextUpdate ${item.nextUpdate}`,
          number === undefined ? '' : `No. ${number}`,
          `SHA-256 ${item.sha256.slice(0, 16)}…`,
        ]
          .filter((part) => part !== '')
          .join(' · '),
      };
    }),
    ...problems.map((problem): LightCheck => ({ label: lightWords.asked, state: 'check', detail: problem })),
  ];
  const good = sinceArrival(report) ?? goodValidity(evidence, crlNumbers);
  return { state: block.light, sentence: sentenceOf(block, good), checks };
}

/** The signature in a container that was changed is not looked at: to say that its certificate is missing would be untrue. */
export const notExamined: Light = { state: 'check', sentence: lightWords.notExamined, checks: [] };

/** 照合: the same person in the certificate, the application and the agency's own record? `persons`: what was found of people who were typed. */
export function identityLight(
  finding: IdentityFinding,
  persons: readonly LightCheck[] = [],
): Lights['identity'] {
  const light: Lights['identity'] = {
    ...applicantLight(finding),
    ...(finding.kind === 'compared' && finding.record !== undefined ? { record: finding.record } : {}),
  };
  if (persons.length === 0) return light;
  const theirs = worst(persons.map(({ state }) => state));
  const sentence =
    light.state === 'good' && theirs !== 'good'
      ? fill(lightWords.personsToJudge, { parts: light.sentence })
      : light.sentence;
  return { ...light, state: worst([light.state, theirs]), sentence, checks: [...light.checks, ...persons] };
}

function applicantLight(finding: IdentityFinding): Light {
  switch (finding.kind) {
    case 'noSigner':
      return { state: 'bad', sentence: lightWords.noSigner, checks: [] };
    case 'noIdentity':
      return { state: 'bad', sentence: lightWords.noIdentity, checks: [] };
    case 'compared':
      return comparedLight(finding);
  }
}

type Compared = Extract<IdentityFinding, { kind: 'compared' }>;

function comparedLight(finding: Compared): Light {
  const checks = comparedChecks(finding);
  switch (finding.register) {
    case 'others':
      return { state: 'bad', sentence: lightWords.decidedDifferent, checks };
    case 'notFound': {
      const { notRegistered: detail } = lightWords;
      const missing: LightCheck = { label: identityWords.against.record, state: 'check', detail };
      return { state: 'check', sentence: detail, checks: [...checks, missing] };
    }
    default:
      return {
        state: worst(checks.map(({ state }) => state)),
        sentence: comparedSentence(finding),
        checks,
      };
  }
}

function comparedChecks({ comparisons, record }: Compared): LightCheck[] {
  const checks = comparisons.flatMap(({ against, fields }) =>
    fields.map(({ field, state, result: { reason }, agreed }): LightCheck => {
      const label = comparisonLabels[against][field];
      if (agreed === undefined) return { label, state, detail: reason };
      return {
        ...{ label, state },
        detail: fill(identityWords.agreed, { reason, receipt: agreed.receiptNumber }),
      };
    }),
  );
  if (record?.basis === undefined) return checks;
  return [...checks, { label: identityWords.link, state: 'good', detail: identityWords.basis[record.basis] }];
}

/** The record is what the officer asks about, unless the application or an earlier one already differs from the certificate. */
function comparedSentence({ comparisons, register }: Compared): Words {
  const fieldsOf = (against: string) => comparisons.find((one) => one.against === against)?.fields ?? [];
  const isGood = (fields: readonly ComparedField[]) => fields.every(({ state }) => state === 'good');
  const told = (fields: readonly ComparedField[]) =>
    joinWords(
      fields.map((field) =>
        fill(lightWords.fieldResult, {
          field: identityWords.fields[field.field],
          result: resultWords(field),
        }),
      ),
    );
  const application = comparisons[0]?.fields ?? [];
  if (!isGood(application)) return fill(lightWords.againstApplication, { parts: told(application) });
  const earlier = fieldsOf('earlier');
  if (!isGood(earlier)) return fill(lightWords.againstEarlier, { parts: told(earlier) });
  const record = fieldsOf('record');
  const parts = told(record.length > 0 ? record : application);
  return register === 'absent' ? fill(lightWords.withoutRegister, { parts }) : parts;
}

function resultWords({ state, result, agreed }: ComparedField): Words {
  if (agreed !== undefined) return identityWords.decidedSame;
  if (state === 'bad') return identityWords.rungs.none;
  const isSame = result.rung === 'structure' && result.verdict === 'match';
  return identityWords.rungs[isSame ? 'sameStructure' : result.rung];
}

function joinWords(parts: readonly Words[]): Words {
  const join = (register: keyof Words, by: string) => parts.map((part) => part[register]).join(by);
  return { ja: join('ja', ' ・ '), jaEasy: join('jaEasy', ' ・ '), en: join('en', '; ') };
}

const order: readonly LightState[] = ['good', 'pending', 'check', 'bad'];

/** The worst of several states. */
export function worst(states: readonly LightState[]): LightState {
  return order[Math.max(0, ...states.map((state) => order.indexOf(state)))] ?? 'check';
}

function sentenceOf(block: ReportBlock, good: Words): Words {
  if (block.light === 'good') return good;
  return findingWords(block.finding) ?? lightWords.unclear;
}

/** What became of a good certificate after the arrival: the officer hears it beside the light, not only in the evidence. */
function sinceArrival(report: Report): Words | undefined {
  const note = report.checks.find(({ finding }) => finding === 'validity.revokedLater');
  return findingWords(note?.finding);
}

function goodValidity(evidence: Evidence, crlNumbers: ReadonlyMap<string, string>): Words {
  const newest = evidence.revocation
    .filter((item) => item.authentic && item.status === 'good')
    .sort((a, b) => (b.thisUpdate ?? '').localeCompare(a.thisUpdate ?? ''))
    .find((item) => item.kind === 'crl' || item.kind === 'ocsp');
  if (newest?.thisUpdate === undefined) return lightWords.validityGood;
  const number = crlNumbers.get(newest.sha256);
  const key = `${newest.thisUpdate} ${number ?? ''}`;
  const known = validitySentences.get(key) ?? validityAt(new Date(newest.thisUpdate), number);
  validitySentences.set(key, known);
  for (const oldest of validitySentences.keys())
    if (validitySentences.size > mostSentences) validitySentences.delete(oldest);
  return known;
}

/** Thousands of cases are checked by the same few lists: what was said of those last. */
const validitySentences = new Map<string, Words>();
const mostSentences = 64;

function validityAt(at: Date, number: string | undefined): Words {
  const when = (register: 'ja' | 'jaEasy' | 'en') => formatDate(at, register, { time: true, wareki: false });
  const words = number === undefined ? lightWords.validityByOcsp : lightWords.validityByCrl;
  return fill(words, {
    when: { ja: when('ja'), jaEasy: when('jaEasy'), en: when('en') },
    number: number ?? '',
  });
}

function checksOf(report: Report, block: 'signature' | 'validity'): LightCheck[] {
  return report.checks
    .filter((check) => check.block === block)
    .map((check) => {
      const state: LightState =
        check.result === 'pass'
          ? 'good'
          : check.result === 'warn'
            ? 'check'
            : check.subIndication === 'TRY_LATER'
              ? 'pending'
              : 'bad';
      return { label: checkLabel(check.id), state, detail: findingWords(check.finding) ?? check.detail };
    });
}

/** The label of a check; its id where this version does not know it. */
function checkLabel(id: string): Words {
  const words = explainCheck(id)?.title;
  return words === undefined ? { ja: id, jaEasy: id, en: id } : nameWords(`check.${id}`, words);
}

function findingWords(id: FindingId | undefined): Words | undefined {
  const words = id === undefined ? undefined : explainFinding(id);
  return words && nameWords(`finding.${id}`, words);
}
