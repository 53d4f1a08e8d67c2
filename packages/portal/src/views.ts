import { readPreferences } from '@madoguchi/ui';
import type { Context, MiddlewareHandler } from 'hono';
import { followAgencies, noneAdded, withAgencies } from './added-agencies.js';
import { ownDrafts } from './admin/routes.js';
import { contentReader, type Texts } from './content/content.js';
import type { publishedTexts } from './content/versions.js';
import type { View } from './frame.js';
import type { PortalOptions } from './options.js';

type Seen = Pick<View, 'content' | 'preview' | 'addedAgencies' | 'options'>;

/** What a page of this request is drawn with. */
export type ViewOf = (c: Context) => View;

/**
 * What everybody sees; an operator sees their own drafts in it. `see` stands before all pages; one that is drawn without it (an error before it ran) has the
 * content of the installation.
 */
export function views(
  options: PortalOptions,
  place: { base: Texts; shown: ReturnType<typeof publishedTexts>; clock: () => Date },
): { view: ViewOf; see: MiddlewareHandler } {
  const { sql, origin } = options;
  const { base, shown, clock } = place;
  const fetching = options.fetch ?? fetch;
  const [read, readDraft] = [contentReader(), contentReader()];
  const [follow, followDraft] = [followAgencies(fetching, clock), followAgencies(fetching, clock)];
  const seenBy = new WeakMap<Request, Seen>();

  const see: MiddlewareHandler = async (c, next) => {
    const texts = await shown.read();
    const drafts = sql === undefined ? {} : await ownDrafts({ sql, clock, origin }, c).catch(() => ({}));
    const preview = Object.keys(drafts).length > 0;
    const content = preview ? readDraft({ ...texts, ...drafts }, clock()) : read(texts, clock());
    const catalogues = content.agencies.map(({ catalogue }) => catalogue);
    const addedAgencies = await (preview ? followDraft : follow)(catalogues);
    const all = withAgencies(options, addedAgencies);
    seenBy.set(c.req.raw, { content, preview, addedAgencies, options: all });
    return next();
  };
  const view: ViewOf = (c) => {
    const { pathname, search } = new URL(c.req.url);
    const seen = seenBy.get(c.req.raw) ?? {
      ...{ content: read(base, clock()), preview: false, addedAgencies: noneAdded, options },
    };
    return { prefs: readPreferences(c), path: pathname + search, ...seen };
  };
  return { view, see };
}
