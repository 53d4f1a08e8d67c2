import type { Words } from '@madoguchi/ui';
import { readClasses } from '../classes/class-list.js';
import { readAgencies } from '../content/agencies.js';
import type { EditableFile } from '../content/content.js';
import { readNews } from '../content/news.js';
import { readShops } from '../shops.js';
import { address, inThreeRegisters, prefecture, sample, telephone } from './columns.js';
import { csvListing } from './csv-listing.js';
import type { Column, Listing } from './listing.js';
import { questionListing } from './question-listing.js';

const w = (ja: string, jaEasy: string, en: string): Words => ({ ja, jaEasy, en });

const dayFault = w(
  '日付を 2027-01-15 のように書いてください。',
  '2027-01-15 のように {書|か}いて ください。',
  'A day such as 2027-01-15.',
);

const news = csvListing({
  columns: [
    {
      name: 'date',
      label: w('出し始める日', 'いつから', 'From'),
      hint: w('例: 2027-01-15', '{例|れい}: 2027-01-15', 'For example 2027-01-15'),
      required: true,
      fault: dayFault,
      control: 'short',
    },
    {
      name: 'until',
      label: w('最後の日', 'いつまで', 'Until'),
      hint: w(
        '空のときは、消すまで出ます。',
        '{空|あ}けると ずっと {出|で}ます。',
        'Left empty it stays until it is removed.',
      ),
      fault: w(
        '出し始める日と同じか、あとの日を書いてください。',
        'はじめの {日|ひ}より あとです。',
        'A day not before the first, or nothing.',
      ),
      control: 'short',
    },
    ...inThreeRegisters({
      name: 'title',
      label: w('見出し', '{題|だい}', 'Title'),
      required: true,
      fault: w('1〜60字で書いてください。', '60{字|じ}までで {書|か}いて ください。', '1 to 60 characters.'),
      control: 'line',
    }),
    ...inThreeRegisters({
      name: 'text',
      label: w('本文', '{文|ぶん}', 'Text'),
      required: true,
      fault: w(
        '1〜400字で書いてください。',
        '400{字|じ}までで {書|か}いて ください。',
        '1 to 400 characters.',
      ),
      control: 'lines',
    }),
    {
      name: 'link',
      label: w('リンク先', 'リンク', 'Link'),
      hint: w(
        'このサイトのページだけです。例: /start',
        '{例|れい}: /start',
        'A page of this site, such as /start',
      ),
      fault: w(
        '/start のように、このサイトのページを書いてください。',
        '/start のように {書|か}いて ください。',
        'A page of this site such as /start, or nothing.',
      ),
      control: 'line',
    },
  ],
  shown: ['until', 'link'],
  nameOf: ({ date = '', title = '' }) => `${date} ${title}`,
  idOf: ({ date = '', title = '' }) => `${date} ${title}`,
  read: (text) => readNews(text).faults,
});

const name: Column = {
  name: 'name',
  label: w('店の名前', '{店|みせ}の {名前|なまえ}', 'Name of the shop'),
  required: true,
  fault: w(
    '名前を1〜60字で書いてください。同じ名前と住所の店は、1つだけです。',
    '{名前|なまえ}を {書|か}いて ください。{同|おな}じ {店|みせ}は 1つです。',
    'A name of 1 to 60 characters; the same name and address stand once only.',
  ),
  control: 'line',
};

const shops = csvListing({
  columns: [
    sample,
    prefecture,
    name,
    address,
    telephone,
    {
      name: 'note',
      label: w('ひとこと', 'ひとこと', 'Note'),
      hint: w('例: 10時〜20時', '{例|れい}: 10{時|じ}〜20{時|じ}', 'For example opening hours'),
      fault: w('120字までで書いてください。', '120{字|じ}までです。', 'At most 120 characters.'),
      control: 'line',
    },
  ],
  shown: ['prefecture', 'telephone'],
  nameOf: ({ name: shop = '', address: at = '' }) => `${shop} (${at})`,
  idOf: ({ name: shop = '', address: at = '' }) => `${shop} ${at}`,
  read: (text) => readShops(text).faults,
});

const number = (column: Pick<Column, 'name' | 'label'> & { least: number; most: number }): Column => ({
  name: column.name,
  label: column.label,
  required: true,
  fault: w(
    `${column.least}〜${column.most}の数字を書いてください。`,
    `${column.least}から ${column.most}までの {数字|すうじ}です。`,
    `A number from ${column.least} to ${column.most}.`,
  ),
  control: 'short',
});

const classes = csvListing({
  columns: [
    {
      name: 'id',
      label: w('記号', '{記号|きごう}', 'Id'),
      hint: w(
        'アドレスに使います。小文字の英字と数字だけ。例: kouza-1',
        '{例|れい}: kouza-1',
        'Part of its address: small letters, digits and hyphens',
      ),
      required: true,
      fault: w(
        '小文字の英字・数字・ハイフンで、ほかと違うものを書いてください。',
        '{小文字|こもじ}の {英字|えいじ}と {数字|すうじ}です。',
        'Small letters, digits and hyphens, up to 40, and not the same as another.',
      ),
      control: 'short',
    },
    sample,
    prefecture,
    ...inThreeRegisters({
      name: 'title',
      label: w('講座の名前', '{講座|こうざ}の {名前|なまえ}', 'Title'),
      required: true,
      fault: w('1〜60字で書いてください。', '60{字|じ}までで {書|か}いて ください。', '1 to 60 characters.'),
      control: 'line',
    }),
    {
      name: 'place',
      label: w('会場', '{場所|ばしょ}', 'Place'),
      required: true,
      fault: w(
        '会場を1〜60字で書いてください。',
        '{場所|ばしょ}を {書|か}いて ください。',
        'A place of 1 to 60 characters.',
      ),
      control: 'line',
    },
    address,
    {
      name: 'start',
      label: w('日時', '{日|ひ}と {時間|じかん}', 'Day and time'),
      hint: w('例: 2027-01-15 10:00', '{例|れい}: 2027-01-15 10:00', 'For example 2027-01-15 10:00'),
      required: true,
      fault: w(
        '2027-01-15 10:00 のように書いてください。',
        '2027-01-15 10:00 のように {書|か}いて ください。',
        'Such as 2027-01-15 10:00.',
      ),
      control: 'short',
    },
    number({
      name: 'minutes',
      label: w('長さ（分）', '{長|なが}さ（{分|ふん}）', 'Minutes'),
      least: 10,
      most: 600,
    }),
    number({ name: 'seats', label: w('定員', '{何人|なんにん}まで', 'Seats'), least: 1, most: 999 }),
    telephone,
  ],
  shown: ['place', 'seats'],
  nameOf: ({ start = '', title = '' }) => `${start} ${title}`,
  idOf: ({ id = '' }) => id,
  read: (text, now) => readClasses(text, now).faults,
});

const agencies = csvListing({
  columns: [
    {
      name: 'catalogue',
      label: w('カタログのアドレス', 'カタログの アドレス', 'Address of its catalogue'),
      hint: w(
        '役所のページの catalogue.json です。例: https://city.example/a/99201/catalogue.json',
        '{役所|やくしょ}の catalogue.json です。',
        'The agency’s catalogue.json: https://city.example/a/99201/catalogue.json',
      ),
      required: true,
      fault: w(
        'https:// で始まる catalogue.json のアドレスを書いてください。同じものは1つだけです。',
        'https:// から {始|はじ}まる アドレスです。',
        'An https address of a catalogue.json, not one that stands here already.',
      ),
      control: 'line',
    },
    {
      name: 'note',
      label: w('メモ', 'メモ', 'Note'),
      hint: w('管理する人だけが見ます。', '{外|そと}には {出|で}ません。', 'Seen by operators only'),
      fault: w('120字までで書いてください。', '120{字|じ}までです。', 'At most 120 characters.'),
      control: 'line',
    },
  ],
  shown: ['note'],
  nameOf: ({ catalogue = '' }) => catalogue,
  idOf: ({ catalogue = '' }) => catalogue,
  read: (text) => readAgencies(text).faults,
});

/** Every file of content as a list to be edited in forms. */
export const listings: Readonly<Record<EditableFile, Listing>> = {
  'news.csv': news,
  'questions.json': questionListing,
  'shops.csv': shops,
  'classes.csv': classes,
  'agencies.csv': agencies,
};
