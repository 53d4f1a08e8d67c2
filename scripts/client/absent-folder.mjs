// In the client's bundle this stands in the place of cli/folder.js: there is no authority and no database on a holder's machine.
import { CommandError } from '../../packages/madoguchi/dist/cli/command.js';

export function withAuthority() {
  throw new CommandError(
    'unavailable',
    'This client has no authority of its own: name the trusted roots with --trust FILE, and revocation lists with --crl FILE.',
  );
}
