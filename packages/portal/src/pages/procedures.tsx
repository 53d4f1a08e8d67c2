import { Button, fill, H2, LinkList, Notice, P, Select, T, TextInput, type Words } from '@madoguchi/ui';
import {
  commonRequirements,
  type Entry,
  levelOf,
  levels,
  type PostAnswer,
  placesOf,
  readPost,
  searchCatalogue,
  type Wanted,
} from '../catalogue.js';
import type { Elsewhere } from '../elsewhere.js';
import { Frame, type View } from '../frame.js';
import { procedureUrl } from '../options.js';
import type { Question } from '../questions.js';
import { Fact } from './fact.js';
import { SourceLinks } from './source-links.js';

const text = {
  title: { ja: '手続をさがす', jaEasy: '{手続|てつづき}を さがす', en: 'Find a procedure' },
  lead: {
    ja: 'オンラインで申請できる手続の一覧です。したいことを、ふだんのことばで書いてください。',
    jaEasy: 'パソコンで できる {手続|てつづき}です。したい ことを {書|か}いてください。',
    en: 'Everything you can apply for online. Say what you want in your own words.',
  },
  search: { ja: 'したいこと', jaEasy: 'したい こと', en: 'What do you want to do?' },
  searchHint: {
    ja: '例: 住民票、子どもが生まれた、くるまを買った',
    jaEasy: '{例|れい}: じゅうみんひょう、こどもが うまれた',
    en: 'For example: resident record, baby, car',
  },
  post: { ja: '郵便番号', jaEasy: '{郵便番号|ゆうびんばんごう}', en: 'Post code' },
  postHint: {
    ja: '住んでいる所でえらびます。例: 100-0001',
    jaEasy: '{住|す}んでいる ところの {手続|てつづき}だけに します。{例|れい}: 100-0001',
    en: 'Shows what concerns the place where you live. For example: 100-0001',
  },
  postUnknown: {
    ja: 'この郵便番号の住所が見つかりません。すべての場所の手続を示します。',
    jaEasy: 'この {番号|ばんごう}の {住所|じゅうしょ}が ありません。ぜんぶ {見|み}せます。',
    en: 'No address has this post code. Procedures of every place are shown.',
  },
  postServed: {
    ja: '{place}に住む人の手続です。',
    jaEasy: '{place}に {住|す}む {人|ひと}の {手続|てつづき}です。',
    en: 'Procedures for people who live in {place}.',
  },
  postOther: {
    ja: '{place}の市区町村の手続は、まだここにありません。国と都道府県の手続を示します。',
    jaEasy: '{place}の {手続|てつづき}は まだ ありません。{国|くに}などの {手続|てつづき}を {見|み}せます。',
    en: '{place} has no procedures of its own here yet. Those of the nation and the prefecture are shown.',
  },
  place: { ja: '住んでいる所', jaEasy: '{住|す}んでいる ところ', en: 'Where you live' },
  level: { ja: '国・都道府県・市区町村', jaEasy: 'どこの {手続|てつづき}', en: 'Level' },
  agency: { ja: '受け付ける役所', jaEasy: '{役所|やくしょ}', en: 'Agency' },
  any: { ja: 'すべて', jaEasy: 'ぜんぶ', en: 'All' },
  go: { ja: 'さがす', jaEasy: 'さがす', en: 'Search' },
  all: { ja: 'すべての手続を見る', jaEasy: 'ぜんぶ {見|み}る', en: 'Show all' },
  found: { ja: '{n}件の手続', jaEasy: '{n}こ ありました', en: 'Found: {n}' },
  onlyElsewhere: {
    ja: 'ここでする手続ではありません。ほかの所の案内が {n}件あります。',
    jaEasy: 'ここでは できません。ほかの {場所|ばしょ}: {n}こ',
    en: 'Not done here. Places that do it: {n}',
  },
  none: {
    ja: '見つかりませんでした。別のことばでさがすか、すべての手続をごらんください。',
    jaEasy: 'ありませんでした。ほかの ことばで さがしてください。',
    en: 'Nothing found. Try another word, or look at all of them.',
  },
  empty: {
    ja: 'いま、受け付けている手続はありません。',
    jaEasy: 'いま できる {手続|てつづき}は ありません。',
    en: 'No procedure is open at the moment.',
  },
  always: { ja: 'どの手続にも必要なもの', jaEasy: 'いつも いるもの', en: 'Needed for all of them' },
  needed: { ja: 'ほかに必要なもの', jaEasy: 'ほかに いるもの', en: 'You also need' },
  minutes: { ja: '書く時間のめやす', jaEasy: '{書|か}く {時間|じかん}', en: 'Time to fill in' },
  minutesValue: { ja: '{n}分', jaEasy: '{n}{分|ふん}', en: '{n} min' },
  days: { ja: '結果まで', jaEasy: '{結果|けっか}が わかる まで', en: 'Until the result' },
  daysValue: { ja: '{n}日くらい', jaEasy: '{n}{日|にち}くらい', en: 'about {n} days' },
  fee: { ja: '手数料', jaEasy: 'お{金|かね}', en: 'Fee' },
  receiver: { ja: '受け付ける所', jaEasy: '{出|だ}す ところ', en: 'Received by' },
  here: {
    ja: '{agency}（このサイトで申請できます）',
    jaEasy: '{agency}（ここで できます）',
    en: '{agency}, on this site',
  },
  shared: { ja: '共同受付システム', jaEasy: '{共同|きょうどう}の システム', en: 'a shared system' },
  outside: {
    ja: '{name}（外のサイト {host} で申請します）',
    jaEasy: '{name}（ほかの サイト {host}）',
    en: '{name}, on another site: {host}',
  },
  elsewhere: {
    ja: 'ここではなく、ほかの所でする手続',
    jaEasy: 'ほかの {場所|ばしょ}で する {手続|てつづき}',
    en: 'Not here, but elsewhere',
  },
  elsewhereNote: {
    ja: '日数と金額はめやすです。くわしくは、その窓口で確かめてください。',
    jaEasy: 'くわしい ことは その {窓口|まどぐち}で {聞|き}いて ください。',
    en: 'Days and fees are a guide: ask there for what holds for you.',
  },
  neededThere: { ja: '必要なもの', jaEasy: 'いる もの', en: 'You need' },
  timeThere: { ja: 'かかる時間・期限', jaEasy: 'いつまで', en: 'How long, until when' },
  basis: { ja: '決まり', jaEasy: '{決|き}まり', en: 'By law' },
  unsourced: {
    ja: '出典を確かめていない、一般的なめやすです。',
    jaEasy: 'めやすです。{窓口|まどぐち}で {聞|き}いて ください。',
    en: 'General knowledge: no source was looked up for this entry.',
  },
  site: { ja: '{host} を開く', jaEasy: '{host} を {開|ひら}く', en: 'Open {host}' },
  answered: { ja: 'こまったときの答え', jaEasy: 'こまった ときの {答|こた}え', en: 'Answers in the help' },
  prepare: { ja: 'そのサイトで要る準備', jaEasy: 'その サイトの {準備|じゅんび}', en: 'To prepare there' },
} satisfies Record<string, Words>;

const levelWords = {
  municipal: { ja: '市区町村', jaEasy: '{市|し}や {町|まち}', en: 'Municipality' },
  prefectural: { ja: '都道府県', jaEasy: '{都道府県|とどうふけん}', en: 'Prefecture' },
  national: { ja: '国', jaEasy: '{国|くに}', en: 'Nation' },
} satisfies Record<(typeof levels)[number], Words>;

/** The catalogue: what one wants, in one's own words; narrowed by place, level and agency. Without a script the button asks. */
export function Procedures({ view, wanted }: { view: View; wanted: Wanted }) {
  const { agencies } = view.options;
  const query = wanted.query.trim().slice(0, 100);
  const post = readPost(agencies, wanted.post, view.options.postCodes);
  const found = searchCatalogue(agencies, { ...wanted, query }, post, view.content.questions);
  const { entries } = found;
  const nothing = entries.length + found.elsewhere.length + found.questions.length === 0;
  const asked =
    query !== '' ||
    [wanted.level, wanted.agency, wanted.place, wanted.post].some((value) => (value ?? '') !== '');
  const common = commonRequirements(agencies);
  const any = { value: '', label: text.any };
  const named = (list: typeof agencies) => [
    any,
    ...list.map(({ code, name }) => ({ value: code, label: name })),
  ];
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      <search>
        <form method="get" action="/procedures" class="search search-first" data-live-search="found">
          <TextInput name="q" label={text.search} hint={text.searchHint} value={query} type="search" plain />
          <TextInput
            name="post"
            label={text.post}
            hint={text.postHint}
            value={wanted.post}
            inputmode="numeric"
            autocomplete="postal-code"
            width="medium"
            plain
          />
          <Select
            name="place"
            label={text.place}
            options={named(placesOf(agencies))}
            value={wanted.place}
            plain
          />
          <Select
            name="level"
            label={text.level}
            options={[any, ...levels.map((level) => ({ value: level, label: levelWords[level] }))]}
            value={wanted.level}
            plain
          />
          <Select name="agency" label={text.agency} options={named(agencies)} value={wanted.agency} plain />
          <Button label={text.go} kind="secondary" />
        </form>
      </search>
      <div id="found">
        <PostNote post={post} />
        {asked ? (
          <p role="status">
            <T w={howMany(entries.length, found.elsewhere.length)} />
            <br />
            <a href="/procedures">
              <T w={text.all} />
            </a>
          </p>
        ) : null}
        {nothing ? <P w={asked ? text.none : text.empty} /> : null}
        {found.elsewhereFirst ? <NotHere items={found.elsewhere} /> : null}
        <Answered questions={found.questions} />
        {entries.length === 0 || common.length === 0 ? null : (
          <>
            <P w={text.always} />
            <ul>
              {common.map((item) => (
                <li>
                  <T w={item} />
                </li>
              ))}
            </ul>
          </>
        )}
        <ul class="cards">
          {entries.map((entry) => (
            <ProcedureCard entry={entry} common={common} />
          ))}
        </ul>
        {found.elsewhereFirst ? null : <NotHere items={found.elsewhere} />}
      </div>
    </Frame>
  );
}

/** "0 found" above an answer would send away whoever reads no further. */
function howMany(here: number, there: number): Words {
  return here === 0 && there > 0 ? fill(text.onlyElsewhere, { n: there }) : fill(text.found, { n: here });
}

/** What is asked and cannot be done here: where it is done, with the same four facts. */
function NotHere({ items }: { items: readonly Elsewhere[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <H2 w={text.elsewhere} id="elsewhere" />
      <P w={text.elsewhereNote} quiet />
      <ul class="cards">
        {items.map(({ title, where, url, needed, time, cost, basis, sources }) => (
          <li class="card">
            <h3 class="card-title">
              <T w={title} />
            </h3>
            <dl class="facts">
              <Fact label={text.receiver} value={where} />
              <Fact label={text.neededThere} value={needed} />
              <Fact label={text.timeThere} value={time} />
              <Fact label={text.fee} value={cost} />
              {basis === undefined ? null : <Fact label={text.basis} value={basis} />}
            </dl>
            <Sources sources={sources} lawful={basis !== undefined} />
            {url === undefined ? null : (
              <p>
                <a href={url} rel="noreferrer">
                  <T w={fill(text.site, { host: new URL(url).host })} />
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where it was read and when; an entry with neither a source nor a law says that it has none. */
function Sources({ sources, lawful }: { sources: Elsewhere['sources']; lawful: boolean }) {
  if (sources === undefined) return lawful ? null : <P w={text.unsourced} quiet />;
  return <SourceLinks sources={sources} />;
}

/** What the help answers. */
function Answered({ questions }: { questions: readonly Question[] }) {
  if (questions.length === 0) return null;
  return (
    <>
      <H2 w={text.answered} id="answered" />
      <LinkList links={questions.map(({ id, question }) => ({ href: `/help/${id}`, label: question }))} />
    </>
  );
}

/** Where the post code lies, and what that means for the list. */
function PostNote({ post }: { post: PostAnswer }) {
  if (post.kind === 'none') return null;
  if (post.kind === 'unknown') return <Notice title={text.postUnknown} kind="check" live />;
  const names = post.places.map(({ prefecture, municipality }) => prefecture + municipality).join('、');
  return (
    <p role="status">
      <T w={fill(post.served ? text.postServed : text.postOther, { place: names })} />
    </p>
  );
}

function ProcedureCard({ entry, common }: { entry: Entry; common: readonly Words[] }) {
  const { agency, procedure } = entry;
  const { receiver, processingDays } = procedure;
  const requirements = (procedure.requirements ?? []).filter(
    ({ ja }) => !common.some((item) => item.ja === ja),
  );
  const outside = typeof receiver === 'object' && 'outside' in receiver ? receiver : undefined;
  return (
    <li class="card">
      <p class="card-kind">
        <T w={levelWords[levelOf({ agency, procedure })]} />・<T w={agency.name} />
      </p>
      <h2 class="card-title">
        <a href={procedureUrl(agency, procedure)}>
          <T w={procedure.title} />
        </a>
      </h2>
      <P w={procedure.summary} />
      <dl class="facts">
        <Fact label={text.minutes} value={fill(text.minutesValue, { n: procedure.minutes })} />
        {processingDays === undefined ? null : (
          <Fact label={text.days} value={fill(text.daysValue, { n: processingDays })} />
        )}
        <Fact label={text.fee} value={procedure.fee} />
        <Fact label={text.receiver} value={received({ agency, procedure })} />
        {requirements.length === 0 ? null : <List label={text.needed} items={requirements} />}
        {outside === undefined || outside.prepare.length === 0 ? null : (
          <List label={text.prepare} items={outside.prepare} />
        )}
      </dl>
    </li>
  );
}

function List({ label, items }: { label: Words; items: readonly Words[] }) {
  return (
    <div class="fact-list">
      <dt>
        <T w={label} />
      </dt>
      {items.map((item) => (
        <dd>
          <T w={item} />
        </dd>
      ))}
    </div>
  );
}

function received({ agency, procedure: { receiver } }: Entry): Words {
  if (receiver === 'here') return fill(text.here, { agency: agency.name });
  if ('shared' in receiver) return text.shared;
  const host = URL.canParse(receiver.outside) ? new URL(receiver.outside).host : receiver.outside;
  return fill(text.outside, { name: receiver.name, host });
}
