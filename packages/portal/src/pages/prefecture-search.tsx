import { Button, Select } from '@madoguchi/ui';
import { prefectures } from '../prefectures.js';

const text = {
  prefecture: { ja: '都道府県', jaEasy: '{都道府県|とどうふけん}', en: 'Prefecture' },
  all: { ja: 'すべて', jaEasy: 'ぜんぶ', en: 'All' },
  go: { ja: '見る', jaEasy: '{見|み}る', en: 'Show' },
};

/** Narrows the page at `action` to one prefecture (`?pref=13`); the list it narrows has the id `found`. */
export function PrefectureSearch({ action, chosen }: { action: string; chosen: string }) {
  return (
    <form method="get" action={action} class="search no-print" data-live-search="found">
      <Select
        name="pref"
        label={text.prefecture}
        value={chosen}
        options={[
          { value: '', label: text.all },
          ...[...prefectures].map(([value, label]) => ({ value, label })),
        ]}
        plain
      />
      <Button label={text.go} kind="secondary" />
    </form>
  );
}
