import { Notice, P, Page, type PageProps } from '@madoguchi/ui';
import { texts } from './texts.js';

/** Shown to whoever has no session: how the desk is opened. */
export function EntryPage({ look, why }: { look: Omit<PageProps, 'title'>; why: 'none' | 'used' | 'left' }) {
  return (
    <Page {...look} title={texts.entryTitle}>
      {why === 'used' ? (
        <Notice kind="bad">
          <P w={texts.entryUsed} />
        </Notice>
      ) : null}
      {why === 'left' ? (
        <Notice kind="good">
          <P w={texts.left} />
        </Notice>
      ) : null}
      <P w={texts.entry} />
    </Page>
  );
}
