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
} from '@madoguchi/ui';
import type { EditableFile } from '../content/content.js';
import type { Version } from '../content/versions.js';
import type { CsvFault } from '../csv-read.js';
import { Frame, type View } from '../frame.js';
import { Moment } from '../helpdesk/contact-pages.js';
import type { ChangedLine } from './changes.js';
import { filePages, fileWords, texts as text } from './words.js';

/** In front of the management: how an operator gets in. */
export function AdminEntryPage({ view, used }: { view: View; used: boolean }) {
  return (
    <Frame view={view} title={text.entryTitle}>
      {used ? <Notice title={text.used} kind="bad" live /> : null}
      <P w={text.entry} />
    </Frame>
  );
}

export interface FileLine {
  file: EditableFile;
  rows: number;
  version: number;
  draft: boolean;
}

const versionName = (n: number) => (n === 0 ? text.original : fill(text.versionValue, { n }));

/** What can be changed. */
export function AdminPage({ view, files, csrf }: { view: View; files: readonly FileLine[]; csrf: string }) {
  return (
    <Frame view={view} title={text.title} lead={text.lead} wide>
      <Table
        id="files"
        caption={text.files}
        head={[text.file, text.rows, text.version, text.draft]}
        numeric={[1]}
        rows={files.map(({ file, rows, version, draft }) => [
          <a href={`/admin/${file}`}>
            <T w={fileWords[file]} />
          </a>,
          String(rows),
          versionName(version),
          draft ? text.has : text.hasNot,
        ])}
      />
      <form method="post" action="/admin/leave">
        <input type="hidden" name="csrf" value={csrf} />
        <Button label={text.leave} kind="text" />
      </form>
    </Frame>
  );
}

interface FileProps {
  view: View;
  file: EditableFile;
  /** What stands in the field: the draft, or what is published. */
  content: string;
  draft: boolean;
  faults: readonly CsvFault[];
  changes: readonly ChangedLine[];
  versions: readonly Version[];
  csrf: string;
  errors?: FieldError[];
  done?: boolean;
}

const mostLines = 40;

/** One file: its text, what the draft changes, its earlier versions. */
export function FilePage(props: FileProps) {
  const { view, file, content, draft, faults, changes, versions, csrf, errors = [], done = false } = props;
  const seen = versions[0]?.version ?? 0;
  return (
    <Frame view={view} title={fileWords[file]} errors={errors} back={{ href: '/admin' }} wide>
      {done ? <Notice title={text.published} kind="good" live /> : null}
      {faults.length > 0 ? <Faults faults={faults} /> : null}
      {draft ? <Changes changes={changes} /> : null}
      {draft ? (
        <form method="post" action={`/admin/${file}/publish`}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="seen" value={String(seen)} />
          <ButtonRow>
            {faults.length > 0 ? null : <Button label={text.publish} />}
            <Button label={text.see} kind="secondary" href={filePages[file]} newTab />
            <Button label={text.drop} kind="text" formAction={`/admin/${file}/drop`} />
          </ButtonRow>
        </form>
      ) : null}
      <form method="post" action={`/admin/${file}`} enctype="multipart/form-data">
        <input type="hidden" name="csrf" value={csrf} />
        <TextInput name="text" label={text.text} hint={text.textHint} rows={16} value={content} plain />
        <p>
          <a href={`/admin/${file}/file`}>
            <T w={text.download} />
          </a>
        </p>
        <FileInput
          name="upload"
          label={text.upload}
          hint={text.uploadHint}
          accept={file.slice(file.indexOf('.'))}
        />
        <Button label={text.save} kind={draft ? 'secondary' : 'primary'} />
      </form>
      <History {...{ file, versions, csrf, seen }} />
    </Frame>
  );
}

function Faults({ faults }: { faults: readonly CsvFault[] }) {
  return (
    <Notice title={text.faulty} kind="bad" live>
      <ul>
        {faults.slice(0, 20).map(({ line, message }) => (
          <li>
            <T w={fill(text.line, { line, message })} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Changes({ changes }: { changes: readonly ChangedLine[] }) {
  return (
    <>
      <H2 w={text.changed} />
      {changes.length === 0 ? <P w={text.none} /> : null}
      <ul class="changes">
        {changes.slice(0, mostLines).map(({ kind, text: line }) => (
          <li>{kind === 'in' ? <ins>＋ {line}</ins> : <del>− {line}</del>}</li>
        ))}
      </ul>
      {changes.length > mostLines ? <P w={fill(text.more, { n: changes.length - mostLines })} quiet /> : null}
    </>
  );
}

function History(props: { file: EditableFile; versions: readonly Version[]; csrf: string; seen: number }) {
  const { file, versions, csrf, seen } = props;
  if (versions.length === 0) return null;
  const undo = (version: number) => (
    <form method="post" action={`/admin/${file}/undo`}>
      <input type="hidden" name="csrf" value={csrf} />
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
          again === undefined ? (
            <T w={versionName(version)} />
          ) : (
            <>
              <T w={versionName(version)} /> (
              <T w={again === 0 ? text.original : fill(text.undone, { n: again })} />)
            </>
          ),
          <Moment at={at} />,
          admin,
          place === 0 ? '—' : undo(version),
        ]),
        [<T w={text.original} />, '—', '—', undo(0)],
      ]}
    />
  );
}
