import { fill } from '@madoguchi/ui/words';
import { type Answers, rowNumbers, scopeOf, strangeAnswers } from './answers.js';
import type { ApplicantIdentity, Application, ApplicationAttachment, Relation } from './application.js';
import { checkAttachments } from './attachments.js';
import { drawDate } from './dates.js';
import { holds } from './definition/conditions.js';
import type { ProcedureDefinition } from './definition/definition.js';
import { type Field, isGroup } from './definition/fields.js';
import { fieldValues } from './field-values.js';
import { markText } from './marks.js';
import { say, type Words } from './words.js';

/** One line of the application as it is shown, signed and printed. */
export interface DrawnRow {
  /** Name of the answer, attachment rule id, `applicant.name` and such, or `relation`. */
  id: string;
  /** In a group: which row it stands in, said once before its answers. */
  row?: Words | undefined;
  label: Words;
  value: Words | string;
  source: 'card' | 'answer' | 'attachment' | 'relation' | 'cosigned';
  /** In a correction: this is what changed. */
  changed?: boolean | undefined;
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

/** The applicant is missing before the card is read. */
interface DrawnApplication {
  applicant?: ApplicantIdentity;
  answers: Answers;
  attachments: ApplicationAttachment[];
  relation?: Relation | undefined;
}

const sexWords: Record<ApplicantIdentity['sex'], Words> = {
  male: say('男', 'おとこ', 'male'),
  female: say('女', 'おんな', 'female'),
  other: say('その他', 'そのほか', 'other'),
  unknown: say('不明', 'わかりません', 'unknown'),
};

/**
 * Draws an application as rows of label and value, from the definition alone: agent and desk show the same rows. Text never comes out unmarked: see {@link markText}. An answer or attachment
 * that the definition does not show is a fault and no row.
 */
export function drawApplication(
  definition: ProcedureDefinition,
  application: DrawnApplication,
  /** Of a co-signature: what the first one signed. */
  cosigned?: Application,
): Drawn {
  const { answers, attachments } = application;
  const strange = strangeAnswers(definition, answers);
  const wrongFiles = checkAttachments(definition, answers, attachments);
  return {
    rows: [
      ...drawPeople(definition, application, cosigned),
      ...drawAnswers(definition, application, new Set(strange)),
      ...drawAttachments(definition, application),
    ],
    faults: [
      ...strange.map((id): DrawingFault => ({ rule: 'draw.answer', id })),
      ...wrongFiles.map(({ field: id }): DrawingFault => ({ rule: 'draw.attachment', id })),
    ],
  };
}

/** What the application is about, where it is about another one, and who sends it. */
function drawPeople(
  definition: ProcedureDefinition,
  { applicant, relation }: DrawnApplication,
  cosigned: Application | undefined,
): DrawnRow[] {
  const rows: DrawnRow[] = [];
  // A paper of its own about the application (委任状), or the application itself?
  const isPaper = cosigned !== undefined && cosigned.procedure.id !== definition.id;
  const people = isPaper ? paperWords : signerWords;
  if (relation) rows.push(drawRelation(relation, isPaper ? paperWords.about : relationWords[relation.kind]));
  if (cosigned)
    for (const row of drawApplicant(cosigned.applicant))
      rows.push({ ...row, id: `cosigned.${row.id}`, row: people.first, source: 'cosigned' });
  if (applicant)
    for (const row of drawApplicant(applicant))
      rows.push(relation?.kind === 'cosigns' ? { ...row, row: people.cosigner } : row);
  return rows;
}

function drawAnswers(
  definition: ProcedureDefinition,
  { answers, relation }: DrawnApplication,
  strange: ReadonlySet<string>,
): DrawnRow[] {
  const draw = (name: string, field: Field, row?: Words): DrawnRow[] => {
    const value = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (value === undefined || strange.has(name)) return [];
    return [
      {
        id: name,
        ...(row === undefined ? {} : { row }),
        label: field.term ?? field.label,
        value: showAnswer(field, value),
        source: 'answer',
        ...changedIn(relation, name),
      },
    ];
  };
  return definition.fields.flatMap((entry) =>
    isGroup(entry)
      ? rowNumbers(answers, entry).flatMap((number) =>
          entry.fields.flatMap((field) =>
            draw(`${entry.id}.${number}.${field.id}`, field, fill(entry.row, { number: number + 1 })),
          ),
        )
      : draw(entry.id, entry),
  );
}

function drawAttachments(
  definition: ProcedureDefinition,
  { answers, attachments, relation }: DrawnApplication,
): DrawnRow[] {
  const scope = scopeOf(definition, answers);
  return definition.attachments
    .filter(({ when }) => holds(when, scope))
    .flatMap(({ id, label }) =>
      attachments
        .filter(({ rule }) => rule === id)
        .map((file): DrawnRow => {
          const value = drawAttachment(file);
          return { id, label, value, source: 'attachment', ...changedIn(relation, id) };
        }),
    );
}

function changedIn(relation: Relation | undefined, id: string): { changed?: true } {
  return relation?.changed?.includes(id) ? { changed: true } : {};
}

/** One answer as it is shown everywhere; text from outside never unmarked. */
export function showAnswer(field: Field, value: string): Words | string {
  return fieldValues[field.kind].draw(value, field);
}

const relationWords: Record<Relation['kind'], Words> = {
  corrects: say('補正する申請', 'なおす {申請|しんせい}', 'Corrects'),
  cosigns: say(
    'いっしょに署名する申請',
    'いっしょに {署名|しょめい}する {申請|しんせい}',
    'Signs together with',
  ),
  withdraws: say('取り下げる申請', 'やめる {申請|しんせい}', 'Withdraws'),
};

const signerWords = {
  first: say('はじめに署名した人', 'はじめに {署名|しょめい}した {人|ひと}', 'Signed first by'),
  cosigner: say('いっしょに署名する人', 'いっしょに {署名|しょめい}する {人|ひと}', 'Signs together'),
} satisfies Record<string, Words>;

const paperWords = {
  about: say('対象の申請', 'どの {申請|しんせい}', 'About the application'),
  first: say('申請した人', '{申請|しんせい}した {人|ひと}', 'Applicant'),
  cosigner: say('署名する人', '{署名|しょめい}する {人|ひと}', 'Signs'),
} satisfies Record<string, Words>;

function drawRelation({ receipt }: Relation, label: Words): DrawnRow {
  const number = markText(receipt);
  return {
    id: 'relation',
    label,
    value: fill(say('到達番号 {number}', '{到達番号|とうたつばんごう} {number}', 'Receipt number {number}'), {
      number,
    }),
    source: 'relation',
  };
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
