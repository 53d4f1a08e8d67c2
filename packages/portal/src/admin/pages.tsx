import { Button, fill, Notice, P, T, Table } from '@madoguchi/ui';
import type { EditableFile } from '../content/content.js';
import { Frame, type View } from '../frame.js';
import { fileWords, texts as text } from './words.js';

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

/** 第3版, or as it came. */
export const versionName = (n: number) => (n === 0 ? text.original : fill(text.versionValue, { n }));

/** What can be changed. */
export function AdminPage({ view, files, csrf }: { view: View; files: readonly FileLine[]; csrf: string }) {
  return (
    <Frame view={view} title={text.title} lead={text.lead} wide>
      <Table
        id="files"
        caption={text.files}
        stack
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
      <p>
        <a href="/admin/procedures">
          <T w={text.procedures} />
        </a>
      </p>
      <form method="post" action="/admin/leave">
        <input type="hidden" name="csrf" value={csrf} />
        <Button label={text.leave} kind="text" />
      </form>
    </Frame>
  );
}
