import { explainRule, markText } from '@madoguchi/procedure';
import {
  Button,
  ButtonRow,
  ConfirmationPanel,
  Details,
  type FieldError,
  fill,
  formatDate,
  formatDay,
  glossary,
  H2,
  Notice,
  P,
  Page,
  type PageProps,
  SummaryList,
  T,
  type Words,
} from '@madoguchi/ui';
import type { Child } from 'hono/jsx';
import type { Duplicate } from '../cases/duplicates.js';
import { pauseOf } from '../cases/pause.js';
import type { CaseRow } from '../cases/queries.js';
import { undecided } from '../cases/state.js';
import { type AskedCorrection, labelOf } from '../corrections/asked.js';
import { texts as correctionTexts } from '../corrections/texts.js';
import type { AgencyConfig, LoadedProcedure } from '../options.js';
import type { PartProgress } from '../parts/progress.js';
import { PartsSection } from '../parts/section.js';
import { replyTexts } from '../replies/texts.js';
import { SignersSection } from '../signers/section.js';
import type { CaseSigning } from '../signers/signing.js';
import { texts as signerTexts } from '../signers/texts.js';
import { History } from './history.js';
import { ErasedNote, FilesNote, PausedNote, TwiceNote } from './notes.js';
import { stateWords, texts } from './texts.js';

type Look = Omit<PageProps, 'title'>;

interface ReceiptPageProps {
  look: Look;
  agency: AgencyConfig;
  row: CaseRow;
  procedure: LoadedProcedure | undefined;
  inquiryNumber: string;
  /** Why reception refused it: the rule. */
  refusal: string | undefined;
  /** What the office asks to correct, while it waits for that. */
  asked: AskedCorrection | undefined;
  /** Who signs with the applicant, where somebody must; with the code for each. */
  signing: CaseSigning | undefined;
  codeOf(signer: string): string;
  /** Of a one-stop application: how far each office is. */
  parts: readonly PartProgress[];
  /** This submission is itself a signature under another application: its receipt number. */
  signs: string | undefined;
  /** This submission corrects or withdraws another application, be it checked already or not: its receipt number. */
  follows: string | undefined;
  /** Is there a signed notice of the decision? */
  replied: boolean;
  /** Of a representative whose mandate does not cover the notice: why it is not for them. */
  withheld: Words | undefined;
  /** What is to be said of its files; undefined while they wait to be looked at. */
  files: readonly Words[] | undefined;
  /** What happened so far. */
  actions: readonly { at: Date; kind: string; detail: Record<string, string> }[];
  /** Other applications of the same person that say the same. */
  duplicates: readonly Duplicate[];
  /** Notices by mail, where they are sent. */
  mail?: Child;
  errors?: readonly FieldError[];
}

/** The receipt: number, time of arrival, what happens next and when, whom to ask. */
export function ReceiptPage(props: ReceiptPageProps) {
  const { look, agency, row, procedure } = props;
  const { register } = look.prefs;
  const address = `${agency.basePath}/applications/${row.receiptNumber}`;
  const isOpen = undecided.some((state) => state === row.state);
  const inside = { ...props, address, isOpen };
  const title = headingOf(props);
  return (
    <Page {...look} title={title} heading={false} errors={props.errors ?? []}>
      <Told {...inside} />
      <ConfirmationPanel
        title={title}
        reference={{ label: glossary.receiptNumber, value: row.receiptNumber }}
      />
      <SummaryList
        rows={[
          { label: texts.arrivedAt, value: formatDate(row.arrivedAt, register, { time: true }) },
          ...(procedure ? [{ label: texts.procedure, value: procedure.definition.title }] : []),
          { label: texts.agency, value: agency.siteName },
          { label: texts.state, value: stateWords[row.state] },
        ]}
      />
      {props.files === undefined ? <P w={texts.filesLater} quiet /> : null}
      {props.signing === undefined || props.signing.progress.length === 0 ? null : (
        <SignersSection {...{ agency, row, register }} signing={props.signing} codeOf={props.codeOf} />
      )}
      {props.parts.length === 0 ? null : <PartsSection progress={props.parts} register={register} />}
      <WhatNext {...inside} />
      {props.actions.length > 1 ? <History actions={props.actions} register={register} /> : null}
      <WhomToAsk contact={procedure?.definition.contact ?? agency.contact} />
      {props.mail === undefined ? null : <div class="no-print">{props.mail}</div>}
      <ToKeep {...inside} />
      {procedure !== undefined && isOwn(props) && isOpen ? (
        <p class="no-print">
          <a href={`${address}/withdrawal`}>
            <T w={correctionTexts.withdraw} />
          </a>
        </p>
      ) : null}
      <div class="no-print">
        <P w={texts.close} quiet />
      </div>
    </Page>
  );
}

/** What is to be said first of where it stands. */
function headingOf({ signs, row }: ReceiptPageProps): Words {
  if (signs !== undefined) return signerTexts.arrived;
  if (row.state === 'accepted' || row.state === 'rejected') return texts.decided;
  return row.state === 'withdrawn' ? texts.withdrawn : texts.arrived;
}

type SectionProps = ReceiptPageProps & {
  /** Of the page. */
  address: string;
  /** Nobody has decided yet. */
  isOpen: boolean;
};

/** Is it an application of its own, not a part of another one? */
function isOwn({ signs, follows }: ReceiptPageProps): boolean {
  return signs === undefined && follows === undefined;
}

/** What the reader must hear before anything else. */
function Told(props: SectionProps) {
  const { row, actions, refusal, asked, address } = props;
  const { register } = props.look.prefs;
  const mayWithdraw = props.isOpen && isOwn(props);
  const withdrawal = mayWithdraw ? `${address}/withdrawal` : undefined;
  const duplicate = actions.findLast(({ kind }) => kind === 'duplicate');
  return (
    <>
      {refusal === undefined ? null : <Refusal rule={refusal} />}
      {asked === undefined ? null : <Asked {...props} asked={asked} />}
      <ErasedNote at={row.erasedAt} register={register} />
      <PausedNote pause={pauseOf(row, actions)} register={register} />
      <TwiceNote
        earlier={props.duplicates}
        ended={row.state === 'duplicate' ? { of: duplicate?.detail.of } : undefined}
        {...{ register, withdrawal }}
      />
      <FilesNote told={props.files ?? []} isOpen={mayWithdraw} />
      <NoticeThere {...props} />
      <BelongsTo {...props} />
    </>
  );
}

/** The office has answered: its notice; or, to a representative whose mandate does not cover it, why it is not for them. */
function NoticeThere({ replied, withheld, address }: SectionProps) {
  if (!replied) return null;
  if (withheld !== undefined)
    return (
      <Notice title={replyTexts.there} live>
        <P w={signerTexts.noticeElsewhere} />
        <P w={withheld} />
      </Notice>
    );
  return (
    <Notice kind="good" title={replyTexts.there} live>
      <P w={replyTexts.thereNote} />
      <ButtonRow>
        <Button label={replyTexts.pdf} href={`${address}/notice.pdf`} />
      </ButtonRow>
      <p>
        <a href={`${address}/notice.xml`}>
          <T w={replyTexts.xml} />
        </a>
      </p>
    </Notice>
  );
}

/** Of a co-signature or a correction: the application that it is part of. */
function BelongsTo({ signs, follows, refusal, row, agency }: SectionProps) {
  const { joins } = row;
  const applications = `${agency.basePath}/applications`;
  if (signs !== undefined) {
    if (refusal !== undefined) return null;
    return (
      <Notice>
        <P w={fill(joins === null ? signerTexts.being : signerTexts.joined, { receipt: signs })} />
        <p>
          <a href={`${applications}/${signs}/cosign`}>
            <T w={signerTexts.toCase} />
          </a>
        </p>
      </Notice>
    );
  }
  if (follows === undefined) return null;
  return (
    <Notice>
      <P w={fill(correctionTexts.joined, { receipt: follows })} />
      <p>
        <a href={`${applications}/${follows}`}>
          <T w={correctionTexts.toCase} />
        </a>
      </p>
    </Notice>
  );
}

function WhatNext({ procedure, isOpen, signs }: SectionProps) {
  if (procedure === undefined || !isOpen) return null;
  const { next, processingDays: days } = procedure.definition;
  return (
    <>
      <H2 w={texts.next} />
      {signs === undefined ? (
        <>
          <P w={next} />
          <P w={fill(texts.days, { days })} />
        </>
      ) : (
        <P w={signerTexts.signedNext} />
      )}
    </>
  );
}

function WhomToAsk({ contact: { name, telephone } }: Pick<AgencyConfig, 'contact'>) {
  return (
    <>
      <H2 w={texts.ask} />
      <p>
        <T w={name} />
        <br />
        {telephone === undefined ? null : (
          <a class="telephone" href={`tel:${telephone.replace(/[^\d+]/g, '')}`}>
            {telephone}
          </a>
        )}
      </p>
    </>
  );
}

/** The number that opens this page later, and the receipt to print and to keep. */
function ToKeep({ inquiryNumber, address, row }: SectionProps) {
  return (
    <>
      <Details summary={texts.showInquiry}>
        <p>
          <strong id="inquiry-number">{inquiryNumber}</strong>
        </p>
        <P w={texts.inquiryNote} quiet />
      </Details>
      <ButtonRow>
        <Button label={texts.pdf} href={`${address}/receipt.pdf`} />
        <button class="button button-secondary" type="button" data-print hidden>
          <T w={texts.print} />
        </button>
      </ButtonRow>
      {row.state === 'arrived' || row.state === 'refused' || row.erasedAt !== null ? null : (
        <p class="no-print">
          <a href={`${address}/application.pdf`}>
            <T w={texts.copy} />
          </a>
        </p>
      )}
      <p class="no-print">
        <a href={`${address}/receipt.jws`}>
          <T w={texts.signed} />
        </a>
      </p>
    </>
  );
}

/** 補正依頼: the first thing on the page. */
function Asked(props: SectionProps & { asked: AskedCorrection }) {
  const { asked, address, row, procedure, look } = props;
  return (
    <Notice kind="check" title={correctionTexts.correctionAsked} live>
      <p class="officers-words">{markText(asked.reason)}</p>
      {asked.fields.length === 0 || procedure === undefined ? null : (
        <ul>
          {asked.fields.map((name) => (
            <li>
              <T w={labelOf(procedure.definition, name)} />
            </li>
          ))}
        </ul>
      )}
      {row.correctBy === null ? null : (
        <P
          w={fill(correctionTexts.until, {
            day: formatDay(row.correctBy, look.prefs.register),
          })}
        />
      )}
      <ButtonRow>
        <Button label={correctionTexts.correct} href={`${address}/correction`} />
        {row.correctBy === null ? null : (
          <Button label={correctionTexts.calendar} href={`${address}/deadline.ics`} kind="text" />
        )}
      </ButtonRow>
    </Notice>
  );
}

function Refusal({ rule }: { rule: string }) {
  const { what, next } = explainRule(rule);
  return (
    <Notice kind="bad" title={texts.refused}>
      <P w={what} />
      <P w={next} />
    </Notice>
  );
}
