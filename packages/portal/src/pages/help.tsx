import { Button, Details, fill, H2, LinkList, P, Steps, T, TextInput, type Words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import { contactTexts } from '../helpdesk/words.js';
import type { HelpLink, Question, Questions, Topic } from '../questions.js';
import { SourceLinks } from './source-links.js';

const text = {
  title: { ja: 'こまったとき', jaEasy: 'こまったとき', en: 'Help' },
  lead: {
    ja: 'よくある質問と答えです。こまっていることを、ふだんのことばで書いてください。',
    jaEasy: 'こまって いる ことを {書|か}いてください。',
    en: 'What people often ask. Say in your own words what troubles you.',
  },
  search: { ja: 'こまっていること', jaEasy: 'こまって いる こと', en: 'What is the trouble?' },
  searchHint: {
    ja: '例: パスワードを忘れた、カードが読めない',
    jaEasy: '{例|れい}: パスワードを わすれた',
    en: 'For example: forgot password, moved, reader',
  },
  go: { ja: 'さがす', jaEasy: 'さがす', en: 'Search' },
  found: { ja: '{n}件の答え', jaEasy: '{n}こ ありました', en: 'Answers: {n}' },
  all: { ja: 'すべての質問を見る', jaEasy: 'ぜんぶ {見|み}る', en: 'All questions' },
  none: {
    ja: '見つかりませんでした。別のことばでさがすか、下の電話でおたずねください。',
    jaEasy: 'ありませんでした。{電話|でんわ}で きいて ください。',
    en: 'Nothing found. Try another word, or call the number below.',
  },
  now: { ja: 'すぐにすること', jaEasy: 'すぐ する こと', en: 'What to do now' },
  errors: {
    ja: '画面に出た番号や英字からさがす',
    jaEasy: '{画面|がめん}の {番号|ばんごう}',
    en: 'Codes of errors',
  },
  errorsNote: {
    ja: '「request.expired」のような英字が出たとき',
    jaEasy: '「request.expired」など',
    en: 'When letters such as “request.expired” appeared',
  },
  ask: { ja: '答えが見つからないとき', jaEasy: '{答|こた}えが ない とき', en: 'When you found no answer' },
  askNote: {
    ja: '書いて送ると、このサイトか電話で返事をします。',
    jaEasy: '{書|か}いて {送|おく}って ください。',
    en: 'Write to us; we answer here or by telephone.',
  },
  own: { ja: 'この答えのページ', jaEasy: 'この ページ', en: 'This answer on its own page' },
  more: { ja: 'ほかの質問: {topic}', jaEasy: 'ほかの {質問|しつもん}', en: 'More questions: {topic}' },
} satisfies Record<string, Words>;

const linkLabels: Record<HelpLink, Words> = {
  '/start': { ja: '準備のページへ', jaEasy: '{準備|じゅんび}の ページへ', en: 'Getting ready' },
  '/readers': { ja: 'カードリーダーのページへ', jaEasy: 'カードリーダーの ページへ', en: 'Card readers' },
  '/client': { ja: 'ダウンロードのページへ', jaEasy: 'ダウンロードの ページへ', en: 'Download' },
  '/procedures': { ja: '手続をさがす', jaEasy: '{手続|てつづき}を さがす', en: 'Find a procedure' },
};

/** All questions by topic; what was asked first. Each keeps its place here (`/help#lost`) and its own page. */
export function Help({ view, query }: { view: View; query: string }) {
  const asked = query.trim().slice(0, 100);
  const found = view.content.questions.search(asked);
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      <search>
        <form method="get" action="/help" class="search" data-live-search="found">
          <TextInput name="q" label={text.search} hint={text.searchHint} value={asked} type="search" plain />
          <Button label={text.go} kind="secondary" />
        </form>
      </search>
      <div id="found">
        {found === undefined ? (
          <Contents questions={view.content.questions} helpdesk={view.options.sql !== undefined} />
        ) : (
          <Found found={found} helpdesk={view.options.sql !== undefined} />
        )}
      </div>
    </Frame>
  );
}

function Found({ found, helpdesk }: { found: readonly Question[]; helpdesk: boolean }) {
  return (
    <>
      <p role="status">
        <T w={fill(text.found, { n: found.length })} />
        <br />
        <a href="/help">
          <T w={text.all} />
        </a>
      </p>
      {found.length === 0 ? <P w={text.none} /> : null}
      {found.map((entry, place) => (
        <Details summary={entry.question} open={place === 0}>
          <Answer entry={entry} />
          <p>
            <a href={`/help/${entry.id}`}>
              <T w={text.own} />
            </a>
          </p>
        </Details>
      ))}
      {helpdesk ? <AskUs /> : null}
    </>
  );
}

/** The way on for who found no answer. */
function AskUs() {
  return (
    <>
      <H2 w={text.ask} id="helpdesk" />
      <LinkList
        links={[
          { href: '/help/contact', label: contactTexts.title, note: text.askNote },
          { href: '/help/tickets', label: contactTexts.lookTitle },
        ]}
      />
    </>
  );
}

function Contents({ questions, helpdesk }: { questions: Questions; helpdesk: boolean }) {
  const { topics, urgent } = questions;
  return (
    <>
      <H2 w={text.now} id="now" />
      <LinkList links={urgent.map(({ id, question }) => ({ href: `/help/${id}`, label: question }))} />
      {topics.map((topic) => (
        <section aria-labelledby={topic.id}>
          <H2 w={topic.title} id={topic.id} />
          <ul>
            {topic.questions.map(({ id, question }) => (
              <li id={id}>
                <a href={`/help/${id}`}>
                  <T w={question} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {helpdesk ? <AskUs /> : null}
      <H2 w={text.errors} id="codes" />
      <LinkList links={[{ href: '/help/errors', label: text.errors, note: text.errorsNote }]} />
    </>
  );
}

function Answer({ entry }: { entry: Question }) {
  return (
    <>
      {entry.steps === undefined ? null : <Steps steps={entry.steps.map((title) => ({ title }))} />}
      {entry.answer.map((paragraph) => (
        <P w={paragraph} />
      ))}
      {entry.links?.map((href) => (
        <p>
          <a href={href}>
            <T w={linkLabels[href]} />
          </a>
        </p>
      ))}
      {entry.sources === undefined ? null : <SourceLinks sources={entry.sources} />}
    </>
  );
}

/** One question: what to do first, then why; the others of its topic below. */
export function HelpAnswer({ view, topic, question }: { view: View; topic: Topic; question: Question }) {
  return (
    <Frame view={view} title={question.question} back={{ href: '/help' }}>
      <Answer entry={question} />
      <H2 w={fill(text.more, { topic: topic.title })} />
      <ul>
        {topic.questions
          .filter(({ id }) => id !== question.id)
          .map(({ id, question: other }) => (
            <li>
              <a href={`/help/${id}`}>
                <T w={other} />
              </a>
            </li>
          ))}
      </ul>
    </Frame>
  );
}
