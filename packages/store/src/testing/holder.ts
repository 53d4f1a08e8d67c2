// A process for the tests of life and death: opens the data folder of its first argument, says so, and waits.
import { openDatabase } from '../database.js';

const [dir, what] = process.argv.slice(2);
const database = await openDatabase({ dataDir: dir ?? '', own: what === 'own' });
if (what === 'insert') {
  await database.sql`create table if not exists public.receipts (n int primary key)`;
  let n = Number((await database.sql`select coalesce(max(n), 0)::int as n from public.receipts`)[0]?.n);
  for (;;) {
    n++;
    await database.sql`insert into public.receipts values (${n})`;
    process.stdout.write(`${n}\n`);
  }
}
process.stdout.write('ready\n');
process.stdin.on('end', () => void database.close().then(() => process.exit(0))).resume();
