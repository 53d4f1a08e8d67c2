import { fill, H2, Notice, P, T, Table, type Words } from '@madoguchi/ui';
import type { CsvFault } from '../csv-read.js';
import type { Difference, Differences } from './differences.js';
import { texts as text } from './words.js';

/** What has to be put right before a file can be published. */
export function Faults({ faults }: { faults: readonly CsvFault[] }) {
  if (faults.length === 0) return null;
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

/** The token that every form of the management carries. */
export const Csrf = ({ csrf }: { csrf: string }) => <input type="hidden" name="csrf" value={csrf} />;

const most = 40;
const kinds: Record<Difference['kind'], Words> = {
  added: text.added,
  removed: text.removed,
  changed: text.changedOne,
};

/** What a draft or a version changes, under a heading. */
export function Changes({ title, changes }: { title: Words; changes: Differences }) {
  const count = changes.kind === 'lines' ? changes.lines.length : changes.entries.length;
  return (
    <>
      <H2 w={title} id="changes" />
      {count === 0 ? <P w={text.order} /> : null}
      {changes.kind === 'lines' ? (
        <ul class="changes">
          {changes.lines.slice(0, most).map(({ kind, text: line }) => (
            <li>{kind === 'in' ? <ins>＋ {line}</ins> : <del>− {line}</del>}</li>
          ))}
        </ul>
      ) : (
        changes.entries.slice(0, most).map((entry, index) => <Entry entry={entry} index={index} />)
      )}
      {count > most ? <P w={fill(text.more, { n: count - most })} quiet /> : null}
    </>
  );
}

function Entry({ entry, index }: { entry: Difference; index: number }) {
  const { kind, name, fields } = entry;
  const cell = (said: Words | string, gone: boolean) => {
    if (said === '') return '—';
    const inside = typeof said === 'string' ? <span class="written">{said}</span> : <T w={said} />;
    return gone ? <del>{inside}</del> : <ins>{inside}</ins>;
  };
  return (
    <Table
      id={`change-${index + 1}`}
      caption={fill(kinds[kind], { name })}
      head={[
        text.column,
        ...(kind === 'added' ? [] : [text.before]),
        ...(kind === 'removed' ? [] : [kind === 'added' ? text.text : text.after]),
      ]}
      stack
      rows={fields.map(({ label, before, after }) => [
        label,
        ...(kind === 'added' ? [] : [cell(before, true)]),
        ...(kind === 'removed' ? [] : [cell(after, false)]),
      ])}
    />
  );
}
