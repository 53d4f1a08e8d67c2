import type { DrawnRow } from '@madoguchi/procedure';
import { fill, Notice, P, SummaryList, type Words, words } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import type { Probe } from '../card-work.js';
import { timeWords } from '../date-words.js';
import type { AcceptedRequest } from '../signing-session.js';
import type { Trouble } from '../trouble.js';
import { CardForm, cardRow, cardState, pageState } from './card-form.js';
import { type AgentLook, AgentPage } from './layout.js';

const own = {
  title: w(
    '{agency} が 署名を もとめています',
    '{agency}が {署名|しょめい}を もとめて います',
    '{agency} asks for your signature',
  ),
  procedure: w('手続', '{手続|てつづき}', 'Procedure'),
  content: w('内容', '{内容|ないよう}', 'Content'),
  from: w('依頼したサイト', 'たのんだ サイト', 'Asked by the site'),
  issuer: w('証明書の発行者', '{証明書|しょうめいしょ}を {出|だ}した ところ', 'Certificate issued by'),
  until: w('期限', '{期限|きげん}', 'Until'),
  card: w('カード', 'カード', 'Card'),
  next: w('次へ', '{次|つぎ}へ', 'Next'),
  others: w(
    'ほかにも開いているページがあります',
    'ほかの ページも ひらいて います',
    'Another page of the agent is open',
  ),
  othersNote: w(
    '{titles}。カードは一つずつ順番に使います。どのページのパスワードかを確かめて入れてください。',
    '{titles}。カードは ひとつずつ {使|つか}います。どの ページか、たしかめて ください。',
    '{titles}. They use the card one after another: make sure on which page you type your password.',
  ),
};

export interface AskPageProps extends AgentLook {
  request: AcceptedRequest;
  probe: Probe;
  notice?: Trouble;
  /** What else waits for a password just now. */
  others: readonly Words[];
}

/** One line of the answers: the completed application comes on the next page. */
function contentLine(rows: readonly DrawnRow[]): Words {
  const line = (register: 'ja' | 'jaEasy' | 'en') =>
    rows
      .map(({ label, value }) => `${words(label, register)} ${words(value, register)}`)
      .join(register === 'en' ? ', ' : '・');
  return { ja: line('ja'), jaEasy: line('jaEasy'), en: line('en') };
}

export function AskPage(props: AskPageProps) {
  const { request, probe, notice } = props;
  const { claims, agency, definition } = request;
  const state = cardState(probe, 'sign');
  const card = cardRow(state);
  const rows = [
    { label: own.procedure, value: definition.title },
    ...(request.rows.length === 0 ? [] : [{ label: own.content, value: contentLine(request.rows) }]),
    { label: own.from, value: new URL(claims.origin).host },
    { label: own.issuer, value: agency.issuer },
    { label: own.until, value: timeWords(new Date(claims.exp * 1000)) },
    ...(card === undefined ? [] : [{ label: own.card, value: card }]),
  ];
  return (
    <AgentPage {...props} title={fill(own.title, { agency: agency.title })} {...pageState(state, notice)}>
      <OtherPages others={props.others} />
      <div class="agent-compact">
        <SummaryList boxed rows={rows} />
      </div>
      <CardForm {...props} state={state} pin="sign" submit={own.next} />
    </AgentPage>
  );
}

/** Two requests at once: each has its own page, and each says that the other one is there. */
export function OtherPages({ others }: { others: readonly Words[] }) {
  if (others.length === 0) return null;
  const titles = (register: 'ja' | 'jaEasy' | 'en') =>
    others.map((title) => words(title, register)).join(register === 'en' ? '; ' : '、');
  const all = { ja: titles('ja'), jaEasy: titles('jaEasy'), en: titles('en') };
  return (
    <Notice kind="check" title={own.others}>
      <P w={fill(own.othersNote, { titles: all })} />
    </Notice>
  );
}
