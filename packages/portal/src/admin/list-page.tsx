import {
  Button,
  ButtonRow,
  type FieldError,
  FileInput,
  fill,
  H2,
  Notice,
  P,
  T,
  Table,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { EditableFile } from '../content/content.js';
import type { Version } from '../content/versions.js';
import type { CsvFault } from '../csv-read.js';
import { Frame, type View } from '../frame.js';
import { Moment } from '../helpdesk/contact-pages.js';
import type { Differences } from './differences.js';
import { type Listing, type Row, saidBy, type Values } from './listing.js';
import { versionName } from './pages.js';
import { Changes, Csrf, Faults } from './parts.js';
import { filePages, fileWords, texts as text } from './words.js';

interface ListProps {
  view: View;
  file: EditableFile;
  listing: Listing;
  /** Undefined: the text is no list now. */
  rows: readonly Row[] | undefined;
  query: string;
  /** How it stands with an entry, where that can be known. */
  statusOf?: ((values: Values) => Words) | undefined;
  draft: boolean;
  faults: readonly CsvFault[];
  changes: Differences | undefined;
  versions: readonly Version[];
  csrf: string;
  errors?: FieldError[];
  notice?: Words | undefined;
}

/** One file as a list: what the draft changes, the entries, and the versions that were published. */
export function ListPage(props: ListProps) {
  const { view, file, draft, faults, changes, versions, csrf, errors = [], notice } = props;
  const seen = versions[0]?.version ?? 0;
  return (
    <Frame view={view} title={fileWords[file]} errors={errors} back={{ href: '/admin' }} wide>
      {notice === undefined ? null : <Notice title={notice} kind="good" live />}
      <Faults faults={faults} />
      {draft ? (
        <form method="post" action={`/admin/${file}/publish`}>
          <Csrf csrf={csrf} />
          <input type="hidden" name="seen" value={String(seen)} />
          <ButtonRow>
            {faults.length > 0 ? null : <Button label={text.publish} />}
            <Button label={text.see} kind="secondary" href={filePages[file]} newTab />
            <Button label={text.drop} kind="text" formAction={`/admin/${file}/drop`} />
          </ButtonRow>
        </form>
      ) : null}
      {changes === undefined ? null : <Changes title={text.changed} changes={changes} />}
      <Entries {...props} />
      <Files file={file} csrf={csrf} />
      <History {...{ file, versions, csrf, seen }} />
    </Frame>
  );
}

const mostRows = 100;

function Entries({ file, listing, rows, query, statusOf }: ListProps) {
  const { columns, shown, nameOf } = listing;
  const heads = columns.filter(({ name }) => shown.includes(name));
  const wanted = query.normalize('NFKC').toLowerCase();
  const found = (rows ?? []).filter(({ values }) =>
    Object.values(values).some((value) => value.normalize('NFKC').toLowerCase().includes(wanted)),
  );
  return (
    <>
      <H2 w={text.entries} id="entries" />
      {rows === undefined ? (
        <P w={text.noList} />
      ) : (
        <>
          <ButtonRow>
            <Button label={text.add} kind="secondary" href={`/admin/${file}/rows/new`} />
          </ButtonRow>
          {rows.length > 10 || query !== '' ? (
            <search>
              <form method="get" action={`/admin/${file}#entries`} class="search">
                <TextInput name="q" label={text.findLabel} value={query} type="search" plain />
                <Button label={text.find} kind="secondary" />
              </form>
            </search>
          ) : null}
          {found.length === 0 ? (
            <P w={text.noRows} />
          ) : (
            <Table
              id="rows"
              caption={fileWords[file]}
              head={[
                text.entry1,
                ...heads.map(({ label }) => label),
                ...(statusOf === undefined ? [] : [text.status]),
              ]}
              stack
              rows={found
                .slice(0, mostRows)
                .map(({ key, values }) => [
                  <a href={`/admin/${file}/rows/${key}`}>{nameOf(values)}</a>,
                  ...heads.map((column) => saidBy(column, values) || '—'),
                  ...(statusOf === undefined ? [] : [statusOf(values)]),
                ])}
            />
          )}
          {found.length > mostRows ? (
            <P w={fill(text.moreRows, { n: found.length - mostRows })} quiet />
          ) : null}
        </>
      )}
    </>
  );
}

function Files({ file, csrf }: { file: EditableFile; csrf: string }) {
  return (
    <>
      <H2 w={text.files1} id="file" />
      <p>
        <a href={`/admin/${file}/file`}>
          <T w={text.download} />
        </a>
      </p>
      <p>
        <a href={`/admin/${file}/text`}>
          <T w={text.asText} />
        </a>
      </p>
      <form method="post" action={`/admin/${file}`} enctype="multipart/form-data">
        <Csrf csrf={csrf} />
        <FileInput
          name="upload"
          label={text.upload}
          hint={text.importHint}
          accept={file.slice(file.indexOf('.'))}
          plain
        />
        <Button label={text.import} kind="secondary" />
      </form>
    </>
  );
}

function History(props: { file: EditableFile; versions: readonly Version[]; csrf: string; seen: number }) {
  const { file, versions, csrf, seen } = props;
  if (versions.length === 0) return null;
  const undo = (version: number) => (
    <form method="post" action={`/admin/${file}/undo`}>
      <Csrf csrf={csrf} />
      <input type="hidden" name="seen" value={String(seen)} />
      <input type="hidden" name="version" value={String(version)} />
      <Button label={text.undo} kind="text" />
    </form>
  );
  return (
    <Table
      id="versions"
      caption={text.history}
      head={[text.version, text.at, text.by, text.undo]}
      stack
      rows={[
        ...versions.map(({ version, at, admin, again }, place) => [
          <>
            <a href={`/admin/${file}/versions/${version}`}>
              <T w={versionName(version)} />
            </a>
            {again === undefined ? null : (
              <>
                {' '}
                (<T w={again === 0 ? text.original : fill(text.undone, { n: again })} />)
              </>
            )}
          </>,
          <Moment at={at} />,
          admin,
          place === 0 ? '—' : undo(version),
        ]),
        [<T w={text.original} />, '—', '—', undo(0)],
      ]}
    />
  );
}
