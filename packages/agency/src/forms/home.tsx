import { H2, LinkList, Page, type PageProps } from '@madoguchi/ui';
import type { AgencyConfig, LoadedProcedure } from '../options.js';
import { texts as signerTexts } from '../signers/texts.js';
import { texts } from './texts.js';

interface HomeProps {
  look: Omit<PageProps, 'title'>;
  agency: AgencyConfig;
  procedures: LoadedProcedure[];
  /** Is there a page to log in to? */
  login: boolean;
}

/** The agency's first page: what can be applied for, one activation each. */
export function HomePage({ look, agency, procedures, login }: HomeProps) {
  return (
    <Page {...look} title={agency.siteName} lead={texts.homeLead}>
      <H2 w={texts.procedures} />
      <LinkList
        links={procedures.map(({ definition }) => ({
          href: `${agency.basePath}/procedures/${definition.id}`,
          label: definition.title,
          note: definition.summary,
        }))}
      />
      <H2 w={texts.afterwards} />
      <LinkList
        links={[
          ...(login ? [{ href: `${agency.basePath}/my`, label: texts.my, note: texts.myNote }] : []),
          { href: `${agency.basePath}/applications`, label: texts.lookUp, note: texts.lookUpNote },
          ...(procedures.some(({ definition }) => definition.signers !== undefined)
            ? [
                {
                  href: `${agency.basePath}/cosign`,
                  label: signerTexts.enterTitle,
                  note: signerTexts.enterLead,
                },
              ]
            : []),
        ]}
      />
    </Page>
  );
}
