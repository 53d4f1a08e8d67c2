import type { Words } from '@madoguchi/ui';
import { type Question, readQuestions, type Topic } from '../questions.js';
import { keyOf } from './csv-listing.js';
import type { Column, Listing, Row, Values } from './listing.js';

const w = (ja: string, jaEasy: string, en: string): Words => ({ ja, jaEasy, en });

const registers = [
  ['ja', 'ja'],
  ['easy', 'jaEasy'],
  ['en', 'en'],
] as const;

const languages = {
  ja: w('', '', ''),
  easy: w('（やさしい日本語）', '（やさしい{日本語|にほんご}）', ', easy Japanese'),
  en: w('（英語）', '（{英語|えいご}）', ', English'),
};

/** A text in three registers as three fields, all of them needed. */
function threeFields(
  name: string,
  label: Words,
  more: Pick<Column, 'hint' | 'control' | 'required'>,
): Column[] {
  return registers.map(([register]) => {
    const language = languages[register];
    return {
      name: `${name}_${register}`,
      label: w(label.ja + language.ja, label.jaEasy + language.jaEasy, label.en + language.en),
      fault: w(
        '3つのことばを、同じ行数で書いてください。',
        '3つの ことばを {同|おな}じ {数|かず}だけ {書|か}いて ください。',
        'All three languages, with the same number of lines.',
      ),
      ...more,
      ...(register === 'easy' ? { easy: true } : {}),
    };
  });
}

const links = ['/start', '/readers', '/client', '/procedures'];

/** The topics are those of the file; a question is added to one of them. */
const columns: readonly Column[] = [
  {
    name: 'topic',
    label: w('分類の記号', '{種類|しゅるい}の {記号|きごう}', 'Topic'),
    hint: w(
      'いまある分類: 一覧の「分類」を見てください。',
      '{表|ひょう}に ある {記号|きごう}です。',
      'One that stands in the table.',
    ),
    required: true,
    fault: w('いまある分類を書いてください。', 'ある {記号|きごう}です。', 'A topic that exists.'),
    control: 'short',
  },
  {
    name: 'id',
    label: w('記号', '{記号|きごう}', 'Id'),
    hint: w(
      'アドレスに使います（/help/記号）。あとで変えないでください。',
      'あとで {変|か}えません。',
      'Part of its address for good: /help/id',
    ),
    required: true,
    fault: w(
      '小文字の英字・数字・ハイフンで、ほかと違うものを書いてください。',
      '{小文字|こもじ}の {英字|えいじ}です。',
      'Small letters, digits and hyphens, and not the same as another.',
    ),
    control: 'short',
  },
  ...threeFields('question', w('質問', '{質問|しつもん}', 'Question'), { required: true, control: 'line' }),
  ...threeFields('answer', w('答え', '{答|こた}え', 'Answer'), {
    required: true,
    control: 'lines',
    hint: w('1行が1つの段落です。', '1{行|ぎょう}が 1つの {文章|ぶんしょう}です。', 'One paragraph a line.'),
  }),
  ...threeFields('steps', w('すること', 'する こと', 'Steps'), {
    control: 'lines',
    hint: w(
      '1行が1つの手順です。なくてもかまいません。',
      '1{行|ぎょう}に 1つです。',
      'One step a line, or none.',
    ),
  }),
  {
    name: 'keywords',
    label: w('さがすことば', 'さがす ことば', 'Words people say'),
    hint: w('1行に1つ。', '1{行|ぎょう}に 1つ。', 'One a line.'),
    fault: w('1つ60字までで書いてください。', '60{字|じ}までです。', 'Up to 60 characters each.'),
    control: 'lines',
  },
  {
    name: 'links',
    label: w('案内するページ', 'ページ', 'Leads to'),
    hint: w(`1行に1つ: ${links.join(' ')}`, `${links.join(' ')}`, `One a line: ${links.join(' ')}`),
    fault: w('決まったページだけです。', 'きまった ページです。', 'Only these pages.'),
    control: 'lines',
  },
  {
    name: 'now',
    label: w('「すぐにすること」に出しますか', 'すぐ する ことですか', 'Cannot wait?'),
    fault: w('どちらかを選んでください。', 'えらんで ください。', 'Choose one.'),
    control: {
      options: [
        { value: '', label: w('いいえ', 'いいえ', 'no') },
        { value: 'yes', label: w('はい', 'はい', 'yes') },
      ],
    },
  },
];

const lines = (text = '') =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function valuesOf(topic: Topic, question: Question): Values {
  const list = (name: string, texts: readonly Words[]) =>
    Object.fromEntries(
      registers.map(([field, register]) => [
        `${name}_${field}`,
        texts.map((text) => text[register]).join('\n'),
      ]),
    );
  return {
    topic: topic.id,
    id: question.id,
    ...list('question', [question.question]),
    ...list('answer', question.answer),
    ...list('steps', question.steps ?? []),
    keywords: question.keywords.join('\n'),
    links: (question.links ?? []).join('\n'),
    now: question.now === true ? 'yes' : '',
  };
}

/** Undefined where the three registers have not the same number of lines. */
function wordsOf(values: Values, name: string): Words[] | undefined {
  const [ja = [], jaEasy = [], en = []] = registers.map(([field]) => lines(values[`${name}_${field}`]));
  if (ja.length !== jaEasy.length || ja.length !== en.length) return undefined;
  return ja.map((text, index) => ({ ja: text, jaEasy: jaEasy[index] ?? '', en: en[index] ?? '' }));
}

/** The question as it stands in the file; what is missing in it, its reader says. */
function questionOf(values: Values): object {
  const [question] = wordsOf(values, 'question') ?? [];
  const steps = wordsOf(values, 'steps') ?? [];
  const asked = lines(values.links);
  return {
    id: values.id ?? '',
    question: question ?? { ja: '', jaEasy: '', en: '' },
    keywords: lines(values.keywords),
    ...(values.now === 'yes' ? { now: true } : {}),
    ...(steps.length === 0 ? {} : { steps }),
    answer: wordsOf(values, 'answer') ?? [],
    ...(asked.length === 0 ? {} : { links: asked }),
  };
}

function topicsOf(text: string): readonly Topic[] | undefined {
  const { questions, faults } = readQuestions(text);
  return faults.length > 0 ? undefined : questions.topics;
}

const rowOf = (topic: Topic, question: Question): Row => ({
  key: keyOf([topic.id, JSON.stringify(question)]),
  values: valuesOf(topic, question),
});

/** `questions.json` as a list of questions. */
export const questionListing: Listing = {
  columns,
  shown: ['topic', 'id'],
  rows: (text) =>
    topicsOf(text)?.flatMap((topic) => topic.questions.map((question) => rowOf(topic, question))),
  nameOf: ({ question_ja = '' }) => question_ja,
  idOf: ({ id = '' }) => id,
  write: (text, { key, values }) => {
    const fresh = values === undefined ? undefined : questionOf(values);
    let placed = false;
    const topics = (topicsOf(text) ?? []).map((topic) => {
      const questions = topic.questions.flatMap((question): object[] => {
        if (key === undefined || rowOf(topic, question).key !== key) return [question];
        // One that goes to another topic is put at its end.
        if (fresh === undefined || values?.topic !== topic.id) return [];
        placed = true;
        return [fresh];
      });
      return { ...topic, questions };
    });
    const target = topics.find(({ id }) => id === values?.topic);
    if (fresh !== undefined && !placed) target?.questions.push(fresh);
    return `${JSON.stringify({ topics: topics.filter(({ questions }) => questions.length > 0) }, null, 2)}\n`;
  },
  faults: (values, all, key) => {
    const uneven = ['question', 'answer', 'steps'].filter((name) => wordsOf(values, name) === undefined);
    const topics = new Set(all.map((row) => row.values.topic));
    const alone = JSON.stringify({
      topics: [{ id: 'x', title: { ja: 'x', jaEasy: 'x', en: 'x' }, questions: [questionOf(values)] }],
    });
    const found = readQuestions(alone).faults.map(
      ({ message }) => /^topics\.0\.questions\.0\.([a-z]+)/i.exec(message)?.[1] ?? 'id',
    );
    const field = (name: string) => (['question', 'answer', 'steps'].includes(name) ? `${name}_ja` : name);
    return [
      ...new Set([
        ...(topics.has(values.topic ?? '') ? [] : ['topic']),
        ...(all.some(
          (row) => (row.key !== key && row.values.id === values.id) || row.values.topic === values.id,
        )
          ? ['id']
          : []),
        ...[...uneven, ...found].map(field),
      ]),
    ];
  },
};
