import type { Sql, WebSession } from '@madoguchi/store';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type EditableFile, editable, type Texts } from '../content/content.js';
import { draftsOf } from '../content/versions.js';
import type { View } from '../frame.js';

/** Of a file, and of what is uploaded for it. */
export const mostOctets = 4 * 1024 * 1024;

export type AdminEnv = { Variables: { session: WebSession } };

/** What the pages of the management work with. */
export interface AdminPlace {
  sql: Sql;
  clock: () => Date;
  view: (c: Context) => View;
  /** The texts as they came. */
  base: Texts;
  /** What people see now, and how to see it anew after a publication. */
  shown: { read: () => Promise<Texts>; forget: () => void };
}

/** The file that an address names. */
export function fileOf(c: Context): EditableFile {
  const file = editable.find((one) => one === c.req.param('file'));
  if (file === undefined) throw new HTTPException(404);
  return file;
}

/** What the operator works at: their draft, or what is published. */
export async function workingText(
  { sql, shown }: AdminPlace,
  c: Context<AdminEnv>,
  file: EditableFile,
): Promise<{ published: string; draft: string | undefined; text: string }> {
  const [now, drafts] = await Promise.all([shown.read(), draftsOf(sql, c.get('session').subject)]);
  const draft = drafts[file];
  return { published: now[file], draft, text: draft ?? now[file] };
}
