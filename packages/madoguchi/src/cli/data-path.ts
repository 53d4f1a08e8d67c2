import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { optional, type Values } from './command.js';

export const dataOption = { data: { type: 'string' } } as const;

const besideThePackage = fileURLToPath(new URL('../../../../.madoguchi', import.meta.url));

/** `--data`, else `MADOGUCHI_DATA`, else `.madoguchi` beside the clone's package.json. */
export function dataPath(values: Values): string {
  return path.resolve(optional(values, 'data') ?? (process.env.MADOGUCHI_DATA || besideThePackage));
}
