import {
  Button,
  ButtonRow,
  type FieldError,
  FileInput,
  fill,
  formatDate,
  Notice,
  P,
  Select,
  T,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { EditableFile } from '../content/content.js';
import type { Version } from '../content/versions.js';
import type { CsvFault } from '../csv-read.js';
import { Frame, type View } from '../frame.js';
import type { Differences } from './differences.js';
import type { Column, Listing, Values } from './listing.js';
import { Changes, Csrf, Faults } from './parts.js';
import { fileWords, texts as text } from './words.js';

interface RowProps {
  view: View;
  file: EditableFile;
  listing: Listing;
  /** Undefined: a new entry. */
  rowKey: string | undefined;
  values: Values;
  remarks: readonly Words[];
  csrf: string;
  saved?: boolean;
  errors?: FieldError[];
}

/** One entry as a form. */
export function RowPage(props: RowProps) {
  const { view, file, listing, rowKey, values, remarks, csrf, saved = false, errors = [] } = props;
  const where = `/admin/${file}/rows/${rowKey ?? 'new'}`;
  const title = fill(rowKey === undefined ? text.addTitle : text.change, { file: fileWords[file] });
  return (
    <Frame view={view} title={title} errors={errors} back={{ href: `/admin/${file}` }}>
      {saved ? <Notice title={text.saved} kind="good" live /> : null}
      {remarks.length === 0 ? null : (
        <Notice title={text.remarks} kind="check">
          <ul>
            {remarks.map((remark) => (
              <li>
                <T w={remark} />
              </li>
            ))}
          </ul>
          <P w={text.remarksNote} quiet />
        </Notice>
      )}
      <form method="post" action={where}>
        <Csrf csrf={csrf} />
        {listing.columns.map((column) => (
          <Control column={column} value={values[column.name] ?? ''} />
        ))}
        <ButtonRow>
          <Button label={text.keep} />
          {rowKey === undefined ? null : (
            <Button label={text.remove} kind="text" formAction={`${where}/remove`} />
          )}
        </ButtonRow>
      </form>
    </Frame>
  );
}

function Control({ column, value }: { column: Column; value: string }) {
  const { name, label, hint, required = false, control } = column;
  const field = { name, label, hint, required, value };
  if (typeof control === 'object') return <Select {...field} options={control.options} />;
  if (control === 'lines')
    return <TextInput {...field} rows={Math.min(12, Math.max(3, value.split('\n').length + 1))} />;
  return <TextInput {...field} width={control === 'short' ? 'medium' : 'full'} />;
}

interface TextProps {
  view: View;
  file: EditableFile;
  content: string;
  faults: readonly CsvFault[];
  csrf: string;
  errors?: FieldError[];
}

/** The expert's way: the file as it is. */
export function TextPage({ view, file, content, faults, csrf, errors = [] }: TextProps) {
  const title = fill(text.asTextTitle, { file: fileWords[file] });
  return (
    <Frame view={view} title={title} errors={errors} back={{ href: `/admin/${file}` }} wide>
      <Faults faults={faults} />
      <form method="post" action={`/admin/${file}`} enctype="multipart/form-data">
        <Csrf csrf={csrf} />
        <TextInput name="text" label={text.text} hint={text.textHint} rows={20} value={content} plain />
        <FileInput
          name="upload"
          label={text.upload}
          hint={text.uploadHint}
          accept={file.slice(file.indexOf('.'))}
          plain
        />
        <Button label={text.save} />
      </form>
    </Frame>
  );
}

interface VersionProps {
  view: View;
  file: EditableFile;
  version: Version;
  changes: Differences;
}

/** Who published a version, when, and what it changed. */
export function VersionPage({ view, file, version: { version, at, admin }, changes }: VersionProps) {
  const when = formatDate(at, view.prefs.register, { time: true });
  return (
    <Frame
      view={view}
      title={fill(text.versionTitle, { file: fileWords[file], n: version })}
      back={{ href: `/admin/${file}` }}
      wide
    >
      <P w={fill(text.versionBy, { at: when, admin })} />
      <Changes title={text.versionChanges} changes={changes} />
    </Frame>
  );
}
