import {
  Details,
  type FieldError,
  fill,
  Notice,
  P,
  Page,
  type PageProps,
  SummaryList,
  T,
} from '@madoguchi/ui';
import type { AgencyConfig, LoadedProcedure } from '../options.js';
import { ApplicationForm } from './application-form.js';
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
  return (
    <Page {...props.look} title={definition.title} errors={props.errors} modules={[props.script]}>
      {checked ? (
        <Notice title={texts.checked} kind="good" live>
          <P w={texts.checkedNext} />
          {definition.attachments.length > 0 ? <P w={texts.checkedFiles} /> : null}
        </Notice>
      ) : null}
      {place.isFirst ? <Before procedure={procedure} /> : null}
      <ApplicationForm
        agency={agency}
        definition={definition}
        address={action}
        draft={`${agency.basePath}/${definition.id}/${definition.version}`}
        {...{ typed, place }}
        posted={props.posted}
      />
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
      <Details summary={texts.basis}>
        <Basis form={definition.form} />
      </Details>
    </>
  );
}

/** The law and the printed form that this one follows, and what of it is not asked here. Names of laws and forms stand as they are. */
function Basis({ form }: Pick<LoadedProcedure['definition'], 'form'>) {
  const { basis, style, sources = [], omitted = [] } = form;
  const names = (list: readonly string[]) => (
    <span lang="ja">
      {list.map((name, index) => (
        <>
          {index === 0 ? null : <br />}
          {name}
        </>
      ))}
    </span>
  );
  return (
    <>
      <SummaryList
        rows={[
          { label: texts.basisLaw, value: names([basis]) },
          ...(style === undefined ? [] : [{ label: texts.basisStyle, value: names([style]) }]),
          ...(sources.length === 0 ? [] : [{ label: texts.basisSources, value: names(sources) }]),
        ]}
      />
      {omitted.map((words) => (
        <P w={words} />
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
