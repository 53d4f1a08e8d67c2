import {
  type Answers,
  type AttachmentRule,
  type ClaimedAttachment,
  checkAnswers,
  type Field,
  holds,
  isGroup,
  type ProcedureDefinition,
  scopeOf,
} from '@madoguchi/procedure';

/** Something that a person might type, by kind; the first option where there is a choice. */
function sampleOf(field: Field): string | undefined {
  const { kind, options = [], min = 1, max = 999_999_999, lengths } = field;
  if (field.default !== undefined) return field.default;
  switch (kind) {
    case 'choice':
    case 'choices':
      return options[0]?.value;
    case 'consent':
      return 'yes';
    case 'total':
      return undefined;
    case 'number':
    case 'decimal':
      return String(Math.min(Math.max(min, 1), max));
    case 'money':
      return String(Math.min(5_000_000, max));
    case 'date':
      return within(field, dayOf(field.id.toLowerCase()));
    case 'month':
      return '2026-11';
    case 'year':
      return '2025';
    case 'digits':
      // The Digital Agency's own corporate number, where one is asked for.
      return field.checkDigit === 'corporate' ? '8000012010038' : '1'.repeat(lengths?.[0] ?? 4);
    case 'kana':
      return 'ソウム　ハナコ';
    case 'name':
      return '総務　花子';
    case 'address':
      return '見本県見本市中央一丁目2番3号';
    case 'postcode':
      return '990-0001';
    case 'telephone':
      return '099-000-0000';
    case 'email':
      return 'taro@example.jp';
    case 'text':
    case 'longText':
      return '見本';
  }
}

/** From … until is a year: forms that ask for a business year want twelve months. */
function dayOf(id: string): string {
  if (id.includes('until')) return '2026-11-30';
  return id.includes('from') ? '2025-12-01' : '2026-11-20';
}

function within({ from, until }: Field, day: string): string {
  if (from !== undefined && day < from) return from;
  return until !== undefined && day > until ? until : day;
}

/** Answers that the definition takes: every question answered, one row in each group. Throws with the faults where it finds none. */
export function sampleAnswers(definition: ProcedureDefinition, change: Answers = {}): Answers {
  const typed: Answers = {};
  for (const entry of definition.fields) {
    const fields = isGroup(entry)
      ? entry.fields.map((field) => [`${entry.id}.0.${field.id}`, field] as const)
      : [[entry.id, entry] as const];
    for (const [name, field] of fields) {
      const value = change[name] ?? sampleOf(field);
      if (value !== undefined) typed[name] = value;
    }
  }
  const checked = checkAnswers(definition, typed);
  if (checked.ok) return checked.answers;
  const faults = checked.errors.map(({ field, message }) => `${field}: ${message.en}`);
  throw new Error(`${definition.id}: ${faults.join('; ')}`);
}

/** One file for each attachment that must be there. */
export function sampleFiles(
  definition: ProcedureDefinition,
  answers: Answers,
): { rule: AttachmentRule; claimed: Pick<ClaimedAttachment, 'name' | 'rule'> }[] {
  const scope = scopeOf(definition, answers);
  return definition.attachments
    .filter((rule) => rule.required && holds(rule.when, scope))
    .map((rule) => ({ rule, claimed: { name: `${rule.id}.${rule.types[0]}`, rule: rule.id } }));
}
