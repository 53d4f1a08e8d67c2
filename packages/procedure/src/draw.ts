import { type Answers, isAsked, strangeAnswers } from './answers.js';
import type { ApplicantIdentity, ApplicationAttachment } from './application.js';
import { checkAttachments } from './attachments.js';
import { drawDate } from './dates.js';
import type { ProcedureDefinition } from './definition.js';
import { fieldValues } from './field-values.js';
import { markText } from './marks.js';
import { say, type Words } from './words.js';

export interface DrawnRow {
  /** Field id, attachment rule id, or `applicant.name` and such. */
  id: string;
  label: Words;
  value: Words | string;
  source: 'card' | 'answer' | 'attachment';
}

/** Something that a faithful drawing could not show: the application must not be signed, or not be accepted. */
interface DrawingFault {
  rule: 'draw.answer' | 'draw.attachment';
  /** The answer's or attachment's id as given. */
  id: string;
}

export interface Drawn {
  rows: DrawnRow[];
  faults: DrawingFault[];
}

const sexWords: Record<ApplicantIdentity['sex'], Words> = {
  male: say('男', 'おとこ', 'male'),
  female: say('女', 'おんな', 'female'),
  other: say('その他', 'そのほか', 'other'),
  unknown: say('不明', 'わかりません', 'unknown'),
};

/**
 * Draws an application as rows of label and value, from the definition alone: agent and desk show the same rows. The applicant
 * may be missing (before the card is read). Text never comes out unmarked: see {@link markText}. An answer or attachment
 * that the definition does not show is a fault and no row.
 */
export function drawApplication(
  definition: ProcedureDefinition,
  application: { applicant?: ApplicantIdentity; answers: Answers; attachments: ApplicationAttachment[] },
): Drawn {
  const { applicant, answers, attachments } = application;
  const rows: DrawnRow[] = [];
  const faults: DrawingFault[] = strangeAnswers(definition, answers).map((id) => ({
    rule: 'draw.answer',
    id,
  }));
  if (applicant) rows.push(...drawApplicant(applicant));

  const strange = new Set(faults.map((fault) => fault.id));
  for (const field of definition.fields) {
    const value = Object.hasOwn(answers, field.id) ? answers[field.id] : undefined;
    if (value === undefined || strange.has(field.id)) continue;
    const drawn = fieldValues[field.kind].draw(value, field);
    rows.push({ id: field.id, label: field.term ?? field.label, value: drawn, source: 'answer' });
  }

  for (const error of checkAttachments(definition, answers, attachments))
    faults.push({ rule: 'draw.attachment', id: error.field });
  for (const rule of definition.attachments) {
    if (!isAsked(rule.when, answers)) continue;
    for (const file of attachments.filter((candidate) => candidate.rule === rule.id))
      rows.push({ id: rule.id, label: rule.label, value: drawAttachment(file), source: 'attachment' });
  }
  return { rows, faults };
}

function drawApplicant(applicant: ApplicantIdentity): DrawnRow[] {
  const row = (id: string, label: Words, value: Words | string): DrawnRow => ({
    id: `applicant.${id}`,
    label,
    value,
    source: 'card',
  });
  return [
    row('name', say('氏名', '{名前|なまえ}', 'Name'), markText(applicant.name)),
    row('address', say('住所', '住所（すんでいる ところ）', 'Address'), markText(applicant.address)),
    row(
      'birthDate',
      say('生年月日', '生まれた {日|ひ}', 'Date of birth'),
      /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(applicant.birthDate)
        ? drawDate(applicant.birthDate)
        : markText(applicant.birthDate),
    ),
    row('sex', say('性別', '性別（おとこ・おんな）', 'Sex'), sexWords[applicant.sex]),
  ];
}

function drawAttachment(file: ApplicationAttachment): string {
  const size = file.size.toString().replace(/\B(?=([0-9]{3})+(?![0-9]))/g, ',');
  return `${markText(file.name)} （${size} bytes, SHA-256 ${file.sha256.slice(0, 16)}…）`;
}
