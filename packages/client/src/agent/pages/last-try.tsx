import { CheckboxGroup, type Words } from '@madoguchi/ui';
import { w } from '../../client-words.js';

const texts = {
  label: w('のこり 1 回です', 'のこり 1{回|かい}です', 'One try is left'),
  hint: w(
    'まちがえるとロックされ、窓口での手続きが必要になります。',
    'まちがえると {使|つか}えなく なります。',
    'A mistake locks it, and only the counter can help then.',
  ),
  use: w('最後の1回を使う', 'さいごの 1{回|かい}を {使|つか}う', 'Use the last try'),
};

/** The yes without which the last try of a password is not spent. */
export function LastTry({
  name = 'lastTry',
  label = texts.label,
  hint = texts.hint,
}: {
  name?: string;
  label?: Words;
  hint?: Words;
}) {
  return (
    <CheckboxGroup name={name} label={label} hint={hint} options={[{ value: 'yes', label: texts.use }]} />
  );
}
