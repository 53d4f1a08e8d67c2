import { markText } from '@madoguchi/procedure';
import { type FieldError, fieldId, fill, formatDay, Notice, P, Page, type PageProps, T } from '@madoguchi/ui';
import type { CaseRow } from '../cases/queries.js';
import { ApplicationForm } from '../forms/application-form.js';
import type { KeptFile } from '../forms/controls.js';
import { type Place, placeOf } from '../forms/steps.js';
import { texts as formTexts } from '../forms/texts.js';
import type { Typed } from '../forms/typed.js';
import type { AgencyConfig, LoadedProcedure } from '../options.js';
import { type AskedCorrection, labelOf } from './asked.js';
import { texts } from './texts.js';

type Look = Omit<PageProps, 'title'>;

interface RelatedPageProps {
  look: Look;
  agency: AgencyConfig;
  row: CaseRow;
  procedure: LoadedProcedure;
  /** Name of the draft on the reader's device: of this very correction. */
  draft: string;
  typed: Typed;
  errors: FieldError[];
  posted: boolean;
  checked: boolean;
  script: string;
}

/** All questions on one page, however long the form: who corrects sees everything at once, and nothing stands between it and the signature. */
function onePage({ definition }: LoadedProcedure): Place {
  const { steps: _, ...whole } = definition;
  return placeOf(whole, 0);
}

/** 補正: what the office asks, and the form with the earlier answers. */
export function CorrectionPage(
  props: RelatedPageProps & { asked: AskedCorrection; kept: readonly KeptFile[]; today: string },
) {
  const { look, row, procedure, asked } = props;
  const { definition } = procedure;
  const { register } = look.prefs;
  return (
    <Page {...frame(props)} title={texts.correction} lead={definition.title}>
      <Notice kind="check" title={texts.asked}>
        <p class="officers-words">{markText(asked.reason)}</p>
        {asked.fields.length === 0 ? null : (
          <ul>
            {asked.fields.map((name) => (
              <li>
                <a href={`#${fieldId(name)}`}>
                  <T w={labelOf(definition, name)} />
                </a>
              </li>
            ))}
          </ul>
        )}
        {row.correctBy === null ? null : (
          <P w={fill(texts.until, { day: formatDay(row.correctBy, register) })} />
        )}
        {row.correctBy !== null && row.correctBy < props.today ? <P w={texts.late} /> : null}
      </Notice>
      <Checked {...props} />
      <P w={texts.how} />
      <ApplicationForm
        agency={props.agency}
        definition={definition}
        address={`${props.agency.basePath}/applications/${row.receiptNumber}/correction`}
        draft={props.draft}
        typed={props.typed}
        place={onePage(procedure)}
        posted={props.posted}
        marked={new Set(asked.fields)}
        kept={props.kept}
      />
    </Page>
  );
}

/** 取下げ: what is withdrawn, and the way to the signature. */
export function WithdrawalPage(props: RelatedPageProps & { title: PageProps['title'] }) {
  const { row, procedure, title } = props;
  return (
    <Page {...frame(props)} title={texts.withdrawal}>
      <Notice kind="check">
        <P w={fill(texts.withdrawNote, { title, receipt: row.receiptNumber })} />
      </Notice>
      <Checked {...props} />
      <ApplicationForm
        agency={props.agency}
        definition={procedure.definition}
        address={`${props.agency.basePath}/applications/${row.receiptNumber}/withdrawal`}
        draft={props.draft}
        typed={props.typed}
        place={onePage(procedure)}
        posted={props.posted}
      />
    </Page>
  );
}

function frame({ look, agency, row, errors, script }: RelatedPageProps) {
  const back = { href: `${agency.basePath}/applications/${row.receiptNumber}`, label: texts.back };
  return { ...look, errors, modules: [script], back };
}

function Checked({ checked }: RelatedPageProps) {
  if (!checked) return null;
  return (
    <Notice title={formTexts.checked} kind="good" live>
      <P w={formTexts.checkedNext} />
    </Notice>
  );
}

/** Nothing can be corrected or withdrawn here now. */
export function NotNowPage({
  look,
  agency,
  row,
  why,
}: Pick<RelatedPageProps, 'look' | 'agency' | 'row'> & { why: keyof typeof texts }) {
  const back = { href: `${agency.basePath}/applications/${row.receiptNumber}`, label: texts.back };
  return (
    <Page {...look} title={texts.correction} back={back}>
      <P w={texts[why]} />
    </Page>
  );
}
