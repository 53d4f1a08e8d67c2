import { fill, formatDate, glossary, type Register, type Text, words } from '@madoguchi/ui';
import type { CaseRow } from '../cases/queries.js';
import type { AgencyConfig, LoadedProcedure } from '../options.js';
import type { ReceiptText } from './pdf.js';
import { texts } from './texts.js';

/** What is printed on the receipt. The inquiry number is not: paper is shown around. */
export function receiptText(
  agency: AgencyConfig,
  row: CaseRow,
  procedure: LoadedProcedure | undefined,
  register: Register,
): ReceiptText {
  const say = (text: Text) => words(text, register);
  const definition = procedure?.definition;
  const contact = definition?.contact ?? agency.contact;
  const parts = [
    ...(definition
      ? [
          {
            title: say(texts.next),
            text: `${say(definition.next)} ${say(fill(texts.days, { days: definition.processingDays }))}`,
          },
        ]
      : []),
    {
      title: say(texts.ask),
      text: say(fill(texts.askValue, { name: say(contact.name), telephone: contact.telephone ?? '' })),
    },
  ];
  return {
    lang: register === 'en' ? 'en' : 'ja',
    title: say(texts.receiptOf),
    agency: agency.name,
    sentence: say(texts.sentence),
    rows: [
      { label: say(glossary.receiptNumber), value: row.receiptNumber },
      { label: say(texts.arrivedAt), value: formatDate(row.arrivedAt, register, { time: true }) },
      ...(definition ? [{ label: say(texts.procedure), value: say(definition.title) }] : []),
      { label: say(texts.agency), value: agency.name },
    ],
    parts,
    foot: say(texts.foot),
  };
}
