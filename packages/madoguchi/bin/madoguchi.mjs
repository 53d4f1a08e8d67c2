#!/usr/bin/env node
// Committed, so that npm links it before anything is built (a bin inside dist gets no link).
import { existsSync } from 'node:fs';
import { noteParents } from './started-by.mjs';

noteParents();
const entry = new URL('../dist/main.js', import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write('madoguchi is not built yet: run `npm run build` first.\n');
  process.exit(69);
}
const { main } = await import(entry.href);
await main(process.argv.slice(2));
