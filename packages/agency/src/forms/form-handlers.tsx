/** The form of a procedure: shown, shown again after each press, and turned into a signing request. The server keeps nothing of it. */
import { checkAnswers, checkStep } from '@madoguchi/procedure';
import type { FieldError } from '@madoguchi/ui';
import type { Context } from 'hono';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { island } from './island.js';
import { pageLook } from './look.js';
import { checkPostedRequest, readPostedRequest, refuseShape } from './posted-request.js';
import { type Press, readPress } from './press.js';
import { ProcedurePage } from './procedure-page.js';
import { handOver } from './signing.js';
import { faultyStep, placeOf, stepNumber } from './steps.js';
import { type Typed, typedOf } from './typed.js';

interface Shown {
  typed?: Typed;
  step?: number;
  /** The page is then answered with 422. */
  errors?: FieldError[];
  checked?: boolean;
}

export function showForm(
  c: Context,
  { agency }: ReceptionOptions,
  procedure: LoadedProcedure,
  shown: Shown = {},
): Response | Promise<Response> {
  const address = `${agency.basePath}/procedures/${procedure.definition.id}`;
  const posted = c.req.method !== 'GET';
  return c.html(
    <ProcedurePage
      look={{ ...pageLook(c, agency), ...(posted ? { path: address } : {}) }}
      {...{ agency, procedure, posted }}
      typed={shown.typed ?? typedOf({})}
      place={placeOf(procedure.definition, shown.step ?? 0)}
      errors={shown.errors ?? []}
      checked={shown.checked ?? false}
      script={`${agency.basePath}${island.entry}`}
    />,
    shown.errors === undefined ? 200 : 422,
  );
}

/** Every press but the last one's hand-over to the agent comes here: the form is shown again, changed as was asked. */
export async function pressForm(
  c: Context,
  options: ReceptionOptions,
  procedure: LoadedProcedure,
): Promise<Response> {
  const { definition } = procedure;
  const posted = await c.req.parseBody({ all: true });
  const press = readPress(definition, posted, options.agency.postCodes);
  return showForm(c, options, procedure, afterPress(procedure, press, stepNumber(definition, posted._step)));
}

/** What the form shows next. On from a step goes who filled it in rightly; on from the last one, who filled in all of them so. */
function afterPress({ definition }: LoadedProcedure, press: Press, number: number): Shown {
  const { values, typed, go, changed } = press;
  if (changed !== undefined) return { typed: changed, step: number };
  if (go.to === 'back') return { typed, step: number - 1 };
  if (go.to === 'step') return { typed, step: stepNumber(definition, go.id) };
  const { step, isLast } = placeOf(definition, number);
  if (step !== undefined && !isLast) {
    const errors = checkStep(definition, values, step);
    return errors.length > 0 ? { typed, step: number, errors } : { typed, step: number + 1 };
  }
  const checked = checkAnswers(definition, values);
  if (checked.ok) return { typed, step: number, checked: true };
  return { typed, step: faultyStep(definition, values) ?? number, errors: checked.errors };
}

/** The last press, by the page's script: what the agent is opened with; or the page of the step where something is still wrong. */
export async function requestSignature(
  c: Context,
  options: ReceptionOptions,
  procedure: LoadedProcedure,
): Promise<Response> {
  const { definition } = procedure;
  const posted = await readPostedRequest(c);
  if (posted === undefined) return refuseShape(c);
  const { answers, attachments } = posted;
  const checked = checkPostedRequest(definition, posted);
  if (checked.ok) return handOver(c, options, procedure, { answers: checked.answers, attachments });
  const step = faultyStep(definition, answers) ?? (definition.steps?.length ?? 1) - 1;
  return showForm(c, options, procedure, { typed: typedOf(answers), step, errors: checked.errors });
}
