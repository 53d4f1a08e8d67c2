import {
  Button,
  ButtonRow,
  type FieldError,
  fill,
  formatDate,
  H2,
  Notice,
  P,
  Page,
  type PageProps,
  Select,
  T,
  Table,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { DeskSession } from '../desk/session.js';
import type { VariantKind } from '../matching/index.js';
import type { OwnVariant, Proposal } from './rows.js';
import { kindWords, variantTexts as texts } from './texts.js';

interface VariantsPageProps {
  readonly look: Omit<PageProps, 'title'>;
  readonly back: NonNullable<PageProps['back']>;
  /** The page's own address. */
  readonly here: string;
  readonly session: DeskSession;
  readonly shipped: number;
  readonly rows: readonly OwnVariant[];
  readonly may: { readonly propose: boolean; readonly confirm: boolean };
  readonly typed: Proposal;
  readonly errors: readonly FieldError[];
  /** Of an act on a row. */
  readonly fault?: Words | undefined;
  /** Just proposed. */
  readonly done: boolean;
}

const kinds = Object.keys(kindWords) as VariantKind[];

/** 異体字の表: the agency's own rows, proposed by one officer, put in force by another. */
export function VariantsPage(props: VariantsPageProps) {
  const { look, here, session, rows, may, typed, errors, fault } = props;
  const { register } = look.prefs;
  return (
    <Page {...look} title={texts.title} lead={texts.lead} wide back={props.back} errors={errors}>
      {fault === undefined ? null : (
        <Notice kind="bad" live>
          <P w={fault} />
        </Notice>
      )}
      {props.done ? (
        <Notice kind="good" live>
          <P w={texts.proposed} />
        </Notice>
      ) : null}
      <P w={fill(texts.shipped, { count: String(props.shipped) })} quiet />
      {rows.length === 0 ? (
        <P w={texts.none} />
      ) : (
        <Table
          id="variants"
          stack
          caption={texts.rows}
          head={[texts.forms, texts.kind, texts.note, texts.who, texts.state]}
          rows={rows.map((row) => [
            <span class="officers-words">{Array.from(row.forms).join('・')}</span>,
            <T w={kindWords[row.kind]} />,
            row.note,
            `${row.proposedBy} ${formatDate(row.proposedAt, register, { wareki: false })}`,
            <RowState row={row} here={here} session={session} mayConfirm={may.confirm} />,
          ])}
        />
      )}
      <P w={texts.effect} quiet />
      <p>
        <a href={`${here}/file.tsv`} download>
          <T w={texts.file} />
        </a>
      </p>
      {may.propose ? <ProposalForm here={here} csrf={session.csrf} typed={typed} /> : null}
    </Page>
  );
}

function ProposalForm({ here, csrf, typed }: { here: string; csrf: string; typed: Proposal }) {
  return (
    <form method="post" action={here}>
      <H2 w={texts.propose} />
      <input type="hidden" name="csrf" value={csrf} />
      <Select
        name="kind"
        label={texts.kind}
        required
        value={typed.kind}
        options={kinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
      />
      <TextInput
        name="forms"
        label={texts.forms}
        hint={texts.formsHint}
        width="medium"
        required
        value={typed.forms}
        autocomplete="off"
      />
      <TextInput
        name="note"
        label={texts.note}
        hint={texts.noteHint}
        required
        value={typed.note}
        autocomplete="off"
      />
      <ButtonRow>
        <Button label={texts.propose} />
      </ButtonRow>
    </form>
  );
}

function RowState(props: { row: OwnVariant; here: string; session: DeskSession; mayConfirm: boolean }) {
  const { row, here, session, mayConfirm } = props;
  if (row.endedBy !== null) return <T w={fill(texts.ended, { by: row.endedBy })} />;
  const isMine = row.proposedBy === session.officer;
  const waits = row.confirmedBy === null;
  const act = (name: 'confirm' | 'end', label: Words) => (
    <form method="post" action={`${here}/${row.id}/${name}`}>
      <input type="hidden" name="csrf" value={session.csrf} />
      <Button label={label} kind="text" />
      <span class="visually-hidden"> {row.forms}</span>
    </form>
  );
  return (
    <>
      <T w={row.confirmedBy === null ? texts.waiting : fill(texts.inForce, { by: row.confirmedBy })} />
      {waits && mayConfirm && !isMine ? act('confirm', texts.confirm) : null}
      {mayConfirm || (waits && isMine) ? act('end', texts.end) : null}
    </>
  );
}
