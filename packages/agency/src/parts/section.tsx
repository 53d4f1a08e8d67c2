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
  return (
    <>
      <H2 w={texts.progress} id="parts-title" />
      <P w={fill(done === 0 ? texts.progressNone : texts.progressLead, { count: progress.length, done })} />
      <PartsTable progress={progress} register={register} withReasons />
    </>
  );
}
