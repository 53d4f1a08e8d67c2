import { isAuthorityAddress } from '@madoguchi/client';
import { CommandError, optional, type Values } from './command.js';
import { runningAddresses } from './running-addresses.js';

/** The authority that is named by `--url`, else the one that runs over the data folder. */
export function authorityAddress(values: Values): string {
  const address = optional(values, 'url') ?? runningAddresses(values).ca;
  if (typeof address !== 'string')
    throw new CommandError(
      'unavailable',
      'No authority runs over this data folder: start it, or name its address with --url.',
    );
  if (!isAuthorityAddress(address))
    throw new CommandError(
      'usage',
      '--url needs https (http only on this machine): your name and address stand in what is sent.',
    );
  return address;
}
