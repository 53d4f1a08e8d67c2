import path from 'node:path';
import { optional, type Values } from './command.js';
import { defaultData } from './default-data.js';

export const dataOption = { data: { type: 'string' } } as const;

/** `--data`, else `MADOGUCHI_DATA`, else `.madoguchi` beside the clone's package.json. */
export function dataPath(values: Values): string {
  return path.resolve(optional(values, 'data') ?? (process.env.MADOGUCHI_DATA || defaultData()));
}
