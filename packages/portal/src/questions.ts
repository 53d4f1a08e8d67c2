import { z } from 'zod';
import type { CsvFault } from './csv-read.js';
import { type Indexed, indexed, ranked } from './ranking.js';
import { sourcesSchema } from './sources.js';
import { spoken } from './spoken.js';

const wordsSchema = z.strictObject({
  ja: z.string().min(1),
  jaEasy: z.string().min(1),
  en: z.string().min(1),
});

/** Where an answer may lead; the page knows the label of each. */
const linkSchema = z.enum(['/start', '/readers', '/client', '/procedures']);
export type HelpLink = z.infer<typeof linkSchema>;

const questionSchema = z.strictObject({
  /** Stays the same for good: other pages and other rooms link to `/help/<id>` and `/help#<id>`. */
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  question: wordsSchema,
  /** What people say when they have this question. */
  keywords: z.array(z.string().min(1).max(60)),
  /** True: stands at the top of the help, as something that cannot wait. */
  now: z.literal(true).optional(),
  /** What to do, in this order. */
  steps: z.array(wordsSchema).optional(),
  /** One paragraph each. */
  answer: z.array(wordsSchema).min(1),
  links: z.array(linkSchema).optional(),
  /** Of what the law or an authority says; what this software does is told by itself. */
  sources: sourcesSchema.optional(),
});
export type Question = z.infer<typeof questionSchema>;

const topicSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+$/),
  title: wordsSchema,
  questions: z.array(questionSchema).min(1),
});
export type Topic = z.infer<typeof topicSchema>;

const fileSchema = z.strictObject({ topics: z.array(topicSchema) }).superRefine(({ topics }, context) => {
  const ids = topics.flatMap((topic) => [topic.id, ...topic.questions.map(({ id }) => id)]);
  const double = ids.find((id, place) => ids.indexOf(id) !== place);
  if (double !== undefined)
    context.addIssue({ code: 'custom', path: ['topics'], message: `the id ${double} stands here twice` });
});

/** What people really ask, as data (`content/questions.json`): pages, search and the links of other rooms use the same list. */
export interface Questions {
  topics: readonly Topic[];
  all: readonly Question[];
  /** What cannot wait. */
  urgent: readonly Question[];
  find(id: string): { topic: Topic; question: Question } | undefined;
  /** The best ten, the best first; undefined for an empty query. */
  search(query: string): Question[] | undefined;
  /** To be searched beside other things. */
  indexed(): readonly { item: Question; index: Indexed }[];
}

function questionsOf(topics: readonly Topic[]): Questions {
  const all = topics.flatMap(({ questions }) => questions);
  let index: readonly { item: Question; index: Indexed }[] | undefined;
  const made = () =>
    all.map((item) => ({
      item,
      index: indexed({
        titles: spoken(item.question),
        keywords: item.keywords,
        text: [...item.answer, ...(item.steps ?? [])].flatMap(spoken),
      }),
    }));
  const indexOf = () => {
    index ??= made();
    return index;
  };
  return {
    topics,
    all,
    urgent: all.filter(({ now }) => now),
    find: (id) => {
      for (const topic of topics) {
        const question = topic.questions.find((one) => one.id === id);
        if (question !== undefined) return { topic, question };
      }
      return undefined;
    },
    search: (query) => ranked(indexOf(), query)?.slice(0, 10),
    indexed: indexOf,
  };
}

/** Reads `questions.json`. A faulty file gives no questions at all; each fault names its place in it. */
export function readQuestions(text: string): { questions: Questions; faults: CsvFault[] } {
  const none = (faults: CsvFault[]) => ({ questions: questionsOf([]), faults });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const place = /position ([0-9]+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const line = place === undefined ? 1 : text.slice(0, Number(place)).split('\n').length;
    return none([{ line, message: 'is not JSON' }]);
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success)
    return none(
      parsed.error.issues.slice(0, 20).map(({ path, message }) => ({
        line: 1,
        message: `${path.join('.')}: ${message}`.slice(0, 300),
      })),
    );
  return { questions: questionsOf(parsed.data.topics), faults: [] };
}
