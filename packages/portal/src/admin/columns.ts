import type { Words } from '@madoguchi/ui';
import { prefectures } from '../prefectures.js';
import type { Column } from './listing.js';

/** Words for the fields that several lists share. */
const w = (ja: string, jaEasy: string, en: string): Words => ({ ja, jaEasy, en });

export const sample: Column = {
  name: 'sample',
  label: w('見本ですか', '{見本|みほん}ですか', 'Invented sample?'),
  hint: w(
    '見本には、ページで「見本」と書かれます。',
    '{見本|みほん}と {書|か}かれます。',
    'A sample is marked as one.',
  ),
  fault: w('どちらかを選んでください。', 'えらんで ください。', 'Choose one.'),
  control: {
    options: [
      { value: '', label: w('いいえ', 'いいえ', 'no') },
      { value: 'yes', label: w('はい（見本）', 'はい', 'yes') },
    ],
  },
};

export const prefecture: Column = {
  name: 'prefecture',
  label: w('都道府県', '{都道府県|とどうふけん}', 'Prefecture'),
  required: true,
  fault: w(
    '都道府県を選んでください。',
    '{都道府県|とどうふけん}を えらんで ください。',
    'Choose a prefecture.',
  ),
  control: {
    options: [
      { value: '', label: w('選んでください', 'えらんで ください', 'choose') },
      ...[...prefectures].map(([value, label]) => ({ value, label })),
    ],
  },
};

export const address: Column = {
  name: 'address',
  label: w('住所', '{住所|じゅうしょ}', 'Address'),
  required: true,
  fault: w(
    '住所を1〜120字で書いてください。',
    '{住所|じゅうしょ}を {書|か}いて ください。',
    'An address of 1 to 120 characters.',
  ),
  control: 'line',
};

export const telephone: Column = {
  name: 'telephone',
  label: w('電話番号', '{電話番号|でんわばんごう}', 'Telephone'),
  hint: w('例: 099-000-0100', '{例|れい}: 099-000-0100', 'For example 099-000-0100'),
  fault: w(
    '0で始まる数字とハイフンで書いてください。',
    '0から {始|はじ}まる {数字|すうじ}です。',
    'Digits and hyphens beginning with 0, or nothing.',
  ),
  control: 'short',
};

/** The same text in three registers, as three columns: `name`, `name_easy`, `name_en`. */
export function inThreeRegisters(column: Column): Column[] {
  const { name, label } = column;
  const same = column.required
    ? w(
        '空のときは、日本語がそのまま出ます。',
        '{空|あ}けると {日本語|にほんご}が {出|で}ます。',
        'Left empty, the Japanese stands there.',
      )
    : undefined;
  const own = { ...column, required: false, ...(same === undefined ? {} : { hint: same }) };
  return [
    column,
    {
      ...own,
      name: `${name}_easy`,
      label: w(
        `${label.ja}（やさしい日本語）`,
        `${label.jaEasy}（やさしい{日本語|にほんご}）`,
        `${label.en}, easy Japanese`,
      ),
      hint: w(
        '読みがなは {漢字|かんじ} のように書きます。'.replaceAll('{', '{{'),
        '{読|よ}みがなも {書|か}きます。',
        'Readings are written as {kanji|かんじ}.'.replaceAll('{', '{{'),
      ),
      easy: true,
    },
    {
      ...own,
      name: `${name}_en`,
      label: w(`${label.ja}（英語）`, `${label.jaEasy}（{英語|えいご}）`, `${label.en}, English`),
    },
  ];
}
