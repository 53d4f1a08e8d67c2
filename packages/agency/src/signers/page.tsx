import { drawApplication, markText } from '@madoguchi/procedure';
import {
  Button,
  ButtonRow,
  Details,
  type FieldError,
  fill,
  formatDay,
  glossary,
  H2,
  Notice,
  P,
  Page,
  type PageProps,
  SummaryList,
  T,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { Child } from 'hono/jsx';
import { undecided } from '../cases/state.js';
import { HandOver } from '../forms/hand-over.js';
import { texts as formTexts } from '../forms/texts.js';
import type { AgencyConfig } from '../options.js';
import type { PartProgress } from '../parts/progress.js';
import { PartsSection } from '../parts/section.js';
import { NumberPage } from '../receipts/number-page.js';
import { stateWords } from '../receipts/texts.js';
import { replyTexts } from '../replies/texts.js';
import type { Reader } from './access.js';
import { ProgressTable } from './progress-table.js';
import { texts } from './texts.js';
import { signerName } from './wanted.js';

type Look = Omit<PageProps, 'title'>;

interface CosignPageProps {
  look: Look;
  agency: AgencyConfig;
  reader: Reader;
  today: string;
  errors: FieldError[];
  posted: boolean;
  checked: boolean;
  /** Is there a signed notice of the decision? It is for everybody who signed. */
  replied: boolean;
  /** Of a one-stop application: how far each office is. */
  parts: readonly PartProgress[];
  script: string;
  /** Of a mandate: what it is about, which nobody types. */
  about?: { label: Words; value: string }[];
  /** Of a mandate: its own form. Everybody else signs what was signed first. */
  form?: Child;
  /** Notices by mail, where they are sent. */
  mail?: Child;
}

export const reasonLimit = 500;

/** What a co-signer sees: who asks, the whole application as it was signed, who has signed, and the way to their own signature. */
export function CosignPage(props: CosignPageProps) {
  const { look, reader, agency } = props;
  const { row, signing, own } = reader;
  const { definition, application } = signing.submission;
  const { register } = look.prefs;
  const address = `${agency.basePath}/applications/${row.receiptNumber}/cosign`;
  const isOpen = row.state === 'cosigning' && own.state !== 'signed';
  const isMandate = own.wanted.rule.paper === 'mandate';
  const inside = { ...props, address, isOpen, isMandate };
  return (
    <Page
      {...look}
      title={texts.title}
      lead={definition.title}
      errors={props.errors}
      {...(isOpen ? { modules: [props.script] } : {})}
    >
      <Told {...inside} />
      <SummaryList
        rows={[
          { label: texts.you, value: signerName(own.wanted) },
          { label: glossary.receiptNumber, value: row.receiptNumber },
          { label: texts.back, value: stateWords[row.state] },
        ]}
      />
      {props.parts.length === 0 ? null : <PartsSection progress={props.parts} register={register} />}
      <FirstApplication {...inside} />
      <H2 w={texts.signers} id="signers-title" />
      <ProgressTable applicant={application.applicant.name} progress={signing.progress} register={register} />
      {isOpen ? (
        <>
          <H2 w={isMandate ? texts.mandate : texts.sign} id="sign" />
          <P w={texts.how} />
          {props.about === undefined ? null : <SummaryList boxed rows={props.about} />}
          {props.form ?? <SignForm {...inside} />}
          <Decline address={address} label={texts.decline} />
        </>
      ) : null}
      {props.mail}
    </Page>
  );
}

type SectionProps = CosignPageProps & {
  /** Of the page. */
  address: string;
  /** This reader can still sign. */
  isOpen: boolean;
  isMandate: boolean;
};

/** How it stands for this reader, and what has just been said. */
function Told(props: SectionProps) {
  const { reader, address, isOpen } = props;
  return (
    <>
      <Standing {...props} />
      {props.replied ? (
        <Notice kind="good" title={replyTexts.there} live>
          <ButtonRow>
            <Button label={replyTexts.pdf} href={`${address}/notice.pdf`} />
          </ButtonRow>
        </Notice>
      ) : null}
      {reader.own.state === 'declined' && isOpen ? (
        <Notice title={texts.declinedTitle} live>
          <P w={texts.declineNote} />
        </Notice>
      ) : null}
      {props.checked ? (
        <Notice title={formTexts.checked} kind="good" live>
          <P w={formTexts.checkedNext} />
        </Notice>
      ) : null}
    </>
  );
}

/** They have signed, they are asked to, or it is too late. */
function Standing(props: SectionProps) {
  const { agency, isMandate, isOpen } = props;
  const { row, signing, own } = props.reader;
  if (own.state === 'signed')
    return (
      <Notice kind="good" title={texts.signedTitle} live>
        {undecided.some((state) => state === row.state) ? <P w={texts.signedNext} /> : null}
        {isMandate ? (
          <p>
            <a href={`${agency.basePath}/my/mandates`}>
              <T w={texts.toMandates} />
            </a>
          </p>
        ) : null}
      </Notice>
    );
  if (!isOpen)
    return (
      <Notice>
        <P w={texts.closed} />
      </Notice>
    );
  const name = markText(signing.submission.application.applicant.name);
  return (
    <Notice kind="check">
      <P w={fill(isMandate ? texts.asksMandate : texts.asks, { name })} />
      <Deadline {...props} />
    </Notice>
  );
}

/** The application as it was signed first, with its files. */
function FirstApplication({ reader, address }: SectionProps) {
  const { definition, application, attachments } = reader.signing.submission;
  return (
    <>
      <H2 w={texts.application} id="application" />
      <SummaryList
        boxed
        rows={drawApplication(definition, application).rows.map(({ row: group, label, value, source }) => ({
          ...{ group, label, value },
          note: source === 'card' ? texts.fromCard : undefined,
        }))}
      />
      {attachments.length === 0 ? null : (
        <ul>
          {attachments.map((file, index) => (
            <li>
              <a href={`${address}/files/${index}`} download>
                <T w={fill(texts.download, { name: markText(file.name) })} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Nothing to fill in: files that were sent go along again, as they are. */
function SignForm({ agency, reader, address, posted }: CosignPageProps & { address: string }) {
  const { application, attachments } = reader.signing.submission;
  const rules = [...new Set(application.attachments.map(({ rule }) => rule ?? ''))];
  return (
    <form
      method="post"
      action={address}
      data-hand-over={`${address}/request`}
      data-draft={address}
      data-posted={posted ? '' : undefined}
    >
      {rules.map((rule) => {
        const kept = attachments.flatMap(({ name }, index) =>
          application.attachments.find((file) => file.name === name)?.rule === rule
            ? [{ name, href: `${address}/files/${index}` }]
            : [],
        );
        return (
          <div hidden data-kept={JSON.stringify(kept)} data-kept-for={rule}>
            <input type="file" name={rule} multiple />
          </div>
        );
      })}
      <HandOver agency={agency} />
      <ButtonRow>
        <Button label={formTexts.toSigning} />
      </ButtonRow>
    </form>
  );
}

function Decline({ address, label }: { address: string; label: Words }) {
  return (
    <Details summary={label}>
      <form method="post" action={`${address}/decline`}>
        <P w={texts.declineNote} />
        <TextInput name="reason" label={texts.declineReason} rows={3} maxLength={reasonLimit} />
        <Button label={texts.declineButton} kind="secondary" />
      </form>
    </Details>
  );
}

function Deadline({ reader, look, today }: CosignPageProps) {
  const { correctBy } = reader.row;
  if (correctBy === null) return null;
  const day = formatDay(correctBy, look.prefs.register);
  return (
    <>
      <P w={fill(texts.until, { day })} />
      {correctBy < today ? <P w={texts.late} /> : null}
    </>
  );
}

/** The application is another by now. */
export function CorrectedPage({ look, home }: { look: Look; home: string }) {
  return (
    <Page {...look} title={texts.title} back={{ href: home, label: texts.enterTitle }}>
      <P w={texts.corrected} />
    </Page>
  );
}

/** The way in without the link: the number and the code. */
export function EnterPage(props: {
  look: Look;
  home: string;
  receipt: string;
  failed: boolean | 'tooOften';
}) {
  const { look, home, receipt, failed } = props;
  return (
    <NumberPage
      {...{ look, failed }}
      receiptNumber={receipt}
      title={texts.enterTitle}
      lead={texts.enterLead}
      action={home}
      secret={{ name: 'code', label: texts.code, hint: texts.codeHint }}
      button={texts.open}
      notFound={texts.notFound}
    />
  );
}
