// In the client's bundle this stands in the place of cli/typeset.js: the typesetter and its fonts are 80 MB.
import { CommandError } from '../../packages/madoguchi/dist/cli/command.js';

export function typeset() {
  throw new CommandError(
    'unavailable',
    'This client draws no PDF pages: use --report html and print it, or sign without --stamp.',
  );
}
