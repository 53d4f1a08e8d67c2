import type postgres from 'postgres';
import { StoreError } from './error.js';

const OLDEST = 150_000;

/**
 * Refuses a server on which a receipt could be given for an application that a power failure then takes away, or that
 * is older than our SQL.
 */
export async function checkServer(sql: postgres.Sql): Promise<void> {
  const settings = new Map<string, string>();
  try {
    const rows = await sql<{ name: string; setting: string }[]>`
      select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version_num', 'server_encoding')`;
    for (const row of rows) settings.set(row.name, row.setting);
  } catch (cause) {
    throw new StoreError(
      'store.unreachable',
      {
        ja: 'データベースにつながりません。DATABASE_URL の宛先・名前・パスワードと、サーバーが動いているかを確かめてください。',
        jaEasy: 'データベースに つながりません。DATABASE_URL を {見|み}てください。',
        en: 'The database cannot be reached. Check host, user and password in DATABASE_URL and that the server runs.',
      },
      { cause },
    );
  }
  const version = Number(settings.get('server_version_num') ?? 0);
  if (version < OLDEST) {
    const found = `${Math.floor(version / 10_000)}`;
    throw new StoreError('store.version', {
      ja: `PostgreSQL 15以上が必要です。つながったサーバーは ${found} です。`,
      jaEasy: `PostgreSQL 15 より {新|あたら}しいものが いります。いまは ${found} です。`,
      en: `PostgreSQL 15 or newer is needed; this server is ${found}.`,
    });
  }
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    if (settings.get(name) === 'off') {
      throw new StoreError(
        'store.durability',
        {
          ja: `データベースの設定 ${name} が off です。受け付けた申請が停電で失われるおそれがあるため、始めません。on にしてください。`,
          jaEasy: `データベースの ${name} が off です。{申請|しんせい}が きえるかもしれません。on に してください。`,
          en: `The database has ${name} = off: an application we gave a receipt for could be lost. Set it to on.`,
        },
        { exitCode: 77 },
      );
    }
  }
  if (settings.get('server_encoding') !== 'UTF8') {
    throw new StoreError('store.encoding', {
      ja: `データベースの文字コードが ${settings.get('server_encoding')} です。UTF8 のデータベースを指定してください。`,
      jaEasy: 'データベースの {文字|もじ}コードが ちがいます。UTF8 に してください。',
      en: `The database's encoding is ${settings.get('server_encoding')}; it must be UTF8.`,
    });
  }
}
