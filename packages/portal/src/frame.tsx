import { Notice, Page, type PageProps, type Preferences, T, type Words } from '@madoguchi/ui';
import type { PropsWithChildren } from 'hono/jsx';
import type { AddedAgencies } from './added-agencies.js';
import { texts as adminTexts } from './admin/words.js';
import type { Content } from './content/content.js';
import type { PortalOptions } from './options.js';

/** What every page of the portal needs to know. */
export interface View {
  prefs: Preferences;
  /** Path and query of the page. */
  path: string;
  options: PortalOptions;
  /** What an operator may change. */
  content: Content;
  /** The content holds drafts of the operator who looks. */
  preview: boolean;
  /** What became of the agencies that an operator added; those that are there stand in `options` too. */
  addedAgencies: AddedAgencies;
}

export const siteName: Words = {
  ja: '公的個人認証ポータル',
  jaEasy: '{公的個人認証|こうてきこじんにんしょう} ポータル',
  en: 'Public Personal Authentication Portal',
};

export const demoBanner: Words = {
  ja: 'これは見本（デモ）です。本物の役所ではありません。申請しても、実際の手続は行われません。',
  jaEasy: 'これは {見本|みほん}です。{本当|ほんとう}の {役所|やくしょ}では ありません。',
  en: 'This is a demo, not a real authority. Nothing you apply for here really happens.',
};

const nav: readonly { href: string; label: Words }[] = [
  {
    href: '/start',
    label: { ja: '準備', jaEasy: '{準備|じゅんび}', en: 'Getting ready' },
  },
  {
    href: '/procedures',
    label: { ja: '手続をさがす', jaEasy: '{手続|てつづき}を さがす', en: 'Procedures' },
  },
  {
    href: '/readers',
    label: { ja: 'カードリーダー', jaEasy: 'カードリーダー', en: 'Card readers' },
  },
  { href: '/help', label: { ja: 'こまったとき', jaEasy: 'こまったとき', en: 'Help' } },
  { href: '/materials', label: { ja: '資料', jaEasy: '{資料|しりょう}', en: 'Materials' } },
  { href: '/figures', label: { ja: '数字で見る', jaEasy: '{数字|すうじ}', en: 'Figures' } },
];

type FrameProps = { view: View } & Pick<PageProps, 'title' | 'lead' | 'back' | 'heading' | 'errors' | 'wide'>;

/** The portal's page: its name, its menu, and the notice that it is a demo. */
export function Frame({ view, children, ...page }: PropsWithChildren<FrameProps>) {
  const { prefs, path, options, preview } = view;
  const here = path.split('?')[0];
  return (
    <Page
      {...page}
      {...{ prefs, path, siteName }}
      siteHref="/"
      nav={nav.map((item) => ({
        ...item,
        current: item.href === here || here?.startsWith(`${item.href}/`) === true,
      }))}
      {...(options.demo ? { banner: demoBanner } : {})}
      {...(options.contact === undefined ? {} : { contact: options.contact })}
    >
      {preview ? (
        <Notice kind="check" title={adminTexts.preview}>
          <p>
            <a href="/admin">
              <T w={adminTexts.title} />
            </a>
          </p>
        </Notice>
      ) : null}
      {children}
    </Page>
  );
}
