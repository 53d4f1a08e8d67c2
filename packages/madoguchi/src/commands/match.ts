import {
  type FieldMatch,
  type MatchedField,
  type MatchInput,
  matchIdentity,
} from '@madoguchi/agency/matching';
import { readIdentity } from '@madoguchi/pki/certificates';
import { type Command, CommandError, required } from '../cli/command.js';
import { readInput } from '../cli/input.js';
import { variantTable } from '../cli/variants.js';
import { fromPemOrDer, parsed } from './certificate-text.js';

const fields = ['name', 'address', 'birthDate', 'sex'] as const satisfies readonly MatchedField[];
const sexes = ['male', 'female', 'other', 'unknown'] as const;
const labels: Record<MatchedField, string> = {
  name: '氏名',
  address: '住所',
  birthDate: '生年月日',
  sex: '性別',
};
const verdicts = { match: '一致', near: '要確認', mismatch: '不一致', absent: '記載なし' } as const;

/** `application.json` of a submission (its `applicant`), or plainly the four items. */
function applicationOf(bytes: Uint8Array, file: string): MatchInput['application'] {
  const wrong = (what: string) =>
    new CommandError(
      'usage',
      `${file}: ${what}. It is application.json, or an object with name, address, birthDate (YYYY-MM-DD), sex (${sexes.join(', ')}).`,
    );
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw wrong('not JSON');
  }
  if (typeof value === 'object' && value !== null && 'applicant' in value) value = value.applicant;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('not an object');
  const found: Record<string, string> = {};
  for (const field of fields) {
    const item: unknown = (value as Record<string, unknown>)[field];
    if (item === undefined) continue;
    if (typeof item !== 'string') throw wrong(`${field} is not text`);
    found[field] = item;
  }
  if (Object.keys(found).length === 0) throw wrong('none of the four items is in it');
  const { sex, ...rest } = found;
  if (sex === undefined) return rest;
  const known = sexes.find((each) => each === sex);
  if (known === undefined) throw wrong(`sex is “${sex}”`);
  return { ...rest, sex: known };
}

/** The last line: what the exit code says, and what to look at. */
function summaryOf(found: Record<MatchedField, FieldMatch>): string {
  const having = (verdict: FieldMatch['verdict']) =>
    fields.filter((field) => found[field].verdict === verdict).map((field) => labels[field]);
  const [wrong, near, absent] = [having('mismatch'), having('near'), having('absent')];
  const notes = [
    ...(wrong.length > 0 ? [`${wrong.join('・')}が一致しません`] : []),
    ...(near.length > 0 ? [`${near.join('・')}は人が見て確かめます`] : []),
    ...(absent.length > 0 ? [`${absent.join('・')}は申請に書かれていません`] : []),
  ];
  return notes.length === 0 ? '結果: 4項目とも一致します。' : `結果: ${notes.join('。')}。`;
}

export const match: Command = {
  options: {
    certificate: { type: 'string' },
    application: { type: 'string' },
    variants: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  run: async ({ values, print, printJson }) => {
    const identity = readIdentity(parsed(fromPemOrDer(readInput(required(values, 'certificate')))));
    if (identity === undefined) {
      throw new CommandError(
        'no',
        'This certificate holds no 基本4情報: only the signature certificate (署名用) does.',
      );
    }
    if (!identity.ok) {
      throw new CommandError('no', `The 基本4情報 of this certificate cannot be read: ${identity.rule}.`);
    }
    const file = required(values, 'application');
    const own = Array.isArray(values.variants) ? values.variants.map(String) : [];
    const application = applicationOf(readInput(file), file);
    const found = matchIdentity({ certificate: identity.value, application }, variantTable(own));
    if (values.json === true) printJson(found);
    else {
      for (const field of fields) {
        const { verdict, reason } = found[field];
        print(`${labels[field]}: ${verdicts[verdict]}（${verdict}） ${reason}`);
      }
      print(summaryOf(found));
    }
    const all = fields.map((field) => found[field].verdict);
    if (all.includes('mismatch')) return 'no';
    return all.every((verdict) => verdict === 'match') ? 'good' : 'undecided';
  },
};
