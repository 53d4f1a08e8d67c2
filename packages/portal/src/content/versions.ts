import { appendAudit, type Sql } from '@madoguchi/store';
import { type EditableFile, editable, type Texts } from './content.js';

/** One published version of a file. */
export interface Version {
  version: number;
  at: Date;
  admin: string;
  /** The version whose text this is again. */
  again?: number;
}

const chain = 'portal:content';
const isEditable = (file: string): file is EditableFile => editable.some((one) => one === file);

/** The newest texts of the files that were ever changed. */
async function published(sql: Sql): Promise<Partial<Texts>> {
  const rows = await sql<{ file: string; text: string }[]>`
    select distinct on (file) file, text from portal.content_versions order by file, version desc`;
  return Object.fromEntries(
    rows.filter(({ file }) => isEditable(file)).map(({ file, text }) => [file, text]),
  );
}

/** How long another process may still show what was published before. */
const freshMs = 5000;

/**
 * What people see: the texts as they came, with what was published over them. A database that is gone changes nothing: what was read last goes on
 * being shown. `forget`: after a publication by this process.
 */
export function publishedTexts(
  sql: Sql | undefined,
  base: Texts,
  clock: () => Date,
  onFault: (error: unknown) => void = () => undefined,
): { read: () => Promise<Texts>; forget: () => void } {
  let asked = Number.NEGATIVE_INFINITY;
  let texts = base;
  return {
    read: async () => {
      const now = clock().getTime();
      if (sql === undefined || (now - asked < freshMs && now >= asked)) return texts;
      asked = now;
      try {
        texts = { ...base, ...(await published(sql)) };
      } catch (error) {
        onFault(error);
      }
      return texts;
    },
    forget: () => {
      asked = Number.NEGATIVE_INFINITY;
    },
  };
}

export async function listVersions(sql: Sql, file: EditableFile): Promise<Version[]> {
  const rows = await sql<{ version: number; at: Date; admin: string; again: number | null }[]>`
    select version, at, admin, again from portal.content_versions where file = ${file} order by version desc limit 50`;
  return rows.map(({ again, ...row }) => (again === null ? row : { ...row, again }));
}

/** The text of a version; of 0, as the file came. */
export async function textOfVersion(
  sql: Sql,
  file: EditableFile,
  version: number,
  base: Texts,
): Promise<string | undefined> {
  if (version === 0) return base[file];
  const [row] = await sql<{ text: string }[]>`
    select text from portal.content_versions where file = ${file} and version = ${version}`;
  return row?.text;
}

/** Publishes a text as the next version, and ends the admin's draft. `seen`: the version the admin saw; false where another one came between. */
export async function publish(
  sql: Sql,
  input: { file: EditableFile; text: string; admin: string; seen: number; again?: number; now: Date },
): Promise<boolean> {
  const { file, text, admin, seen, again, now } = input;
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${`portal.content:${file}`}))`;
    const [last] = await tx<{ version: number }[]>`
      select coalesce(max(version), 0)::int as version from portal.content_versions where file = ${file}`;
    const before = last?.version ?? 0;
    if (before !== seen) return false;
    await tx`insert into portal.content_versions (file, version, text, at, admin, again)
      values (${file}, ${before + 1}, ${text}, ${now}, ${admin}, ${again ?? null})`;
    await tx`delete from portal.content_drafts where file = ${file} and admin = ${admin}`;
    await appendAudit(tx, chain, {
      at: now,
      actor: `admin:${admin}`,
      action: again === undefined ? 'content.publish' : 'content.undo',
      subject: `${file}:${before + 1}`,
    });
    return true;
  });
}

export async function saveDraft(
  sql: Sql,
  draft: { file: EditableFile; text: string; admin: string; now: Date },
): Promise<void> {
  const { file, text, admin, now } = draft;
  await sql`insert into portal.content_drafts (file, admin, text, at) values (${file}, ${admin}, ${text}, ${now})
    on conflict (file, admin) do update set text = excluded.text, at = excluded.at`;
}

export async function dropDraft(sql: Sql, file: EditableFile, admin: string): Promise<void> {
  await sql`delete from portal.content_drafts where file = ${file} and admin = ${admin}`;
}

/** What this admin is working at, by file. */
export async function draftsOf(sql: Sql, admin: string): Promise<Partial<Texts>> {
  const rows = await sql<{ file: string; text: string }[]>`
    select file, text from portal.content_drafts where admin = ${admin}`;
  return Object.fromEntries(
    rows.filter(({ file }) => isEditable(file)).map(({ file, text }) => [file, text]),
  );
}
