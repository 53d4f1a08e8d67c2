import type { Application, DrawnRow } from '@madoguchi/procedure';
import { markText } from '@madoguchi/procedure';
import { Details, P, T, Table, type Words, words } from '@madoguchi/ui';
import { identityWords } from '../verification/words.js';

const texts = {
  title: { ja: '基幹システムへ写す', jaEasy: 'ほかの システムへ うつす', en: 'Copy into a core system' },
  lead: {
    ja: '署名されたままの値です。項目の記号は、CSVやAPIと同じです。',
    jaEasy: '{署名|しょめい}された ままの {値|あたい}です。',
    en: 'The values as they were signed. Each field has the same id as in CSV and API.',
  },
  field: { ja: '記号', jaEasy: '{記号|きごう}', en: 'Id' },
  item: { ja: '項目', jaEasy: '{項目|こうもく}', en: 'Item' },
  value: { ja: '値', jaEasy: '{値|あたい}', en: 'Value' },
  copy: { ja: '写す', jaEasy: 'うつす', en: 'Copy' },
  copied: { ja: '写しました', jaEasy: 'うつしました', en: 'Copied' },
} as const satisfies Record<string, Words>;

interface CopyField {
  readonly id: string;
  readonly label: Words | string;
  readonly value: string;
}

/** The applicant's items and the signed answers, each by its id. */
export function copyFields(application: Application, drawn: readonly DrawnRow[]): CopyField[] {
  const items = (['name', 'address', 'birthDate', 'sex'] as const).map((id) => ({
    id: `applicant.${id}`,
    label: identityWords.fields[id],
    value: application.applicant[id],
  }));
  const answers = Object.entries(application.answers).map(([id, value]) => ({
    id,
    label: drawn.find((row) => row.id === id)?.label ?? id,
    value,
  }));
  return [...items, ...answers];
}

/**
 * Levels 1 and 2 of the hand-over (画面からの転記, RPA): every value under its field's id, with a button that copies it. A robot finds `[data-field="…"]`; without
 * a script the value is there to be marked.
 */
export function CopySection({ fields, register }: { fields: readonly CopyField[]; register: keyof Words }) {
  return (
    <Details summary={texts.title}>
      <P w={texts.lead} quiet />
      <Table
        id="copy"
        stack
        caption={texts.title}
        head={[texts.item, texts.field, texts.value, texts.copy]}
        rows={fields.map(({ id, label, value }, index) => [
          <T w={label} />,
          <code>{id}</code>,
          <span id={`copy-${index}`} data-field={id} class="breaks">
            {markText(value)}
          </span>,
          <button
            class="button button-text"
            type="button"
            hidden
            data-copy={`copy-${index}`}
            data-copied={words(texts.copied, register)}
            data-value={value}
          >
            <T w={texts.copy} />
            <span class="visually-hidden">
              {' '}
              <T w={label} />
            </span>
          </button>,
        ])}
      />
    </Details>
  );
}
