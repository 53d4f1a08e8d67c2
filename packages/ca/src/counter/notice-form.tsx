import { Button } from '@madoguchi/ui';
import { loss } from './loss-words.js';

/** Makes the letter that tells a holder of a hold by telephone; it opens beside the page. */
export function NoticeForm({ act, csrf }: { act: string; csrf: string }) {
  return (
    <form method="post" action={`/counter/acts/${act}/notice`} target="_blank" rel="noopener">
      <input type="hidden" name="csrf" value={csrf} />
      <Button label={loss.notice} kind="secondary" />
    </form>
  );
}
