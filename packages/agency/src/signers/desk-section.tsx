import { H2, type Register } from '@madoguchi/ui';
import { ProgressTable } from './progress-table.js';
import type { CaseSigning } from './signing.js';
import { texts } from './texts.js';

/** On the officer's desk: who signed with the applicant, under which number it arrived, and who is still to sign. Their lights are in those of the case. */
export function DeskSigners({
  desk,
  signing,
  register,
}: {
  desk: string;
  signing: CaseSigning;
  register: Register;
}) {
  return (
    <>
      <H2 w={texts.signers} id="signers-title" />
      <ProgressTable
        applicant={signing.submission.application.applicant.name}
        progress={signing.progress}
        register={register}
        linkTo={(receipt) => `${desk}/cases/${receipt}`}
      />
    </>
  );
}
