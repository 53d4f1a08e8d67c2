import { noteParents } from '../../packages/madoguchi/bin/started-by.mjs';
import { main } from '../../packages/madoguchi/dist/client-main.js';

noteParents();
void main(process.argv.slice(2));
