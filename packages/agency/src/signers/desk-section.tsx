import { formatDate, H2, type Register, SummaryList, T } from '@madoguchi/ui';
import { LightSigns } from '../desk/light-signs.js';
import type { Lights } from '../verification/lights.js';
import { ProgressTable } from './progress-table.js';
import type { CaseSigning } from './signing.js';
import type { GivenMandate } from './standing.js';
import { standingWords, texts } from './texts.js';

interface DeskSignersProps {
  desk: string;
  signing: CaseSigning;
  register: Register;
  /** Of each signature by the number under which it arrived: its own three lights. */
  lights: ReadonlyMap<string, Lights>;
  mandate: GivenMandate | undefined;
}

/** On the officer's desk: who signed with the applicant, under which number it arrived, with which lights; who is still to sign; and what a mandate allows. */
export function DeskSigners({ desk, signing, register, lights, mandate }: DeskSignersProps) {
  return (
    <>
      <H2 w={texts.signers} id="signers-title" />
      <ProgressTable
        applicant={signing.submission.application.applicant.name}
        progress={signing.progress}
        register={register}
        more={({ receipt }) => (
          <>
            {receipt === undefined ? null : (
              <>
                {' '}
                <a class="nowrap" href={`${desk}/cases/${receipt}`}>
                  {receipt}
                </a>
                <SignersLights lights={lights.get(receipt)} />
              </>
            )}
          </>
        )}
      />
      {mandate === undefined ? null : (
        <section id="mandate">
          <h3>
            <T w={texts.mandate} />
          </h3>
          <SummaryList
            boxed
            rows={[
              ...mandate.rows,
              {
                label: texts.mandateStanding,
                value: (
                  <>
                    <T w={standingWords[mandate.standing]} />
                    {mandate.revokedAt === undefined
                      ? null
                      : ` ${formatDate(mandate.revokedAt, register, { time: true })}`}
                  </>
                ),
              },
            ]}
          />
        </section>
      )}
    </>
  );
}

function SignersLights({ lights }: { lights: Lights | undefined }) {
  return lights === undefined ? null : (
    <p>
      <LightSigns lights={lights} />
    </p>
  );
}
