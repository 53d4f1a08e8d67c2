import { randomBytes } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { Button, ButtonRow } from './components/button.js';
import { P } from './components/content.js';
import { type Contact, Page } from './page.js';
import { type Preferences, readPreferences } from './preferences.js';
import { fill, type Text, type Words } from './words.js';

interface Explanation {
  title: Words;
  next: Words;
}

const explanations = {
  400: {
    title: {
      ja: '送られた内容を読めませんでした',
      jaEasy: '{送|おく}られた ものを {読|よ}めませんでした',
      en: 'We could not read what was sent',
    },
    next: {
      ja: '前の画面にもどり、もう一度お試しください。',
      jaEasy: '{前|まえ}の {画面|がめん}に もどって、もう{一度|いちど} してください。',
      en: 'Go back to the page before and try again.',
    },
  },
  403: {
    title: { ja: 'この操作はできません', jaEasy: 'これは できません', en: 'This is not allowed' },
    next: {
      ja: 'ほかのサイトから送られたか、見る権限がありません。はじめのページから開き直してください。',
      jaEasy: '{最初|さいしょ}の ページから もう{一度|いちど} {開|あ}けてください。',
      en: 'It was sent by another site, or you may not see it. Please start again from the first page.',
    },
  },
  404: {
    title: { ja: 'ページが見つかりません', jaEasy: 'ページが ありません', en: 'Page not found' },
    next: {
      ja: 'アドレスが違うか、ページがなくなりました。はじめのページからお探しください。',
      jaEasy: 'アドレスが ちがうか、ページが なくなりました。{最初|さいしょ}の ページから さがしてください。',
      en: 'The address is wrong or the page is gone. Please look from the first page.',
    },
  },
  405: {
    title: {
      ja: 'この開き方はできません',
      jaEasy: 'この ページは このように {開|あ}けません',
      en: 'This page cannot be opened this way',
    },
    next: {
      ja: '前の画面にもどり、ボタンから進んでください。',
      jaEasy: '{前|まえ}の {画面|がめん}に もどって、ボタンを おしてください。',
      en: 'Go back to the page before and use its buttons.',
    },
  },
  413: {
    title: {
      ja: 'ファイルが大きすぎます',
      jaEasy: 'ファイルが {大|おお}きすぎます',
      en: 'The file is too large',
    },
    next: {
      ja: '前の画面にもどり、もっと小さいファイルを選んでください。',
      jaEasy: '{前|まえ}の {画面|がめん}に もどって、{小|ちい}さい ファイルを {選|えら}んでください。',
      en: 'Go back to the page before and choose a smaller file.',
    },
  },
  429: {
    title: {
      ja: 'いま、たいへん混み合っています',
      jaEasy: 'いま、とても こんでいます',
      en: 'Very busy at the moment',
    },
    next: {
      ja: '1分ほど待ってから、もう一度お試しください。',
      jaEasy: '1{分|ぷん} {待|ま}ってから、もう{一度|いちど} してください。',
      en: 'Please wait a minute and try again.',
    },
  },
  500: {
    title: {
      ja: 'こちらの不具合で、先へ進めませんでした',
      jaEasy: 'こちらの {問題|もんだい}で、できませんでした',
      en: 'Something went wrong on our side',
    },
    next: {
      ja: '少し待ってから、もう一度お試しください。続くときは、下の番号を窓口へお知らせください。',
      jaEasy:
        '{少|すこ}し {待|ま}ってから、もう{一度|いちど} してください。だめなときは、{下|した}の {番号|ばんごう}を {教|おし}えてください。',
      en: 'Please wait a little and try again. If it goes on, tell us the number below.',
    },
  },
  503: {
    title: { ja: 'いま、準備中です', jaEasy: 'いま、{準備|じゅんび}を しています', en: 'Not ready yet' },
    next: {
      ja: '少し待ってから、もう一度お試しください。',
      jaEasy: '{少|すこ}し {待|ま}ってから、もう{一度|いちど} してください。',
      en: 'Please wait a little and try again.',
    },
  },
} satisfies Record<number, Explanation>;

export type ErrorStatus = keyof typeof explanations;

const errorNumber: Words = {
  ja: 'エラー番号 {number}',
  jaEasy: 'エラーの {番号|ばんごう} {number}',
  en: 'Error number {number}',
};
const firstPage: Words = {
  ja: 'はじめのページへ',
  jaEasy: '{最初|さいしょ}の ページへ',
  en: 'To the first page',
};

interface ErrorPageProps {
  status: ErrorStatus;
  prefs: Preferences;
  siteName: Text;
  siteHref?: string;
  path: string;
  contact?: Contact;
  banner?: Text;
  assets?: string;
  switches?: 'cookie' | 'query' | 'none';
  /** Instead of the general words. */
  title?: Text;
  next?: Text;
  /** The short number under which the log holds the cause. */
  number?: string | undefined;
}

/** What happened and the one next step, in the reader's words. It never has room for a stack trace. */
export function ErrorPage(props: ErrorPageProps) {
  const explanation = explanations[props.status];
  const { siteHref = '/', number } = props;
  return (
    <Page
      {...props}
      siteHref={siteHref}
      title={props.title ?? explanation.title}
      lead={props.next ?? explanation.next}
    >
      {number === undefined ? null : <P w={fill(errorNumber, { number })} quiet />}
      <ButtonRow>
        <Button href={siteHref} label={firstPage} kind="secondary" />
      </ButtonRow>
    </Page>
  );
}

interface ErrorPagesOptions {
  siteName: Text;
  siteHref?: string;
  contact?: Contact;
  banner?: Text;
  assets?: string;
  /** False for a room without cookies. */
  cookie?: boolean;
  /** Told the number the reader sees and the cause; keep personal data out of your log. */
  log?: (number: string, error: unknown) => void;
}

/** The methods for which a path has a handler of its own; one that takes every path, to pass it on, says nothing. */
function allowedMethods(app: Hono, path: string): string[] {
  return ['GET', 'POST', 'PUT', 'DELETE'].filter((method) =>
    app.router
      .match(method, path)[0]
      .some(([[, route]]) => route.method === method && !route.path.endsWith('*')),
  );
}

/**
 * What is asked behind this server, as a rule the database, is not there just now: by the codes of sockets, of the driver, of PostgreSQL (it
 * ends or starts, its disk or memory is full, it takes no more connections, a time limit that its operator set is over).
 */
const gone = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P02',
  '57P03',
  '53100',
  '53200',
  '53300',
  '57014',
  '55P03',
]);

function isGone(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && gone.has(error.code);
}

/** Gives an app its 404, 405, 413, 500 and 503 pages. Call it once on the outermost app, before serving. */
export function installErrorPages(app: Hono, options: ErrorPagesOptions): void {
  const { cookie = true, log, ...look } = options;
  const page = (c: Context, status: ErrorStatus, number?: string) => {
    const path = c.req.method === 'GET' ? c.req.path : (look.siteHref ?? '/');
    const prefs = readPreferences(c, { cookie });
    const switches = cookie ? 'cookie' : 'query';
    return c.html(<ErrorPage {...look} {...{ status, prefs, path, switches, number }} />, status);
  };
  app.notFound((c) => {
    const allowed = allowedMethods(app, c.req.path);
    // A handler that was asked and knows no such thing: not there, rather than asked in the wrong way.
    if (allowed.length === 0 || allowed.includes(c.req.method)) return page(c, 404);
    c.header('Allow', allowed.join(', '));
    return page(c, 405);
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status in explanations && error.status < 500) {
      return page(c, error.status as ErrorStatus);
    }
    const number = randomBytes(4).toString('hex').toUpperCase();
    log?.(number, error);
    if (!isGone(error)) return page(c, 500, number);
    c.header('Retry-After', '5');
    return page(c, 503, number);
  });
}
