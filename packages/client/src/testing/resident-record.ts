import { parseDefinition } from '@madoguchi/procedure';

const yesNo = (yes: string, no: string) => [
  { value: 'no', label: { ja: no, jaEasy: no, en: 'No' } },
  { value: 'yes', label: { ja: yes, jaEasy: yes, en: 'Yes' } },
];

/** 住民票の写しの交付申請, as a city would define it, with a free text and an attachment for the tests. */
const json = {
  id: 'juminhyo',
  version: '1.0',
  title: {
    ja: '住民票の写しの交付申請',
    jaEasy: '{住民票|じゅうみんひょう}の {写|うつ}しの {申請|しんせい}',
    en: 'Copy of the resident record',
  },
  summary: {
    ja: '住民票の写しを申請します。',
    jaEasy: '{住民票|じゅうみんひょう}を もらいます。',
    en: 'Ask for a copy.',
  },
  form: { basis: '住民基本台帳法 第12条' },
  minutes: 3,
  fee: { ja: '300円', jaEasy: '300{円|えん}', en: '300 yen' },
  requirements: [{ ja: 'マイナンバーカード', jaEasy: 'マイナンバーカード', en: 'My Number Card' }],
  fields: [
    {
      id: 'scope',
      kind: 'choice',
      label: { ja: '対象', jaEasy: 'だれの', en: 'Whose' },
      required: true,
      options: [
        { value: 'self', label: { ja: '本人', jaEasy: 'じぶん', en: 'Myself' } },
        { value: 'household', label: { ja: '世帯全員', jaEasy: 'かぞく ぜんいん', en: 'Household' } },
      ],
    },
    {
      id: 'copies',
      kind: 'number',
      label: { ja: '通数', jaEasy: 'なんまい', en: 'Copies' },
      unit: { ja: '通', jaEasy: 'まい', en: 'copies' },
      required: true,
      min: 1,
      max: 10,
    },
    {
      id: 'domicile',
      kind: 'choice',
      label: { ja: '本籍', jaEasy: '{本籍|ほんせき}', en: 'Domicile' },
      required: true,
      options: yesNo('のせる', 'のせない'),
    },
    {
      id: 'note',
      kind: 'text',
      label: { ja: '連絡事項', jaEasy: 'れんらく', en: 'Note' },
      required: false,
      maxLength: 200,
    },
  ],
  attachments: [
    {
      id: 'letter',
      label: { ja: '委任状', jaEasy: '{委任状|いにんじょう}', en: 'Letter of attorney' },
      required: false,
      types: ['pdf', 'html'],
      maxBytes: 5_000_000,
      maxFiles: 2,
    },
  ],
  match: ['name', 'address', 'birthDate', 'sex'],
  processingDays: 3,
  next: { ja: '郵送します。', jaEasy: '{送|おく}ります。', en: 'We send it by post.' },
  contact: {
    name: { ja: '市民課', jaEasy: '{市民課|しみんか}', en: 'Citizens’ desk' },
    telephone: '099-000-0000',
  },
  receiver: 'here',
  oneOpenPerPerson: false,
};

const parsed = parseDefinition(json);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
export const residentRecord = { ...parsed, text: Buffer.from(parsed.bytes).toString('utf8') };
