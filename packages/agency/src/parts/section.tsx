import { fill, H2, P, type Register } from '@madoguchi/ui';
import type { PartProgress } from './progress.js';
import { PartsTable } from './table.js';
import { texts } from './texts.js';

/** On the citizen's page: one application, one progress, whatever number of offices work on it. */
export function PartsSection({
  progress,
  register,
}: {
  progress: readonly PartProgress[];
  register: Register;
}) {
  const done = progress.filter(({ state }) => state === 'accepted' || state === 'rejected').length;
  const { progressNone, progressAll, progressLead } = texts;
  const lead = done === 0 ? progressNone : done === progress.length ? progressAll : progressLead;
  return (
    <>
      <H2 w={texts.progress} id="parts-title" />
      <P w={fill(lead, { count: progress.length, done })} />
      <PartsTable progress={progress} register={register} withReasons />
    </>
  );
}
