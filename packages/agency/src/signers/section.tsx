import { markText } from '@madoguchi/procedure';
import { Details, fill, formatDay, Notice, P, type Register, T } from '@madoguchi/ui';
import type { CaseRow } from '../cases/queries.js';
import type { AgencyConfig } from '../options.js';
import { ProgressTable } from './progress-table.js';
import type { CaseSigning } from './signing.js';
import { texts } from './texts.js';

interface SectionProps {
  agency: AgencyConfig;
  row: CaseRow;
  signing: CaseSigning;
  register: Register;
  codeOf(signer: string): string;
}

/** On the applicant's page: whose signature is still missing, and what to give each of them. */
export function SignersSection({ agency, row, signing, register, codeOf }: SectionProps) {
  const { progress, submission } = signing;
  const table = (
    <ProgressTable
      applicant={submission.application.applicant.name}
      progress={progress}
      register={register}
    />
  );
  if (row.state !== 'cosigning') return table;
  return (
    <>
      <Notice kind="check" title={texts.askTitle} live>
        <P w={texts.askLead} />
        {row.correctBy === null ? null : (
          <P w={fill(texts.until, { day: formatDay(row.correctBy, register) })} />
        )}
      </Notice>
      {table}
      {progress
        .filter(({ state }) => state !== 'signed')
        .map(({ wanted }) => {
          const code = codeOf(wanted.id);
          const link = `${agency.origin}${agency.basePath}/cosign?receipt=${row.receiptNumber}&code=${code}`;
          return (
            <Details summary={fill(texts.showCode, { name: markText(wanted.person.name) })}>
              <p>
                <T w={texts.link} />
                <br />
                <a href={link}>{link}</a>
              </p>
              <p>
                <T w={texts.code} /> <strong data-code={wanted.id}>{code}</strong>
              </p>
              <P w={texts.codeNote} quiet />
            </Details>
          );
        })}
    </>
  );
}
