import { createAdminLink, createHelpdeskLink, portalMigrations } from '@madoguchi/portal';
import { migrate } from '@madoguchi/store';
import { type Command, CommandError } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { existingFolder, withFolder } from '../cli/folder.js';
import { mustBeReachedAt } from '../cli/reached-at.js';

/** A command that makes one-time links of one kind. */
function linkCommand(who: string, create: typeof createHelpdeskLink): Command {
  return {
    options: { ...dataOption, origin: { type: 'string' }, json: { type: 'boolean' } },
    run: async ({ values, words: [account], print, printJson }) => {
      if (account === undefined || !/^[a-z0-9][a-z0-9-]{0,39}$/.test(account))
        throw new CommandError(
          'usage',
          `portal ${who} needs an id: small letters, digits and hyphens, up to 40. It stands in the audit log: no names.`,
        );
      const origin = mustBeReachedAt(values, 'portal', 'portal');
      const path = await withFolder(existingFolder(values), async ({ database: { sql } }) => {
        await migrate(sql, portalMigrations);
        return create(sql, account, new Date());
      });
      const link = `${origin}${path}`;
      if (values.json === true) printJson({ [who]: account, link });
      else {
        print('一度だけのリンク（12時間以内） One-time link, good for 12 hours:');
        print(link);
      }
      return 'good';
    },
  };
}

/** A one-time link that lets a helper in to the helpdesk. */
export const portalHelper = linkCommand('helper', createHelpdeskLink);

/** A one-time link that lets an operator in to the portal's management. */
export const portalAdmin = linkCommand('admin', createAdminLink);
