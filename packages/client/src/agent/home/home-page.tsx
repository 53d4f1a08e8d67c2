import { LinkList } from '@madoguchi/ui';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';
import { EndNotice } from '../renewal/renewal-pages.js';
import { renewalTexts } from '../renewal/texts.js';
import { revocationTexts } from '../revocation/texts.js';
import { phoneTexts } from '../tokens/texts.js';
import { homeTexts as texts } from './texts.js';

interface HomeProps extends AgentLook {
  /** An authority is known that renews and ends certificates. */
  renews: boolean;
  /** Smartphone tokens are offered. */
  phones: boolean;
  /** End of the certificate in the reader, where it is near. */
  end: Date | undefined;
  now: Date;
}

/** The agent's own start page: what it can do without any site. */
export function HomePage(props: HomeProps) {
  const { renews, end, now, phones } = props;
  const renewal = address(props, '/renewal');
  return (
    <AgentPage {...props} title={texts.home} lead={texts.homeLead}>
      {end === undefined ? null : <EndNotice end={end} now={now} href={renewal} />}
      <LinkList
        links={[
          { href: address(props, '/check'), label: texts.checkLink, note: texts.checkNote },
          { href: address(props, '/files'), label: texts.filesLink, note: texts.filesNote },
          ...(renews ? [{ href: renewal, label: renewalTexts.title, note: renewalTexts.linkNote }] : []),
          ...(phones
            ? [{ href: address(props, '/phones'), label: phoneTexts.title, note: phoneTexts.linkNote }]
            : []),
          ...(renews
            ? [
                {
                  href: address(props, '/revocation'),
                  label: revocationTexts.title,
                  note: revocationTexts.linkNote,
                },
              ]
            : []),
        ]}
      />
    </AgentPage>
  );
}
