import { type Condition, isGroup } from '@madoguchi/procedure';
import {
  Button,
  ButtonRow,
  type FieldError,
  fill,
  Notice,
  P,
  Page,
  type PageProps,
  SummaryList,
  T,
} from '@madoguchi/ui';
import type { PropsWithChildren } from 'hono/jsx';
import type { AgencyConfig, LoadedProcedure } from '../options.js';
import { AttachmentControl, FieldControl, GroupControl } from './fields.js';
import { HandOver } from './hand-over.js';
import { texts } from './texts.js';

interface ProcedurePageProps {
  look: Omit<PageProps, 'title'>;
  agency: AgencyConfig;
  procedure: LoadedProcedure;
  /** What was typed; the defaults where nothing was. */
  values: Record<string, string>;
  errors: FieldError[];
  /** The answers were posted without a script and are good. */
  checked: boolean;
  /** Address of the island. */
  script: string;
}

/** A procedure on one page: what is needed, the questions, the way to the signature. No login before, no confirmation after. */
export function ProcedurePage(props: ProcedurePageProps) {
  const { agency, procedure, values, checked } = props;
  const { definition } = procedure;
  const action = `${agency.basePath}/procedures/${definition.id}`;
  return (
    <Page {...props.look} title={definition.title} errors={props.errors} scripts={[props.script]}>
      {checked ? (
        <Notice title={texts.checked} kind="good" live>
          <P w={texts.checkedNext} />
          {definition.attachments.length > 0 ? <P w={texts.checkedFiles} /> : null}
        </Notice>
      ) : null}
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
      <form
        method="post"
        action={action}
        data-hand-over={`${action}/request`}
        data-draft={`${agency.basePath}/${definition.id}/${definition.version}`}
        data-home={`${agency.basePath}/`}
      >
        <div id="restored" hidden>
          <Notice live>
            <P w={texts.restored} />
            <button class="button button-text" type="button" id="forget">
              <T w={texts.forget} />
            </button>
          </Notice>
        </div>
        {definition.fields.map((field) => (
          <When when={field.when}>
            {isGroup(field) ? (
              <GroupControl group={field} values={values} />
            ) : (
              <FieldControl field={field} name={field.id} value={values[field.id]} />
            )}
          </When>
        ))}
        {definition.attachments.map((rule) => (
          <When when={rule.when}>
            <AttachmentControl rule={rule} />
          </When>
        ))}
        <HandOver agency={agency} />
        <ButtonRow>
          <Button label={texts.toSigning} />
          <Button label={texts.stop} kind="secondary" href={`${agency.basePath}/`} id="stop" />
        </ButtonRow>
        <div id="stop-note" hidden>
          <P w={texts.stopNote} quiet />
        </div>
      </form>
    </Page>
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

/**
 * A question under a condition: the island hides it while the condition is false, where that is a matter of one field's values; any other
 * condition, and every one without a script, leaves it there, and the server drops what was not asked for.
 */
function When({ when, children }: PropsWithChildren<{ when: Condition | undefined }>) {
  if (!when || !('is' in when)) return <>{children}</>;
  return (
    <div data-when={when.field} data-is={JSON.stringify(when.is)}>
      {children}
    </div>
  );
}
