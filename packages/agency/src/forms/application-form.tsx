import { type ProcedureDefinition, previewTotals } from '@madoguchi/procedure';
import { Button, ButtonRow, fill, H2, Notice, P, T } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import { AttachmentControl, type KeptFile } from './controls.js';
import { HandOver } from './hand-over.js';
import { Marked, Questions, When } from './questions.js';
import type { Place } from './steps.js';
import { texts } from './texts.js';
import type { Typed } from './typed.js';

interface ApplicationFormProps {
  agency: AgencyConfig;
  definition: ProcedureDefinition;
  /** Where the form is posted; its signing request comes from `/request` below it. */
  address: string;
  /** Name of the draft on the reader's device. */
  draft: string;
  typed: Typed;
  place: Place;
  /** The page answers a press of its own buttons: it holds what was typed. */
  posted: boolean;
  /** Names of answers and attachment rules that the agency asks to correct. */
  marked?: ReadonlySet<string> | undefined;
  /** Files that were sent before and go along again unless others are chosen. */
  kept?: readonly KeptFile[] | undefined;
}

/** The questions and the way to the signature, for a first application and for its correction. */
export function ApplicationForm(props: ApplicationFormProps) {
  const { agency, definition, address, typed, place, marked } = props;
  const totals = previewTotals(definition, typed.values);
  return (
    <form
      method="post"
      action={address}
      data-hand-over={place.isLast ? `${address}/request` : undefined}
      data-draft={props.draft}
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
      <Questions entries={place.entries} typed={typed} totals={totals} marked={marked} />
      {place.attachments.map((rule) => (
        <When when={rule.when} row="">
          <Marked on={marked?.has(rule.id)}>
            <AttachmentControl rule={rule} kept={props.kept?.filter((file) => file.rule === rule.id)} />
          </Marked>
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
