import {
  type Entry,
  type Field,
  isGroup,
  type ParsedDefinition,
  type ProcedureDefinition,
} from '@madoguchi/procedure';
import {
  Button,
  CheckboxGroup,
  easyFaults,
  type FieldError,
  FileInput,
  fill,
  H2,
  Notice,
  P,
  RadioGroup,
  SummaryList,
  T,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import { Csrf } from './parts.js';
import { texts as admin } from './words.js';

const text = {
  lead: {
    ja: '手続の定義（JSON）を貼るかファイルで選ぶと、誤りを行ごとに示し、正しければ申請のページの下見を出します。何も保存されません。',
    jaEasy: '{手続|てつづき}の ファイルを しらべます。のこしません。',
    en: 'Paste or choose a procedure definition (JSON): every fault is told with its line, and a good one is previewed as a form. Nothing is kept.',
  },
  definition: { ja: '定義（JSON）', jaEasy: 'ファイルの {中身|なかみ}', en: 'Definition (JSON)' },
  file: { ja: '定義のファイル', jaEasy: 'ファイル', en: 'File' },
  fileHint: {
    ja: '選ぶと、上の欄の代わりに使います。',
    jaEasy: 'えらぶと これを {使|つか}います。',
    en: 'When chosen it is used instead of the text above.',
  },
  check: { ja: '確かめて下見する', jaEasy: 'しらべる', en: 'Check and preview' },
  bad: {
    ja: '直すところが{n}か所あります。',
    jaEasy: '{直|なお}す ところが {n} あります。',
    en: 'Places to put right: {n}.',
  },
  fault: {
    ja: '{line}行目 {path}: {message}',
    jaEasy: '{line} {path}: {message}',
    en: 'Line {line}, {path}: {message}',
  },
  whole: { ja: '全体', jaEasy: 'ぜんぶ', en: 'the whole' },
  good: {
    ja: '正しい定義です: {id} 第{version}版',
    jaEasy: 'よい ファイルです: {id} {version}',
    en: 'A good definition: {id} {version}',
  },
  next: {
    ja: 'このファイルを、役所の設定にある手続のフォルダーに置いて起動し直すと、申請を受け付けます。',
    jaEasy: 'ファイルを {役所|やくしょ}の フォルダーに おきます。',
    en: 'Put this file into the agency’s folder of procedures and start it again: then people can apply.',
  },
  digest: { ja: '署名される要約（SHA-256）', jaEasy: 'SHA-256', en: 'SHA-256' },
  facts: { ja: 'カタログの内容', jaEasy: '{表|ひょう}の {中身|なかみ}', en: 'In the catalogue' },
  title: { ja: '手続の名前', jaEasy: '{名前|なまえ}', en: 'Title' },
  summary: { ja: '説明', jaEasy: '{説明|せつめい}', en: 'Summary' },
  needed: { ja: '必要なもの', jaEasy: 'いる もの', en: 'Needed' },
  minutes: { ja: '書く時間', jaEasy: '{時間|じかん}', en: 'Minutes to fill in' },
  days: { ja: '結果までの日数', jaEasy: '{結果|けっか}までの {日|ひ}', en: 'Days to the result' },
  fee: { ja: '手数料', jaEasy: 'お{金|かね}', en: 'Fee' },
  form: { ja: '申請のページの下見', jaEasy: 'ページの {下見|したみ}', en: 'Preview of the form' },
  formNote: {
    ja: 'ここで打った内容は、どこにも送られません。',
    jaEasy: 'どこにも {送|おく}りません。',
    en: 'What is typed here is sent nowhere.',
  },
  sometimes: {
    ja: '前の答えによって出ます',
    jaEasy: '{出|で}ない ときも あります',
    en: 'Shown for some answers only',
  },
  counted: { ja: '自動で計算されます', jaEasy: '{自動|じどう}で {出|で}ます', en: 'Calculated' },
  attachments: { ja: '添付するもの', jaEasy: 'つける もの', en: 'Attachments' },
  agree: { ja: 'はい', jaEasy: 'はい', en: 'Yes' },
} satisfies Record<string, Words>;

interface CheckPageProps {
  view: View;
  csrf: string;
  typed: string;
  /** Undefined before anything was checked. */
  checked: ParsedDefinition | undefined;
  errors?: FieldError[];
}

/** A definition as `madoguchi procedure check` reads it, in words, and what its form will look like. */
export function ProcedureCheckPage({ view, csrf, typed, checked, errors = [] }: CheckPageProps) {
  return (
    <Frame
      view={view}
      title={admin.procedures}
      lead={text.lead}
      errors={errors}
      back={{ href: '/admin' }}
      wide
    >
      {checked === undefined ? null : checked.ok ? (
        <Good definition={checked.definition} digest={checked.digest} />
      ) : (
        <Bad faults={checked.faults} />
      )}
      <form method="post" action="/admin/procedures" enctype="multipart/form-data">
        <Csrf csrf={csrf} />
        <TextInput name="definition" label={text.definition} rows={14} value={typed} plain />
        <FileInput name="file" label={text.file} hint={text.fileHint} accept=".json,application/json" plain />
        <Button label={text.check} />
      </form>
      {checked?.ok ? <FormPreview definition={checked.definition} /> : null}
    </Frame>
  );
}

/** The commonest faults in the reader's words; the others as the check says them. */
const known: readonly [RegExp, Words][] = [
  [/^is missing/, { ja: 'ありません', jaEasy: 'ありません', en: 'is missing' }],
  [
    /^unknown member/,
    { ja: '知らない名前です', jaEasy: 'しらない {名前|なまえ}です', en: 'is no name that is known' },
  ],
  [
    /^not strict JSON/,
    { ja: 'JSONとして読めません', jaEasy: 'JSONでは ありません', en: 'cannot be read as JSON' },
  ],
  [/^Invalid (?:input|option)/, { ja: '書き方が違います', jaEasy: 'ちがいます', en: 'has another form' }],
  [
    /^Too small/,
    { ja: '短すぎるか、少なすぎます', jaEasy: '{少|すく}ないです', en: 'is too short or too small' },
  ],
  [/^Too big/, { ja: '長すぎるか、多すぎます', jaEasy: '{多|おお}いです', en: 'is too long or too big' }],
];

function inWords(message: string): Words | string {
  const words = known.find(([form]) => form.test(message))?.[1];
  if (words === undefined) return message;
  const exactly = (said: string) => `${said} (${message.replaceAll('{', '{{')})`;
  return { ja: exactly(words.ja), jaEasy: words.jaEasy, en: words.en };
}

type Faults = Extract<ParsedDefinition, { ok: false }>['faults'];

function Bad({ faults }: { faults: Faults }) {
  return (
    <Notice title={fill(text.bad, { n: faults.length })} kind="bad" live>
      <ul>
        {faults.map(({ line, path, message }) => (
          <li>
            <T
              w={fill(text.fault, {
                line: line ?? '?',
                path: path === '' ? text.whole : path.split('/').slice(1).join(' › '),
                message: inWords(message),
              })}
            />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Every easy text in it, however deep. */
function easyTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'jaEasy' && typeof inner === 'string' ? [inner] : easyTexts(inner),
  );
}

function Good({ definition, digest }: { definition: ProcedureDefinition; digest: string }) {
  const { id, version, requirements } = definition;
  const hard = easyTexts(definition).flatMap((easy) => easyFaults(easy).map(({ at }) => at));
  return (
    <>
      <Notice title={fill(text.good, { id, version })} kind="good" live>
        <P w={text.next} />
      </Notice>
      {hard.length === 0 ? null : (
        <Notice title={admin.remarks} kind="check">
          <ul>
            {hard.slice(0, 20).map((at) => (
              <li>{at}</li>
            ))}
          </ul>
        </Notice>
      )}
      <H2 w={text.facts} />
      <SummaryList
        rows={[
          { label: text.title, value: definition.title },
          { label: text.summary, value: definition.summary },
          {
            label: text.needed,
            value: (
              <ul>
                {requirements.map((item) => (
                  <li>
                    <T w={item} />
                  </li>
                ))}
              </ul>
            ),
          },
          { label: text.minutes, value: String(definition.minutes) },
          { label: text.days, value: String(definition.processingDays) },
          { label: text.fee, value: definition.fee },
          { label: text.digest, value: digest },
        ]}
      />
    </>
  );
}

function FormPreview({ definition }: { definition: ProcedureDefinition }) {
  return (
    <>
      <H2 w={text.form} id="preview" />
      <P w={text.formNote} quiet />
      <div class="notice">
        <h3>
          <T w={definition.title} />
        </h3>
        <Entries entries={definition.fields} />
        {definition.attachments.map(({ id, label, hint, required }) => (
          <FileInput name={`preview-${id}`} label={label} hint={hint} required={required} />
        ))}
      </div>
    </>
  );
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  return (
    <>
      {entries.map((entry) => (
        <>
          {entry.when === undefined ? null : <P w={text.sometimes} quiet />}
          {isGroup(entry) ? (
            <fieldset class="group">
              <legend class="group-label">
                <T w={entry.label} />
              </legend>
              <Entries entries={entry.fields} />
            </fieldset>
          ) : (
            <Question field={entry} />
          )}
        </>
      ))}
    </>
  );
}

function Question({ field }: { field: Field }) {
  const { id, kind, label, hint, required, options = [], unit } = field;
  const shared = { name: `preview-${id}`, label, hint, required };
  switch (kind) {
    case 'choice':
      return <RadioGroup {...shared} options={options} value={field.default} />;
    case 'choices':
      return <CheckboxGroup {...shared} options={options} values={[]} />;
    case 'consent':
      return <CheckboxGroup {...shared} options={[{ value: 'yes', label: text.agree }]} values={[]} />;
    case 'longText':
      return <TextInput {...shared} rows={5} value={field.default} />;
    case 'total':
      return <TextInput {...shared} hint={text.counted} value="" unit={unit} width="medium" />;
    case 'number':
    case 'decimal':
    case 'money':
    case 'date':
    case 'month':
    case 'year':
    case 'postcode':
    case 'telephone':
    case 'digits':
      return <TextInput {...shared} value={field.default} unit={unit} width="medium" />;
    case 'text':
    case 'name':
    case 'kana':
    case 'address':
    case 'email':
      return <TextInput {...shared} value={field.default} unit={unit} />;
  }
}
