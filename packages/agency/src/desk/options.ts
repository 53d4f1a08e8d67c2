import type { Sql } from '@madoguchi/store';
import type { Archive } from '../archive/bundle.js';
import type { Scanner } from '../attachments/scanner.js';
import type { LoginOptions } from '../login/options.js';
import type { AgencyConfig, LoadedProcedure, Log } from '../options.js';
import type { OwnVariantTable } from '../own-variants/table.js';
import type { Verification } from '../verification/index.js';

export interface DeskOptions {
  readonly sql: Sql;
  readonly agency: AgencyConfig;
  /** For the titles in the queue; an application itself is drawn from the definition it carries. */
  readonly procedures: readonly LoadedProcedure[];
  /** For a case as one file; without it only the trail of its looks is exported. */
  readonly archive?: Archive;
  /** An external scanner for the files of applications. */
  readonly scan?: Scanner;
  /** For もう一度確かめる. */
  readonly verification: Verification;
  /** The table of character forms that officers add to; without it there is no page for it. */
  readonly variants?: OwnVariantTable;
  readonly clock: () => Date;
  readonly log?: Log;
  /**
   * True where a one-time link opens the whole desk, as in the demo on one machine. Otherwise a link opens only the registration of the officer's
   * card, and everything else wants a login by that card.
   */
  readonly linksOpen?: boolean;
  /** True where who accepts or rejects must follow the proposal of another officer (起案と決裁). */
  readonly fourEyes?: boolean;
  /** What webhooks' secrets are derived from, and where they may go besides the public internet; without it no address is kept. */
  readonly webhooks?: { readonly secret: Uint8Array; readonly origins: readonly string[] };
  /** Officers' login by card; without it only one-time links open the desk. */
  readonly login?: Pick<LoginOptions, 'keys' | 'staple' | 'site' | 'limits'>;
}
