import { type FieldError, Page, type Preferences, type Words } from '@madoguchi/ui';
import type { PropsWithChildren } from 'hono/jsx';
import { banner, siteName, w } from './words.js';

interface FrameProps {
  prefs: Preferences;
  path: string;
  title: Words;
  lead?: Words;
  back?: boolean;
  heading?: boolean;
  errors?: readonly FieldError[];
}

/** The counter's page around everything a clerk sees. */
export function Frame(props: PropsWithChildren<FrameProps>) {
  const { prefs, path, title, lead, back, heading = true, errors = [], children } = props;
  return (
    <Page
      title={title}
      prefs={prefs}
      siteName={siteName}
      siteHref="/counter"
      path={path}
      banner={banner}
      heading={heading}
      errors={errors}
      contact={{ name: w.contact, telephone: '099-201-0000' }}
      wide
      {...(lead === undefined ? {} : { lead })}
      {...(back ? { back: { href: '/counter', label: w.backToList } } : {})}
    >
      {children}
    </Page>
  );
}
