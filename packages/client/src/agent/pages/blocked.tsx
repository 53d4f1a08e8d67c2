import { Button, ButtonRow, Notice, P } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import type { Trouble } from '../trouble.js';
import { type AgentLook, address } from './layout.js';

export const readAgain = w('もう一度読み取る', 'もういちど {読|よ}む', 'Read the card again');

/** What stands between the holder and the passwords: no reader, no card, another card. */
export function Blocked({ trouble, ...look }: AgentLook & { trouble: Trouble }) {
  return (
    <Notice kind="check" title={trouble.what} live>
      <P w={trouble.next} />
      <ButtonRow>
        <Button label={readAgain} href={address(look)} kind="secondary" />
      </ButtonRow>
    </Notice>
  );
}
