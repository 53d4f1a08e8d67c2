import {
  type CheckResult,
  type DocumentEvidence,
  type DocumentReport,
  explainCheck,
  explainFinding,
  type FoundSignature,
  type Report,
  subIndications,
} from '@madoguchi/pki';
import { markText } from '@madoguchi/procedure/basics';
import type { LightState } from '@madoguchi/ui/pages';
import { fill, type Register, type Words, words } from '@madoguchi/ui/words';
import { evidenceSection } from './evidence-view.js';
import { reportWords as w } from './report-words.js';
import { moment, whatSection, whenSection, whoSection } from './signature-view.js';
import { stampSection } from './stamp-view.js';

/** One fact: a label and its value. `code`: the value is for copying (a digest), and may be broken anywhere. */
export interface Row {
  readonly label: string;
  readonly value: string;
  readonly code?: boolean;
}

export interface Section {
  readonly id: 'who' | 'when' | 'what' | 'stamps' | 'evidence';
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly Row[];
}

export interface CheckView {
  readonly id: string;
  readonly state: LightState;
  readonly title: string;
  readonly found: string;
  readonly means: string;
  readonly source: string;
  readonly detail: string;
}

/** The answer: in one sentence, and in the terms of ETSI EN 319 102-1. */
export interface AnswerView {
  readonly state: LightState;
  /** One or two words. */
  readonly word: string;
  readonly sentence: string;
  /** Why, where it is not good. */
  readonly why?: string;
  /** For the engineer: `INDETERMINATE / TRY_LATER`. */
  readonly indication: string;
}

export interface SignatureView {
  readonly title: string;
  readonly answer: AnswerView;
  readonly sections: readonly Section[];
  readonly checks: readonly CheckView[];
  readonly next: readonly string[];
}

/** A report ready to be shown, in one language; text, HTML and PDF are drawn from it alone. */
export interface ReportView {
  readonly lang: Register;
  readonly title: string;
  readonly answer: AnswerView;
  readonly document: readonly Row[];
  readonly signatures: readonly SignatureView[];
  readonly about: readonly Row[];
  readonly note: string;
  /** For a short report: the checks that found nothing wrong are counted in it, in place of `{count}`; all of them, or all but those shown. */
  readonly allGood: string;
  readonly othersGood: string;
  readonly labels: Readonly<
    Record<'document' | 'checks' | 'means' | 'source' | 'detail' | 'next' | 'about', string>
  >;
}

export interface ViewOptions {
  readonly lang: Register;
  /** Whether the reader may see who signed: whoever holds the file may, since the certificate is in it. */
  readonly identity: boolean;
}

/**
 * Turns a report and its evidence into what is shown. Pure: the same two give the same view. Names of files and people come from the file:
 * characters in them that could not be seen, or would move what is seen, are shown as marks.
 */
export function reportView(
  report: DocumentReport,
  evidence: DocumentEvidence,
  options: ViewOptions,
): ReportView {
  return visible(buildView(report, evidence, options));
}

/** Every text of a view with what is invisible in it marked. */
function visible<T>(value: T): T {
  if (typeof value === 'string') return markText(value).replaceAll('\n', '〔U+000A〕') as T;
  if (Array.isArray(value)) return value.map(visible) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visible(inner)])) as T;
}

function buildView(report: DocumentReport, evidence: DocumentEvidence, options: ViewOptions): ReportView {
  const { lang } = options;
  const say = (text: Words) => words(text, lang);
  const several = report.signatures.length > 1;
  const { name, size, sha256, form } = report.document;
  return {
    lang,
    title: say(w.title),
    answer: documentAnswer(report, lang),
    document: [
      { label: say(w.name), value: name },
      { label: say(w.size), value: say(fill(w.bytes, { count: size.toLocaleString('en-US') })) },
      { label: say(w.form), value: form },
      { label: say(w.sha256), value: sha256, code: true },
    ],
    signatures: report.signatures.map(({ id, report: each }, index) => {
      const found = evidence.signatures[index];
      return signatureView(each, found, { ...options, id: several ? id : '' });
    }),
    about: [
      { label: say(w.policy), value: report.policy },
      { label: say(w.time), value: `${moment(report.time, lang)} (${report.time})` },
    ],
    note: say(w.note),
    allGood: say(w.allGood),
    othersGood: say(w.othersGood),
    labels: {
      document: say(w.document),
      checks: say(w.checks),
      means: say(w.means),
      source: say(w.source),
      detail: say(w.detail),
      next: say(w.next),
      about: say(w.about),
    },
  };
}

function documentAnswer(report: DocumentReport, lang: Register): AnswerView {
  const count = report.signatures.length;
  if (report.indication === 'NO_SIGNATURE_FOUND') {
    const sentence = words(w.answers.none, lang);
    return { state: 'bad', word: words(w.states.bad, lang), sentence, indication: report.indication };
  }
  const { indication, subIndication, finding } = report;
  const answer = answerOf({ indication, subIndication, finding }, lang);
  if (answer.state !== 'good' || count < 2) return answer;
  return { ...answer, sentence: words(fill(w.answers.allPassed, { count: String(count) }), lang) };
}

type Conclusion = Pick<Report, 'indication'> & {
  readonly subIndication: Report['subIndication'] | undefined;
  readonly finding: Report['finding'] | undefined;
};

function answerOf({ indication, subIndication, finding }: Conclusion, lang: Register): AnswerView {
  const isLater = subIndication === 'TRY_LATER';
  const state: LightState =
    indication === 'TOTAL_PASSED'
      ? 'good'
      : indication === 'TOTAL_FAILED'
        ? 'bad'
        : isLater
          ? 'pending'
          : 'check';
  const answers = {
    good: w.answers.passed,
    bad: w.answers.failed,
    check: w.answers.open,
    pending: w.answers.later,
  };
  const why = finding === undefined ? undefined : explainFinding(finding);
  return {
    state,
    word: words(w.states[state], lang),
    sentence: words(answers[state], lang),
    ...(why === undefined ? {} : { why: words(why, lang) }),
    indication: subIndication === undefined ? indication : `${indication} / ${subIndication}`,
  };
}

function signatureView(
  report: Report,
  found: FoundSignature | undefined,
  { lang, identity, id }: ViewOptions & { readonly id: string },
): SignatureView {
  const say = (text: Words) => words(text, lang);
  const { indication, subIndication, finding, nextAttempt } = report;
  const next = subIndication === undefined ? [] : [say(subIndications[subIndication].next)];
  if (nextAttempt !== undefined) next.push(`${say(w.nextAttempt)}: ${moment(nextAttempt, lang)}`);
  const sections =
    found === undefined
      ? []
      : [
          whoSection(found.evidence, { lang, identity }),
          whenSection(report, found.evidence, lang),
          whatSection(found, lang),
          ...stampSection(report, found.evidence, lang),
          evidenceSection(found.evidence, lang),
        ];
  return {
    title: say(fill(w.signature, { id })).trim(),
    answer: answerOf({ indication, subIndication, finding }, lang),
    sections,
    checks: report.checks.map((check) => checkView(check, lang)).sort((a, b) => rank(a) - rank(b)),
    next,
  };
}

/** What needs a look comes first; otherwise the order of the standard. */
const rank = ({ state }: CheckView) => ['bad', 'pending', 'check', 'good'].indexOf(state);

function checkView(check: CheckResult, lang: Register): CheckView {
  const about = explainCheck(check.id);
  const finding = check.finding === undefined ? undefined : explainFinding(check.finding);
  const found = finding ?? (check.result === 'pass' ? about?.passed : undefined);
  const states = {
    pass: 'good',
    warn: 'check',
    fail: check.subIndication === 'TRY_LATER' ? 'pending' : 'bad',
  } as const;
  return {
    id: check.id,
    state: states[check.result],
    title: about === undefined ? check.id : words(about.title, lang),
    found: found === undefined ? (check.finding ?? '') : words(found, lang),
    means: about === undefined ? '' : words(about.means, lang),
    source: about?.source ?? '',
    detail: check.detail,
  };
}
