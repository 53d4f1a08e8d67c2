import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { extendDefinition, isExtension, type ProcedureDefinition } from '@madoguchi/procedure';

type Level = 'municipal' | 'prefectural' | 'national';

/**
 * The demo agencies' own definitions of a level, by file name: data of another room, read as files. The city's road permission extends the
 * prefecture's of the same name.
 */
export function demoDefinitions(level: Level): { name: string; definition: ProcedureDefinition }[] {
  return readdirSync(folderOf(level))
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ name: path.parse(file).name, definition: read(level, file) }));
}

const folderOf = (level: Level) => new URL(`../../../agency/procedures/${level}/`, import.meta.url);

function read(level: Level, file: string): ProcedureDefinition {
  const value = JSON.parse(readFileSync(new URL(file, folderOf(level)), 'utf8')) as Parameters<
    typeof extendDefinition
  >[0];
  if (!isExtension(value)) return value as unknown as ProcedureDefinition;
  const common = read('prefectural', file) as unknown as typeof value;
  const whole = extendDefinition(common, value.changes);
  if (!whole.ok) throw new Error(`${level}/${file}: ${whole.path}: ${whole.message}`);
  return whole.value as unknown as ProcedureDefinition;
}
