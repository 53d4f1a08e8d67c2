import {
  type Contact,
  Page,
  type Preferences,
  preferencesQuery,
  T,
  type Text,
  type Words,
} from '@madoguchi/ui';
import type { PropsWithChildren } from 'hono/jsx';
import { w } from '../../client-words.js';

export const siteName: Words = w(
  '署名クライアント',
  '{署名|しょめい}クライアント',
  'Signing agent（署名クライアント）',
);

const demoBanner: Words = w(
  '体験版です。本物の申請にはなりません。本物のマイナンバーカードは使えません。',
  '{体験版|たいけんばん}です。{本当|ほんとう}の {申請|しんせい}では ありません。{本物|ほんもの}の カードは {使|つか}えません。',
  'Demonstration: nothing here is a real application, and real cards are refused.',
);

const phraseWords = {
  label: w('合い言葉', '{合|あ}い{言葉|ことば}', 'Your phrase（合い言葉）'),
  hint: w(
    'あなたのパソコンだけが知っている言葉です。ちがうときは、この窓を閉じてください。',
    'あなたの パソコンだけが {知|し}って いる {言葉|ことば}です。ちがう ときは、この まどを {閉|と}じて ください。',
    'Only your own computer knows it. If it is not yours, close this window.',
  ),
};

/** What every page of a signing shares. */
export interface AgentLook {
  prefs: Preferences;
  /** Path of the signing, without query. */
  path: string;
  /** 合い言葉, chosen at installation: no site can know it. */
  phrase: string;
  demo: boolean;
  /** Whom to ask about the procedure, from its definition. */
  contact?: Contact;
}

/** The signing's address with the reader's choice of language in it: the agent keeps no cookies. */
export function address(look: AgentLook, action = ''): string {
  return `${look.path}${action}?${preferencesQuery(look.prefs)}`;
}

interface AgentPageProps extends AgentLook {
  title: Text;
  lead?: Text;
  errors?: readonly { field?: string; message: Text }[];
  refresh?: number;
  scripts?: readonly string[];
}

/** The frame: phrase on top, no links that lead away, switches by query. */
export function AgentPage(props: PropsWithChildren<AgentPageProps>) {
  const { phrase, demo, children, title, lead, prefs, errors = [], refresh, contact, scripts } = props;
  return (
    <Page
      title={title}
      prefs={prefs}
      errors={errors}
      path={address(props)}
      siteName={siteName}
      switches="query"
      heading={false}
      {...(refresh === undefined ? {} : { refresh })}
      {...(scripts === undefined ? {} : { scripts })}
      {...(contact === undefined ? {} : { contact })}
      {...(demo ? { banner: demoBanner } : {})}
    >
      <link rel="stylesheet" href="/agent.css" />
      <aside class="agent-phrase">
        <p>
          <span class="agent-phrase-label">
            <T w={phraseWords.label} />
          </span>
          <strong>{phrase}</strong>
        </p>
        <p class="agent-phrase-hint">
          <T w={phraseWords.hint} />
        </p>
      </aside>
      <h1>
        <T w={title} />
      </h1>
      {lead === undefined ? null : (
        <p class="lead">
          <T w={lead} />
        </p>
      )}
      {children}
    </Page>
  );
}
