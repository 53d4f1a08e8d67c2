import { glossary, type PageProps } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import { type NumberFault, NumberPage } from './number-page.js';
import { texts } from './texts.js';

interface LookUpProps {
  look: Omit<PageProps, 'title'>;
  agency: AgencyConfig;
  receiptNumber: string;
  failed: NumberFault;
}

/** Asks for the public and the secret number. */
export function LookUpPage({ look, agency, receiptNumber, failed }: LookUpProps) {
  return (
    <NumberPage
      {...{ look, receiptNumber, failed }}
      title={texts.lookUp}
      lead={texts.lookUpLead}
      action={`${agency.basePath}/applications`}
      secret={{ name: 'inquiry', label: glossary.inquiryNumber, hint: texts.inquiryHint }}
      button={texts.look}
      notFound={texts.notFound}
    />
  );
}
