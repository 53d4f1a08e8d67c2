// npm start: from a bare clone to a running demo city. See packages/madoguchi/src/start for what is started.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { noteParents } from '../packages/madoguchi/bin/started-by.mjs';
import { build, installMissing, root } from './lib.mjs';

noteParents();
installMissing();
build();
const { main } = await import(pathToFileURL(path.join(root, 'packages/madoguchi/dist/main.js')).href);
await main(['start', ...process.argv.slice(2)]);
