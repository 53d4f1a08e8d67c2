/** Are those who started us still there? `npm run` dies under SIGTERM and SIGKILL without telling its child. */
import { isAlive } from '@madoguchi/store';

/** `bin/started-by.mjs` notes the processes in the first moment of ours; without it, only the parent is watched. */
export function parentWatch(noted = process.env.MADOGUCHI_STARTED_BY): () => boolean {
  delete process.env.MADOGUCHI_STARTED_BY;
  const [parent = process.ppid, ...above] = (noted ?? '').split(' ').filter(Boolean).map(Number);
  // An orphan gets another parent at once (Windows keeps the number, so there the process itself is looked for).
  return () => process.ppid !== parent || ![parent, ...above].every(isAlive);
}
