import {
  Button,
  ButtonRow,
  fill,
  formatDate,
  formatDay,
  glossary,
  LinkList,
  LoginForm,
  loginWords,
  Notice,
  P,
  Page,
  type PageProps,
  T,
  Table,
  type Words,
} from '@madoguchi/ui';
import { texts as correctionTexts } from '../corrections/texts.js';
import type { AgencyConfig, LoadedProcedure } from '../options.js';
import { texts as partTexts } from '../parts/texts.js';
import { texts as receiptTexts, stateWords } from '../receipts/texts.js';
import { texts as signerTexts } from '../signers/texts.js';
import type { OwnCase } from './queries.js';
import { myTexts as texts } from './texts.js';

type Look = Omit<PageProps, 'title'>;

interface LoginPageProps {
  look: Look;
  agency: AgencyConfig;
  home: string;
  script: string;
  left: boolean;
}

/** The way in. */
export function MyLoginPage({ look, agency, home, script, left }: LoginPageProps) {
  return (
    <Page {...look} title={texts.title} lead={texts.lead} scripts={[script]}>
      {left ? (
        <Notice kind="good" live>
          <P w={texts.left} />
        </Notice>
      ) : null}
      <LoginForm home={home} setUpUrl={agency.setUpUrl} />
      {agency.cardLoginOrigin === undefined ? null : (
        <LinkList links={[{ href: `${agency.cardLoginOrigin}${home}`, label: loginWords.byTls }]} />
      )}
    </Page>
  );
}

interface MyPageProps {
  look: Look;
  home: string;
  cases: OwnCase[];
  procedures: readonly LoadedProcedure[];
}

/** The holder's own applications. */
export function MyPage({ look, home, cases, procedures }: MyPageProps) {
  const titleOf = ({ procedureId }: OwnCase): Words =>
    procedures.find(({ definition }) => definition.id === procedureId)?.definition.title ?? texts.unknown;
  return (
    <Page {...look} title={texts.title}>
      <Notice kind="good">
        <P w={texts.loggedIn} />
      </Notice>
      {cases.length === 0 ? (
        <P w={texts.none} />
      ) : (
        <Table
          id="own"
          stack
          caption={texts.list}
          head={[glossary.receiptNumber, texts.procedure, texts.arrived, texts.state]}
          rows={cases.map((each) => [
            <a class="nowrap" href={`${home}/applications/${each.receiptNumber}`}>
              {each.receiptNumber}
            </a>,
            <>
              <T w={titleOf(each)} />
              {each.signature === null ? null : (
                <>
                  {' '}
                  <T w={signerTexts.myRole} />
                </>
              )}
            </>,
            formatDate(each.arrivedAt, look.prefs.register, { time: true }),
            <>
              <T w={stateWords[each.state]} />
              {each.paused ? (
                <p class="hint-line">
                  <T w={receiptTexts.paused} />
                </p>
              ) : null}
              {each.files && each.signature === null ? (
                <p class="hint-line">
                  <T w={receiptTexts.filesShort} />
                </p>
              ) : null}
              {each.parts === 0 ? null : (
                <T w={fill(partTexts.short, { count: each.parts, done: each.partsDone })} />
              )}
              {each.correctBy === null ? null : (
                <>
                  {' '}
                  <T
                    w={fill(each.state === 'cosigning' ? signerTexts.until : correctionTexts.until, {
                      day: formatDay(each.correctBy, look.prefs.register),
                    })}
                  />
                </>
              )}
            </>,
          ])}
        />
      )}
      <LinkList
        links={[
          { href: home.replace(/\/my$/, '/cosign'), label: signerTexts.enterTitle },
          { href: `${home}/mandates`, label: signerTexts.mandates },
        ]}
      />
      <form method="post" action={`${home}/leave`}>
        <ButtonRow>
          <Button label={texts.leave} kind="secondary" />
        </ButtonRow>
      </form>
    </Page>
  );
}
