import { z } from 'zod';
import { contentFile } from './content-files.js';
import { type Indexed, indexed, ranked } from './ranking.js';
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
});
export type Question = z.infer<typeof questionSchema>;

const topicSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+$/),
  title: wordsSchema,
  questions: z.array(questionSchema).min(1),
});
export type Topic = z.infer<typeof topicSchema>;

/** What people really ask, as data (`content/questions.json`): pages, search and the links of other rooms use the same list. */
export const topics: readonly Topic[] = z
  .strictObject({ topics: z.array(topicSchema) })
  .parse(JSON.parse(contentFile('questions.json'))).topics;

const all: readonly Question[] = topics.flatMap(({ questions }) => questions);

export const urgent: readonly Question[] = all.filter(({ now }) => now);

export function findQuestion(id: string): { topic: Topic; question: Question } | undefined {
  for (const topic of topics) {
    const question = topic.questions.find((one) => one.id === id);
    if (question !== undefined) return { topic, question };
  }
  return undefined;
}

const index: readonly { item: Question; index: Indexed }[] = all.map((item) => ({
  item,
  index: indexed({
    titles: spoken(item.question),
    keywords: item.keywords,
    text: [...item.answer, ...(item.steps ?? [])].flatMap(spoken),
  }),
}));

/** The best ten, the best first; undefined for an empty query. */
export function searchQuestions(query: string): Question[] | undefined {
  return ranked(index, query)?.slice(0, 10);
}
