import { sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { formLimit } from '../forms/form-limit.js';
import { pageLook } from '../forms/look.js';
import { limited } from '../limits/limit.js';
import type { ReceptionOptions } from '../options.js';
import { receiptPattern } from '../receipts/access.js';
import { openSigning } from './access.js';
import { isSignerCode } from './code.js';
import { EnterPage } from './page.js';
import { asksSigners, readSigning } from './signing.js';

/** Where a co-signer comes in with number and code: `/cosign`, typed or by a link. The code never stays in an address. */
export function cosignEntryRoutes(options: ReceptionOptions): Hono {
  const app = new Hono();
  app.use(formLimit(16 * 1024), sameOriginPosts({ origins: [options.agency.origin] }));
  // A code is guessed no faster than an inquiry number.
  const guarded = limited('lookUps', options.limits, (c) => askCode(c, options, { failed: 'tooOften' }));
  app.use(async (c, next) =>
    c.req.method === 'GET' && c.req.query('code') === undefined ? next() : guarded(c, next),
  );
  app.get('/', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    const { receipt, code } = c.req.query();
    if (receipt !== undefined && code !== undefined) return enter(c, options, receipt, code);
    return askCode(c, options, { failed: false });
  });
  app.post('/', async (c) => {
    const { receipt, code } = await c.req.parseBody();
    return enter(
      c,
      options,
      typeof receipt === 'string' ? receipt : '',
      typeof code === 'string' ? code : '',
    );
  });
  return app;
}

/** Opens the application to whose signer the code was given. Which of the two was wrong is not said. */
async function enter(c: Context, options: ReceptionOptions, typedReceipt: string, code: string) {
  const { db, agency, keys, clock } = options;
  const receipt = typedReceipt.normalize('NFKC').trim().slice(0, 40);
  const asks = receiptPattern.test(receipt) && (await asksSigners(db.sql, agency.code, receipt));
  const signing = asks ? await readSigning(db.sql, agency.code, receipt) : undefined;
  const found = signing?.progress.find(({ wanted }) =>
    isSignerCode(keys.secret, agency.code, { receipt, signer: wanted.id, digest: signing.digest }, code),
  );
  if (signing === undefined || found === undefined) return askCode(c, options, { receipt, failed: true });
  openSigning(c, agency, keys, { receipt, signer: found.wanted.id, digest: signing.digest }, clock());
  return c.redirect(`${agency.basePath}/applications/${receipt}/cosign`, 303);
}

function askCode(
  c: Context,
  { agency }: ReceptionOptions,
  { receipt = '', failed }: { receipt?: string; failed: boolean | 'tooOften' },
) {
  const home = `${agency.basePath}/cosign`;
  const page = <EnterPage look={{ ...pageLook(c, agency), path: home }} {...{ home, receipt, failed }} />;
  return c.html(page, failed === 'tooOften' ? 429 : failed ? 422 : 200);
}
