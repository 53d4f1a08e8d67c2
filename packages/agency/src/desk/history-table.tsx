import { markText } from '@madoguchi/procedure';
import { formatDate, H2, type Register, Table } from '@madoguchi/ui';
import type { ActionRow } from '../cases/actions.js';
import { actionInWords, actorInWords } from './history-words.js';
import { texts } from './texts.js';

/** 経過: what happened, who did it and why, as an officer reads it. */
export function HistoryTable({ actions, register }: { actions: readonly ActionRow[]; register: Register }) {
  return (
    <>
      <H2 w={texts.history} id="history" />
      <Table
        id="actions"
        stack
        caption={texts.historyOrder}
        head={[texts.when, texts.who, texts.what, texts.reason]}
        rows={actions.map((action) => [
          formatDate(action.at, register, { time: true }),
          actorInWords(action.actor),
          actionInWords(action),
          markText(action.detail.reason ?? action.detail.rule ?? action.detail.of ?? ''),
        ])}
      />
    </>
  );
}
