import { isSafeEntryName } from '@madoguchi/pki';
import { fill } from '@madoguchi/ui/words';
import { z } from 'zod';
import { type AnswerError, type Answers, scopeOf } from './answers.js';
import { holds } from './definition/conditions.js';
import type { ProcedureDefinition } from './definition/definition.js';
import type { AttachmentRule } from './definition/parts.js';
import { hasInvisible, markText } from './marks.js';
import { say } from './words.js';

/** A file as request and application name it: the bytes travel beside. */
export interface ClaimedAttachment {
  name: string;
  /** Octets. */
  size: number;
  /** Hexadecimal, small letters. */
  sha256: string;
  /** Id of the definition's attachment rule it answers. */
  rule?: string | undefined;
}

export const claimedAttachment = z.strictObject({
  name: z.string().min(1).max(200),
  size: z
    .int()
    .min(0)
    .max(1024 * 1024 * 1024),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  rule: z.string().max(64).optional(),
}) satisfies z.ZodType<ClaimedAttachment>;

// Names that Windows keeps for devices: a file of that name cannot be saved there.
const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

/** Why a text cannot be the name of an attachment (a plain file name, visible, at most 200 UTF-8 octets); undefined when it can. */
export function attachmentName(name: string): 'length' | 'character' | 'form' | undefined {
  const size = Buffer.byteLength(name);
  if (size === 0 || size > 200) return 'length';
  if (/^[. ]|[. ]$/.test(name) || deviceName.test(name)) return 'form';
  if (/[/\\:*?"<>|\n]/.test(name) || hasInvisible(name) || !isSafeEntryName(name)) return 'character';
  return undefined;
}

/** Two names of one key would be one file where letter case is folded or accents are composed: macOS sends が as two characters. */
export function attachmentKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/**
 * Checks the files of an application against the definition's rules: all required ones there, none that nobody asked for,
 * kind (by ending), size, number, and names. The errors name the rule's id as their field.
 */
export function checkAttachments(
  definition: ProcedureDefinition,
  answers: Answers,
  attachments: ClaimedAttachment[],
): AnswerError[] {
  const errors: AnswerError[] = [];
  const names = new Set<string>();
  const asked = new Map<string, AttachmentRule>();
  const scope = scopeOf(definition, answers);
  for (const rule of definition.attachments) if (holds(rule.when, scope)) asked.set(rule.id, rule);

  for (const file of attachments) {
    const rule = file.rule === undefined ? undefined : asked.get(file.rule);
    const field = file.rule ?? '';
    if (!rule) {
      errors.push({ field, message: notAsked(file.name) });
      continue;
    }
    const folded = attachmentKey(file.name);
    if (attachmentName(file.name) !== undefined) errors.push({ field, message: badName });
    else if (names.has(folded)) errors.push({ field, message: twice(file.name) });
    names.add(folded);
    const ending = /\.([a-z0-9]+)$/.exec(folded)?.[1] ?? '';
    if (!rule.types.includes(ending)) errors.push({ field, message: badKind(file.name, rule.types) });
    if (file.size > rule.maxBytes) errors.push({ field, message: tooLarge(file.name, rule.maxBytes) });
    if (file.size === 0) errors.push({ field, message: emptyFile(file.name) });
  }
  for (const rule of asked.values()) {
    const count = attachments.filter((file) => file.rule === rule.id).length;
    if (count === 0 && rule.required) errors.push({ field: rule.id, message: missing(rule) });
    if (count > rule.maxFiles) errors.push({ field: rule.id, message: tooMany(rule.maxFiles) });
  }
  return errors;
}

const badName = say(
  'ファイルの名前に使えない文字があるか、名前が長すぎます。名前を変えて、もう一度選んでください。',
  'ファイルの 名前を かえて、もういちど えらんで ください。',
  'The file name holds a character that cannot be used, or is too long. Rename the file and choose it again.',
);

function notAsked(name: string) {
  return fill(
    say(
      '「{name}」は、この手続では求めていません。はずしてください。',
      '「{name}」は いりません。はずして ください。',
      '"{name}" is not asked for here. Remove it.',
    ),
    { name: markText(name) },
  );
}

function twice(name: string) {
  return fill(
    say(
      '「{name}」という名前のファイルが2つあります。どちらかの名前を変えてください。',
      '「{name}」が ふたつ あります。ひとつの 名前を かえて ください。',
      'There are two files named "{name}". Rename one of them.',
    ),
    { name: markText(name) },
  );
}

function badKind(name: string, types: string[]) {
  const list = types.join('・');
  return fill(
    say(
      '「{name}」の種類は受け付けていません。{list} のファイルを選んでください。',
      '{list} の ファイルを えらんで ください。',
      '"{name}" is of a kind that is not accepted. Choose one of: {list}.',
    ),
    { name: markText(name), list },
  );
}

function tooLarge(name: string, bytes: number) {
  const most = bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)}MB` : `${Math.floor(bytes / 1000)}kB`;
  return fill(
    say(
      '「{name}」は大きすぎます。{most}までのファイルを選んでください。',
      'ファイルが 大きすぎます。{most}までの ファイルを えらんで ください。',
      '"{name}" is too large. Choose a file of at most {most}.',
    ),
    { name: markText(name), most },
  );
}

function emptyFile(name: string) {
  return fill(
    say(
      '「{name}」は中身が空です。別のファイルを選んでください。',
      '「{name}」は からっぽです。ちがう ファイルを えらんで ください。',
      '"{name}" is empty. Choose another file.',
    ),
    { name: markText(name) },
  );
}

function missing(rule: AttachmentRule) {
  return say(
    `「${rule.label.ja}」のファイルを選んでください。`,
    `「${rule.label.jaEasy}」の ファイルを えらんで ください。`,
    `Choose a file: ${rule.label.en}`,
  );
}

function tooMany(most: number) {
  return say(
    `ファイルは${most}個までです。減らしてください。`,
    `ファイルは ${most}個までです。`,
    `Choose at most ${most} files.`,
  );
}
