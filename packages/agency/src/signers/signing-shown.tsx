/** The page of somebody who is to sign another's application, put together from what is on record. */
import { markText } from '@madoguchi/procedure';
import { type FieldError, japaneseDay } from '@madoguchi/ui';
import type { Context } from 'hono';
import { ApplicationForm } from '../forms/application-form.js';
import { island } from '../forms/island.js';
import { pageLook } from '../forms/look.js';
import { placeOf } from '../forms/steps.js';
import { typedOf } from '../forms/typed.js';
import { mailSection, mayGiveAddress } from '../mail/give.js';
import type { MailReader } from '../mail/secrets.js';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { partsProgress } from '../parts/case-parts.js';
import { hasReply } from '../replies/queries.js';
import type { Reader } from './access.js';
import { mandateAbout, mandateQuestions, usualMandate } from './mandate.js';
import { CosignPage } from './page.js';

/** The agency with its form of a mandate. */
export interface CosignPlace extends ReceptionOptions {
  readonly mandate: LoadedProcedure;
}

interface Shown {
  /** The page is then answered with 422. */
  errors?: FieldError[];
  checked?: boolean;
  /** Of a mandate. */
  typed?: Record<string, string>;
  /** The address for notices. */
  mail?: string;
}

export async function showSigning(
  c: Context,
  place: CosignPlace,
  reader: Reader,
  shown: Shown = {},
): Promise<Response> {
  const { db, agency, clock } = place;
  const { row, own } = reader;
  const address = cosignAddress(place, reader);
  return c.html(
    <CosignPage
      {...mandateForm(c, place, reader, shown.typed)}
      look={{ ...pageLook(c, agency), path: address }}
      {...{ agency, reader }}
      today={japaneseDay(clock())}
      errors={shown.errors ?? []}
      posted={c.req.method !== 'GET'}
      checked={shown.checked ?? false}
      parts={await partsProgress(db.sql, agency.code, row.receiptNumber)}
      replied={own.state === 'signed' && (await hasReply(db.sql, agency.code, row.receiptNumber))}
      script={`${agency.basePath}${island.entry}`}
      mail={
        mayGiveAddress(place, row)
          ? await mailSection(place, mailReader(reader), { address, typed: shown.mail ?? '' })
          : null
      }
    />,
    shown.errors === undefined ? 200 : 422,
  );
}

export function cosignAddress({ agency }: CosignPlace, { row }: Reader): string {
  return `${agency.basePath}/applications/${row.receiptNumber}/cosign`;
}

/** Whom notices of this application go to, besides its applicant. */
export function mailReader({ row, own }: Reader): MailReader {
  return { receiptNumber: row.receiptNumber, signer: own.wanted.id };
}

export function signsMandate({ own }: Reader): boolean {
  return own.wanted.rule.paper === 'mandate';
}

/** The form of a mandate, where that is what this reader signs. */
function mandateForm(
  c: Context,
  place: CosignPlace,
  reader: Reader,
  typed: Record<string, string> | undefined,
) {
  if (!signsMandate(reader)) return {};
  const { definition } = place.mandate;
  const { submission, digest } = reader.signing;
  const about = mandateAbout(submission, reader.row.receiptNumber);
  const questions = mandateQuestions(definition);
  const address = cosignAddress(place, reader);
  return {
    about: definition.fields
      .filter(({ id }) => Object.hasOwn(about, id))
      .map(({ id, label }) => ({ label, value: markText(about[id] ?? '') })),
    form: (
      <ApplicationForm
        agency={place.agency}
        definition={questions}
        address={address}
        draft={`${address}/${reader.own.wanted.id}/${digest.slice(0, 16)}`}
        typed={typedOf(typed ?? usualMandate(japaneseDay(reader.row.arrivedAt)))}
        place={placeOf(questions, 0)}
        posted={c.req.method !== 'GET'}
      />
    ),
  };
}
