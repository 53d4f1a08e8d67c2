import { fileURLToPath } from 'node:url';

/** `.madoguchi` beside the clone's package.json. The installed client has no clone: its bundle puts another function in this place. */
export function defaultData(): string {
  return fileURLToPath(new URL('../../../../.madoguchi', import.meta.url));
}
