import { H2, type Register } from '@madoguchi/ui';
import type { PartProgress } from './progress.js';
import { PartsTable } from './table.js';
import { texts } from './texts.js';

/** On the page of the whole application: each part with its office and a way to it. */
export function DeskParts({
  progress,
  register,
  address,
}: {
  progress: readonly PartProgress[];
  register: Register;
  address: string;
}) {
  return (
    <>
      <H2 w={texts.progress} id="parts-title" />
      <PartsTable
        progress={progress}
        register={register}
        withReasons
        linkTo={(part) => `${address}/${part}`}
      />
    </>
  );
}
