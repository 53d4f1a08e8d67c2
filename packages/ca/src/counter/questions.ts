import type { Words } from '@madoguchi/ui';
import type { CaContext } from '../context.js';
import { type CounterResident, residentById } from '../register/find.js';
import { foldAddress, foldName } from '../register/fold.js';

/** What a caller answers; the operator types it and is told only whether all of it fits one person. */
export interface Answers {
  readonly name: string;
  readonly kana: string;
  readonly birth: string;
  readonly address: string;
}

interface Question {
  readonly id: keyof Answers;
  readonly label: Words;
  readonly hint?: Words;
}

/** Identification by telephone (本人確認の質問): what the register can check. All are asked, all must fit. */
export const questions: readonly Question[] = [
  { id: 'name', label: { ja: '氏名', jaEasy: '{名前|なまえ}', en: 'Name' } },
  {
    id: 'kana',
    label: { ja: '氏名の読み（かな）', jaEasy: '{名前|なまえ}の かな', en: 'Reading of the name (kana)' },
    hint: {
      ja: '読みの登録がない方（外国人住民など）は、空のままにします。',
      jaEasy: 'かなが ない {人|ひと}は {書|か}きません。',
      en: 'Leave it empty for people without a registered reading.',
    },
  },
  {
    id: 'birth',
    label: { ja: '生年月日', jaEasy: '{生|う}まれた {日|ひ}', en: 'Birth date' },
    hint: {
      ja: '8けたの数字。例: 19750401',
      jaEasy: '{数字|すうじ}8けた: 19750401',
      en: '8 digits, such as 19750401',
    },
  },
  {
    id: 'address',
    label: {
      ja: '住所（番地まで）',
      jaEasy: '{住所|じゅうしょ}（{番地|ばんち}まで）',
      en: 'Address, down to the number',
    },
  },
];

/** The one person whom all answers fit, of this municipality where one is given; undefined for none or several. */
export async function personOf(
  ctx: CaContext,
  answers: Answers,
  municipality: string | undefined,
): Promise<CounterResident | undefined> {
  const birth = dayOf(answers.birth);
  const name = foldName(answers.name);
  if (birth === undefined || name === '' || foldAddress(answers.address) === '') return undefined;
  // Unknown parts of a birth date stand as 00 in the register, whatever the caller says.
  const possible = [birth, `${birth.slice(0, 8)}00`, `${birth.slice(0, 5)}00-00`, '0000-00-00'];
  const rows = await ctx.sql<{ id: string; municipality: string }[]>`
    select id, municipality from ca.resident
    where birth_date in ${ctx.sql(possible)} and state <> 'dead' and strpos(search_name, ${name}) > 0
      and (${municipality ?? null}::text is null or municipality = ${municipality ?? null}) limit 50`;
  const found: CounterResident[] = [];
  for (const row of rows) {
    const resident = await residentById(ctx, row.id, row.municipality);
    if (resident !== undefined && fits(resident, answers)) found.push(resident);
  }
  return found.length === 1 ? found[0] : undefined;
}

/** Every answer against the register, in any form of its characters. */
function fits(resident: CounterResident, answers: Answers): boolean {
  return (
    foldName(answers.name) === foldName(resident.name) &&
    foldName(answers.kana) === foldName(resident.kana) &&
    addressFits(resident.address, answers.address)
  );
}

/** With or without prefecture and city in front, and without the building behind; the number itself must be there. */
function addressFits(registered: string, answer: string): boolean {
  const [whole, given] = [foldAddress(registered), foldAddress(answer)];
  const withoutBuilding = foldAddress(registered.split(/[\s\u3000]/)[0] ?? '');
  if (!/\d/.test(given)) return false;
  return [whole, withoutBuilding].some((one) => {
    const local = one.replace(/^.{1,4}?[都道府県]/, '');
    const town = local.replace(/^.{1,8}?[市区町村]/, '');
    return given === one || given === local || given === town;
  });
}

function dayOf(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[^\d]/g, '');
  if (!/^\d{8}$/.test(digits)) return undefined;
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
