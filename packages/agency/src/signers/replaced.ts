import { readSubmission } from '@madoguchi/procedure';
import type { Tx } from '@madoguchi/store';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import { releaseSigners } from '../mail/release.js';
import { matchIdentity } from '../matching/index.js';
import type { TypedPerson } from '../verification/persons.js';
import { type WantedSigner, wantedSigners } from './wanted.js';

/** After a correction joined its case: who signed along, or was to, and is somebody else's place now, hears no more of it. */
export async function releaseReplaced(
  tx: Tx,
  agency: string,
  { receipt, wanted, at }: { receipt: string; wanted: readonly WantedSigner[]; at: Date },
): Promise<void> {
  const former = (await submissionsOf(tx, agency, receipt)).at(-2);
  const stored = former === undefined ? undefined : await readSubmissionOf(tx, agency, former);
  const read = stored && readSubmission(stored.container);
  if (!read?.ok) return;
  const before = wantedSigners(read.value.definition, read.value.application);
  const person = (list: readonly WantedSigner[], signer: string) =>
    list.find(({ id }) => id === signer)?.person;
  const stays = (signer: string) => isSame(person(before, signer), person(wanted, signer));
  await releaseSigners(tx, agency, receipt, { stays, at });
}

/** By the rules of 照合: another way of writing a name, or another address, is the same person. */
function isSame(before: TypedPerson | undefined, now: TypedPerson | undefined): boolean {
  if (before === undefined || now === undefined) return false;
  const { name, birthDate } = matchIdentity({
    certificate: { name: before.name, address: '', birthDate: before.birthDate ?? '', sex: 'unknown' },
    application: {
      name: now.name,
      ...(before.birthDate === undefined || now.birthDate === undefined ? {} : { birthDate: now.birthDate }),
    },
  });
  return name.verdict !== 'mismatch' && birthDate.verdict !== 'mismatch';
}
