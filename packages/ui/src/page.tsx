import { raw } from 'hono/html';
import type { Child, PropsWithChildren } from 'hono/jsx';
import { assetPath } from './assets.js';
import { ErrorSummary, type FieldError, FieldErrorsContext } from './components/errors.js';
import { ReaderSwitches } from './components/reader-switches.js';
import { glossary } from './glossary.js';
import type { Preferences } from './preferences.js';
import { PreferencesContext, T } from './text.js';
import { type Text, type Words, words } from './words.js';

/** Whom to ask: stands at the foot of every page. */
export interface Contact {
  name: Text;
  telephone?: string;
  hours?: Text;
}

export interface PageProps {
  /** The `<title>` and, unless `heading` is false, the page's only h1. */
  title: Text;
  prefs: Preferences;
  siteName: Text;
  /** Where the site's name leads; no link without it. */
  siteHref?: string;
  /** Path and query of this page: the switches for language, furigana and size lead back to it by GET. */
  path: string;
  /** A line above the header: that this is a demo, an outage. */
  banner?: Text;
  back?: { href: string; label?: Text };
  nav?: readonly { href: string; label: Text; current?: boolean }[];
  /** A line under the h1. */
  lead?: Text;
  heading?: boolean;
  /** What was wrong with the form: puts エラー: before the title, the summary on top, and each message at its field. */
  errors?: readonly FieldError[];
  contact?: Contact;
  /** Where `uiRoutes` is mounted. Default `/assets`. */
  assets?: string;
  /** `query`: the switches carry the whole choice in the address, for rooms without cookies. Default `cookie`. */
  switches?: 'cookie' | 'query' | 'none';
  /** Officers' pages use the width of the screen. */
  wide?: boolean;
  /** Seconds after which a page that waits loads itself again, without JavaScript. */
  refresh?: number;
  /** False leaves `ui.js` out. Every page works without it. */
  script?: boolean;
  /** Staff's pages: who is in, and the way out, behind the content. */
  account?: Child;
  /** Further scripts of the room, by address. */
  scripts?: readonly string[];
  /** The same, but modules, which may import each other. */
  modules?: readonly string[];
}

const own = {
  skip: { ja: '本文へ', jaEasy: '{本文|ほんぶん}へ', en: 'Skip to content' },
  menu: { ja: 'おもなページ', jaEasy: 'おもな ページ', en: 'Main pages' },
  ask: { ja: 'お問い合わせ', jaEasy: '{聞|き}きたいとき', en: 'Questions' },
  account: { ja: 'ログイン中の方', jaEasy: 'いま {入|はい}って いる {人|ひと}', en: 'Who is logged in' },
  telephone: { ja: '電話', jaEasy: '{電話|でんわ}', en: 'Telephone' },
} satisfies Record<string, Words>;

/** The whole document: use it as the outermost element of `c.html(…)`. */
export function Page(props: PropsWithChildren<PageProps>) {
  const { prefs, title, siteName, errors = [], assets = '/assets' } = props;
  const { register } = prefs;
  const fullTitle = `${errors.length > 0 ? `${words(glossary.error, register)}: ` : ''}${words(title, register)} | ${words(siteName, register)}`;
  const look = `register-${register}${prefs.furigana ? ' furigana' : ''}${prefs.large ? ' large' : ''}`;
  return (
    <PreferencesContext.Provider value={prefs}>
      {raw('<!DOCTYPE html>')}
      <html lang={register === 'en' ? 'en' : 'ja'} class={look}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{fullTitle}</title>
          {props.refresh === undefined ? null : <meta http-equiv="refresh" content={String(props.refresh)} />}
          <meta name="format-detection" content="telephone=no" />
          <link rel="icon" type="image/svg+xml" href={assetPath('icon.svg', assets)} />
          <link rel="stylesheet" href={assetPath('app.css', assets)} />
          {props.script === false ? null : <script src={assetPath('ui.js', assets)} defer />}
          {props.scripts?.map((source) => (
            <script src={source} defer />
          ))}
          {props.modules?.map((source) => (
            <script type="module" src={source} />
          ))}
        </head>
        <body class={props.wide ? 'wide' : undefined}>
          <a class="skip-link" href="#main">
            <T w={own.skip} />
          </a>
          <PageHeader {...props} />
          <div class="page">
            {props.back === undefined ? null : (
              <nav aria-label={words(props.back.label ?? glossary.back, register)}>
                <a class="back-link" href={props.back.href}>
                  <span>
                    <T w={props.back.label ?? glossary.back} />
                  </span>
                </a>
              </nav>
            )}
            <main id="main" tabindex={-1}>
              <FieldErrorsContext.Provider value={errors}>
                {errors.length === 0 ? null : <ErrorSummary errors={errors} />}
                {props.heading === false ? null : (
                  <h1>
                    <T w={title} />
                  </h1>
                )}
                {props.lead === undefined ? null : (
                  <p class="lead">
                    <T w={props.lead} />
                  </p>
                )}
                {props.children}
              </FieldErrorsContext.Provider>
            </main>
            {props.account === undefined ? null : (
              <aside aria-label={words(own.account, register)}>{props.account}</aside>
            )}
          </div>
          <PageFooter {...props} />
        </body>
      </html>
    </PreferencesContext.Provider>
  );
}

function PageHeader({ banner, siteName, siteHref, nav = [], path, switches = 'cookie', prefs }: PageProps) {
  const name = (
    <>
      <span class="site-mark" aria-hidden="true" />
      <span>
        <T w={siteName} />
      </span>
    </>
  );
  return (
    <header class="site-header">
      {banner === undefined ? null : (
        <p class="banner">
          <T w={banner} />
        </p>
      )}
      <div class="site-header-inner">
        <p class="site-name">{siteHref === undefined ? name : <a href={siteHref}>{name}</a>}</p>
        {switches === 'none' ? null : (
          <ReaderSwitches path={path} prefs={prefs} carryAll={switches === 'query'} />
        )}
      </div>
      {nav.length === 0 ? null : (
        <nav class="site-nav" aria-label={words(own.menu, prefs.register)}>
          <ul class="site-nav-list">
            {nav.map((item) => (
              <li>
                <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                  <span>
                    <T w={item.label} />
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function PageFooter({ siteName, contact }: PageProps) {
  return (
    <footer class="site-footer">
      <div class="site-footer-inner">
        {contact === undefined ? null : (
          <div class="contact">
            <p class="contact-title">
              <T w={own.ask} />
            </p>
            <p>
              <T w={contact.name} />
              {contact.telephone === undefined ? null : (
                <>
                  {' '}
                  <br />
                  <T w={own.telephone} />{' '}
                  <a class="telephone" href={`tel:${contact.telephone.replace(/[^\d+]/g, '')}`}>
                    {contact.telephone}
                  </a>
                </>
              )}
              {contact.hours === undefined ? null : (
                <>
                  {' '}
                  <br />
                  <T w={contact.hours} />
                </>
              )}
            </p>
          </div>
        )}
        <p class="site-footer-name">
          <T w={siteName} />
        </p>
      </div>
    </footer>
  );
}
