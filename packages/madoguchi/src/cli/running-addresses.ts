/** Where the rooms of a running `start` answer. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Values } from './command.js';
import { dataPath } from './data-path.js';

/** `addresses.json` of the data folder; empty where none is. */
export function runningAddresses(values: Values): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(readFileSync(path.join(dataPath(values), 'addresses.json'), 'utf8'));
    return typeof found === 'object' && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
}
