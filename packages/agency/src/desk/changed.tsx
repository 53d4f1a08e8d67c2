import { H2, P, T, Table } from '@madoguchi/ui';
import type { ChangedRow } from './compare-drawn.js';
import { texts } from './texts.js';

/** 補正で変わったところ: before and after, side by side. */
export function Changed({ changed }: { changed: readonly ChangedRow[] }) {
  return (
    <>
      <H2 w={texts.changed} id="changed" />
      {changed.length === 0 ? (
        <P w={texts.changedNone} />
      ) : (
        <Table
          id="changes"
          stack
          caption={texts.changed}
          head={[texts.item, texts.before, texts.after]}
          rows={changed.map(({ row, label, before, after }) => [
            <>
              {row === undefined ? null : (
                <>
                  <T w={row} />{' '}
                </>
              )}
              <T w={label} />
            </>,
            before ?? texts.nothing,
            after ?? texts.nothing,
          ])}
        />
      )}
    </>
  );
}
