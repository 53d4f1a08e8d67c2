import { H2, P, T, type Words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import { type Question, topics } from '../questions.js';

const title: Words = { ja: 'こまったとき', jaEasy: 'こまったとき', en: 'Help' };
const lead: Words = {
  ja: 'よくある質問と答えです。',
  jaEasy: 'よく ある {質問|しつもん}です。',
  en: 'What people often ask.',
};
const contents: Words = { ja: '質問の一覧', jaEasy: '{質問|しつもん}', en: 'All questions' };

/** Open text, not folded: it can be searched with the browser, printed, and linked to. */
export function Help({ view }: { view: View }) {
  return (
    <Frame view={view} title={title} lead={lead}>
      <nav class="contents" aria-labelledby="contents">
        <p id="contents" class="contents-title">
          <T w={contents} />
        </p>
        {topics.map((topic) => (
          <>
            <p>
              <T w={topic.title} />
            </p>
            <ul>
              {topic.questions.map(({ id, question }) => (
                <li>
                  <a href={`#${id}`}>
                    <T w={question} />
                  </a>
                </li>
              ))}
            </ul>
          </>
        ))}
      </nav>
      {topics.map((topic) => (
        <section aria-labelledby={topic.id}>
          <H2 w={topic.title} id={topic.id} />
          {topic.questions.map((entry) => (
            <Answer entry={entry} />
          ))}
        </section>
      ))}
    </Frame>
  );
}

function Answer({ entry }: { entry: Question }) {
  return (
    <>
      <h3 id={entry.id}>
        <T w={entry.question} />
      </h3>
      {entry.answer.map((paragraph) => (
        <P w={paragraph} />
      ))}
      {entry.links?.map(({ href, label }) => (
        <p>
          <a href={href}>
            <T w={label} />
          </a>
        </p>
      ))}
    </>
  );
}
