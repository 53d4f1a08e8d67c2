import { type PostCodePlace, type PostCodes, placesOfPostCode } from '@madoguchi/procedure';
import type { Words } from '@madoguchi/ui';
import { cityOf } from './designated-cities.js';
import { type Elsewhere, elsewhere } from './elsewhere.js';
import { everydayWords } from './everyday.js';
import type { PortalAgency, PortalProcedure } from './options.js';
import type { Question, Questions } from './questions.js';
import { type Indexed, indexed, type Scored, scored } from './ranking.js';
import { spoken } from './spoken.js';

export const levels = ['municipal', 'prefectural', 'national'] as const;
export type Level = (typeof levels)[number];

/** One card of the catalogue. */
export interface Entry {
  agency: PortalAgency;
  procedure: PortalProcedure;
}

/** What the visitor chose; an unknown code or level counts as not chosen. */
export interface Wanted {
  query: string;
  level?: string | undefined;
  /** Code of an agency. */
  agency?: string | undefined;
  /** Code of a municipality: its own procedures, its prefecture's and the nation's. */
  place?: string | undefined;
  /** A post code as it was typed; where it is one, it decides the place. */
  post?: string | undefined;
}

/** Where a post code lies; `served`: one of its municipalities has procedures in the catalogue. */
export type PostAnswer =
  | { kind: 'none' }
  | { kind: 'unknown' }
  | { kind: 'found'; places: readonly PostCodePlace[]; served: boolean };

/** A municipality, or a ward and its city. */
function within(agency: string, municipality: string): boolean {
  return agency === municipality || agency === cityOf(municipality);
}

export function readPost(agencies: readonly PortalAgency[], post = '', own?: PostCodes): PostAnswer {
  if (post.trim() === '') return { kind: 'none' };
  const all = placesOfPostCode(post, own);
  const places = all.filter(
    ({ municipalityCode }, index) =>
      all.findIndex((other) => other.municipalityCode === municipalityCode) === index,
  );
  if (places.length === 0) return { kind: 'unknown' };
  const served = places.some(({ municipalityCode }) =>
    placesOf(agencies).some(({ code }) => within(code, municipalityCode)),
  );
  return { kind: 'found', places, served };
}

export function levelOf({ agency, procedure }: Entry): Level {
  if (procedure.catalogue !== undefined) return procedure.catalogue.level;
  return agency.code.length === 2 ? 'prefectural' : 'municipal';
}

/** The municipalities of the catalogue. */
export function placesOf(agencies: readonly PortalAgency[]): PortalAgency[] {
  return agencies.filter((agency) =>
    agency.procedures.some((procedure) => levelOf({ agency, procedure }) === 'municipal'),
  );
}

const indexes = new WeakMap<PortalProcedure, Indexed>();

function indexOf({ agency, procedure }: Entry): Indexed {
  const known = indexes.get(procedure);
  if (known !== undefined) return known;
  const made = indexed({
    titles: spoken(procedure.title),
    keywords: [...(procedure.catalogue?.keywords ?? []), ...everydayWords(procedure.id)],
    text: [procedure.summary, agency.name, ...(procedure.requirements ?? [])].flatMap(spoken),
  });
  indexes.set(procedure, made);
  return made;
}

function concerns(place: string, entry: Entry): boolean {
  const level = levelOf(entry);
  if (level === 'national') return true;
  return level === 'municipal' ? within(entry.agency.code, place) : entry.agency.code === place.slice(0, 2);
}

/** What a search finds: cards, what is done elsewhere, and questions that are answered in the help. */
export interface Found {
  entries: Entry[];
  elsewhere: Elsewhere[];
  questions: Question[];
  /** What is asked is rather done elsewhere than here. */
  elsewhereFirst: boolean;
}

/** A question of the help, or something done elsewhere, is shown only where its name or a keyword is said; a question also where its keywords stand in a sentence. */
const sure = { elsewhere: 8, question: 6 };
const most = 3;

/** The cards that fit: the best first when something is asked, else in the order of the agencies; then also what is not here. */
export function searchCatalogue(
  agencies: readonly PortalAgency[],
  wanted: Wanted,
  post: PostAnswer = { kind: 'none' },
  questions?: Questions,
): Found {
  const entries = cardsOf(agencies, wanted, post);
  // Each kind by itself: an answer that has every word takes no card away.
  const cards = scored(
    entries.map((item) => ({ item, index: indexOf(item) })),
    wanted.query,
  );
  if (cards === undefined) return { entries, elsewhere: [], questions: [], elsewhereFirst: false };
  const others = surelyMeant(elsewhere, wanted.query, sure.elsewhere);
  return {
    entries: cards.map(({ item }) => item),
    elsewhere: others.map(({ item }) => item),
    questions: surelyMeant(questions?.indexed() ?? [], wanted.query, sure.question).map(({ item }) => item),
    elsewhereFirst: (others[0]?.score ?? 0) > (cards[0]?.score ?? 0),
  };
}

function surelyMeant<Item>(
  items: readonly { item: Item; index: Indexed }[],
  query: string,
  atLeast: number,
): Scored<Item>[] {
  return (scored(items, query) ?? []).filter(({ score }) => score >= atLeast).slice(0, most);
}

/** The cards of what the visitor chose, whatever is asked. */
function cardsOf(agencies: readonly PortalAgency[], wanted: Wanted, post: PostAnswer): Entry[] {
  const chosen = placesOf(agencies).find(({ code }) => code === wanted.place)?.code;
  const places =
    post.kind === 'found'
      ? post.places.map(({ municipalityCode }) => municipalityCode)
      : chosen === undefined
        ? undefined
        : [chosen];
  const agency = agencies.find(({ code }) => code === wanted.agency)?.code;
  const level = levels.find((one) => one === wanted.level);
  return agencies
    .flatMap((one) => one.procedures.map((procedure) => ({ agency: one, procedure })))
    .filter((entry) => level === undefined || levelOf(entry) === level)
    .filter((entry) => agency === undefined || entry.agency.code === agency)
    .filter((entry) => places?.some((place) => concerns(place, entry)) ?? true);
}

/** What every procedure of the catalogue asks for: said once, above the cards. */
export function commonRequirements(agencies: readonly PortalAgency[]): Words[] {
  const lists = agencies.flatMap(({ procedures }) => procedures.map(({ requirements = [] }) => requirements));
  const [first = [], ...others] = lists;
  return first.filter(({ ja }) => others.every((list) => list.some((item) => item.ja === ja)));
}
