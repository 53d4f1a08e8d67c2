// In the client's bundle: there is no clone, so card images of demo authorities are looked for in the holder's own folder.
import path from 'node:path';
import { folderOf, thisMachine } from '../../packages/client/dist/index.js';

export function defaultData() {
  return path.join(folderOf(thisMachine(undefined)), 'data');
}
