import type { Migrations } from '@madoguchi/store';

/** The agency's tables: pass to `migrate`. */
export const agencyMigrations: Migrations = {
  schema: 'agency',
  folder: new URL('../migrations/', import.meta.url),
};
