import {
  Button,
  Details,
  formatDate,
  H2,
  Notice,
  P,
  Page,
  type PageProps,
  SummaryList,
  T,
} from '@madoguchi/ui';
import { stateWords } from '../receipts/texts.js';
import type { OwnMandate } from '../signers/given-mandates.js';
import { standingWords, texts } from '../signers/texts.js';
import { myTexts } from './texts.js';

interface MandatesPageProps {
  look: Omit<PageProps, 'title'>;
  /** マイページ */
  home: string;
  mandates: readonly OwnMandate[];
  /** What the reader has just done. */
  said?: 'revoked' | 'notRevoked';
}

/** The mandates that the holder of the card gave: what each allows, how it stands, and the way to end it. */
export function MandatesPage({ look, home, mandates, said }: MandatesPageProps) {
  return (
    <Page
      {...look}
      title={texts.mandates}
      lead={texts.mandatesLead}
      back={{ href: home, label: myTexts.title }}
    >
      {said === undefined ? null : (
        <Notice kind={said === 'revoked' ? 'good' : 'check'} live>
          <P w={texts[said]} />
        </Notice>
      )}
      {mandates.length === 0 ? <P w={texts.mandatesNone} /> : null}
      {mandates.map((mandate) => (
        <Mandate {...{ mandate, home, look }} />
      ))}
    </Page>
  );
}

function Mandate({
  mandate,
  home,
  look,
}: { mandate: OwnMandate } & Pick<MandatesPageProps, 'home' | 'look'>) {
  const when = (date: Date) => formatDate(date, look.prefs.register, { time: true });
  const { standing, revokedAt } = mandate;
  return (
    <section data-mandate={mandate.receipt} data-standing={standing}>
      <H2 w={mandate.title} id={`mandate-${mandate.receipt}`} />
      <SummaryList
        rows={[
          {
            label: texts.mandateStanding,
            value: (
              <>
                <strong>
                  <T w={standingWords[standing]} />
                </strong>
                {revokedAt === undefined ? null : ` ${when(revokedAt)}`}
              </>
            ),
          },
          ...mandate.rows,
          { label: texts.mandateGiven, value: when(mandate.givenAt) },
          {
            label: texts.back,
            value: (
              <a href={`${home}/applications/${mandate.of}`}>
                <T w={stateWords[mandate.caseState]} />
              </a>
            ),
          },
        ]}
      />
      {standing === 'good' ? (
        <Details summary={texts.revoke}>
          <form method="post" action={`${home}/mandates/${mandate.receipt}/revoke`}>
            <P w={texts.revokeNote} />
            <Button label={texts.revokeButton} kind="danger" />
          </form>
        </Details>
      ) : null}
    </section>
  );
}
