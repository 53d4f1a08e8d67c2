import { z } from 'zod';
import { contentFile } from './content-files.js';

/** What people say when they mean a procedure, by its id, beside the keywords of its definition: `content/everyday.json`. */
const everyday = z
  .record(z.string(), z.array(z.string().min(1).max(60)).max(60))
  .transform((table) => new Map(Object.entries(table)))
  .parse(JSON.parse(contentFile('everyday.json')));

export function everydayWords(procedure: string): readonly string[] {
  return everyday.get(procedure) ?? [];
}
