import { previewTotals } from '@madoguchi/procedure';
import {
  Button,
  ButtonRow,
  type FieldError,
  fill,
  H2,
  Notice,
  P,
  Page,
  type PageProps,
  SummaryList,
  T,
} from '@madoguchi/ui';
import type { AgencyConfig, LoadedProcedure } from '../options.js';
import { AttachmentControl } from './controls.js';
import { HandOver } from './hand-over.js';
import { Questions, When } from './questions.js';
import type { Place } from './steps.js';
import { texts } from './texts.js';
import type { Typed } from './typed.js';

interface ProcedurePageProps {
  look: Omit<PageProps, 'title'>;
  agency: AgencyConfig;
  procedure: LoadedProcedure;
  /** What was typed; the defaults where nothing was. */
  typed: Typed;
  place: Place;
  errors: FieldError[];
  /** The page answers a press of its own buttons: it holds what was typed. */
  posted: boolean;
  /** The answers were posted without a script and are good. */
  checked: boolean;
  /** Address of the island. */
  script: string;
}

/** A procedure: what is needed, the questions, the way to the signature. One page when it is short, steps when it is long; no login before, no confirmation after. */
export function ProcedurePage(props: ProcedurePageProps) {
  const { agency, procedure, typed, place, checked } = props;
  const { definition } = procedure;
  const action = `${agency.basePath}/procedures/${definition.id}`;
  const totals = previewTotals(definition, typed.values);
  return (
    <Page {...props.look} title={definition.title} errors={props.errors} modules={[props.script]}>
      {checked ? (
        <Notice title={texts.checked} kind="good" live>
          <P w={texts.checkedNext} />
          {definition.attachments.length > 0 ? <P w={texts.checkedFiles} /> : null}
        </Notice>
      ) : null}
      {place.isFirst ? <Before procedure={procedure} /> : null}
      <form
        method="post"
        action={action}
        data-hand-over={place.isLast ? `${action}/request` : undefined}
        data-draft={`${agency.basePath}/${definition.id}/${definition.version}`}
        data-step={place.step?.id}
        data-posted={props.posted ? '' : undefined}
        data-home={`${agency.basePath}/`}
      >
        {/* Enter in a field presses the first button: it must be this one, not one that takes a row away. */}
        <button type="submit" hidden />
        <div id="restored" hidden>
          <Notice live>
            <P w={texts.restored} />
            {place.step === undefined ? null : (
              <button type="submit" class="button button-secondary" name="_go" value="" id="resume">
                <span>
                  <T w={texts.resume} />
                </span>
              </button>
            )}
            <button class="button button-text" type="button" id="forget">
              <T w={texts.forget} />
            </button>
          </Notice>
        </div>
        <StepHead place={place} />
        <Carried typed={typed} place={place} />
        <Questions entries={place.entries} typed={typed} totals={totals} />
        {place.attachments.map((rule) => (
          <When when={rule.when} row="">
            <AttachmentControl rule={rule} />
          </When>
        ))}
        {place.isLast ? <HandOver agency={agency} /> : null}
        <ButtonRow>
          <Button label={place.isLast ? texts.toSigning : texts.toNext} />
          {place.isFirst ? null : (
            <Button label={texts.toPrevious} kind="secondary" name="_go" value="back" formNoValidate />
          )}
          <Button
            label={texts.stop}
            kind={place.isFirst ? 'secondary' : 'text'}
            href={`${agency.basePath}/`}
            id="stop"
          />
        </ButtonRow>
        <div id="stop-note" hidden>
          <P w={texts.stopNote} quiet />
        </div>
      </form>
    </Page>
  );
}

/** What stands before the first question. */
function Before({ procedure: { definition } }: { procedure: LoadedProcedure }) {
  return (
    <>
      <SummaryList
        boxed
        rows={[
          { label: texts.needed, value: <Requirements items={definition.requirements} /> },
          { label: texts.minutes, value: fill(texts.minutesValue, { minutes: definition.minutes }) },
          { label: texts.fee, value: definition.fee },
        ]}
      />
      <Notice title={texts.noticeTitle}>
        <P w={texts.notice} />
      </Notice>
    </>
  );
}

function StepHead({ place }: { place: Place }) {
  if (place.step === undefined) return null;
  return (
    <div class="step-head">
      <p class="step-count">
        <T w={fill(texts.stepOf, { number: place.number + 1, count: place.count })} />
      </p>
      <H2 w={place.step.title} />
      {place.step.hint === undefined ? null : <P w={place.step.hint} />}
    </div>
  );
}

/** The answers of the other steps travel along: the server keeps nothing until the signature. */
function Carried({ typed, place }: { typed: Typed; place: Place }) {
  const { step } = place;
  if (step === undefined) return null;
  return (
    <>
      <input type="hidden" name="_step" value={step.id} />
      {Object.entries(typed.values)
        .filter(([name]) => !step.fields.includes(name.split('.')[0] ?? ''))
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} data-carried />
        ))}
    </>
  );
}

function Requirements({ items }: { items: LoadedProcedure['definition']['requirements'] }) {
  return (
    <>
      {items.map((item, index) => (
        <>
          {index === 0 ? null : '・'}
          <T w={item} />
        </>
      ))}
    </>
  );
}
