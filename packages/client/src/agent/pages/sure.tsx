import { CheckboxGroup } from '@madoguchi/ui';
import { w } from '../../client-words.js';

const own = {
  label: w('確認', 'たしかめる', 'Confirmation'),
  sure: w(
    'もとに戻せないことが分かりました',
    'もとに もどせない ことが わかりました',
    'I know that this cannot be undone',
  ),
};

/** What is said where the tick is missing: that nothing has ended, and what to do. */
export const unsure = [
  w('まだ何も失効していません。', 'まだ おわって いません。', 'Nothing has been revoked.'),
  w(
    '「もとに戻せないことが分かりました」にチェックを入れてください。',
    '「もとに もどせない ことが わかりました」を えらんで ください。',
    'Tick “I know that this cannot be undone”.',
  ),
] as const;

/** The tick before what ends for ever (WCAG 3.3.4): no single press does it. Posted as `yes` under its name. */
export function Sure({ name }: { name: string }) {
  return (
    <CheckboxGroup name={name} required label={own.label} options={[{ value: 'yes', label: own.sure }]} />
  );
}
