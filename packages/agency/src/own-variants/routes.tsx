import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { backToQueue, type DeskPlace, type Env, forbidden, lookOf } from '../desk/place.js';
import { may, reach } from '../desk/roles.js';
import { VariantsPage } from './page.js';
import {
  confirmVariant,
  endVariant,
  listVariants,
  type Proposal,
  proposeVariant,
  type RowFault,
  readProposal,
  rowsInForce,
} from './rows.js';
import type { OwnVariantTable } from './table.js';
import { proposalFaults, rowFaultWords } from './texts.js';

const blank: Proposal = { kind: 'variant', forms: '', note: '' };
const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** 異体字の表: examiners propose rows, who decides for the whole agency puts them in force and ends them, auditors read. */
export function variantRoutes(place: DeskPlace, table: OwnVariantTable): Hono<Env> {
  const { sql, agency, clock } = place;
  const here = `${place.desk}/variants`;
  const app = new Hono<Env>();
  // A wrong row could make strangers look like forms of one name at every procedure: who has one department alone does not decide it.
  const mayConfirm = (c: Context<Env>) => reach(c.get('session').grants, 'confirmVariants') === 'all';
  const page = async (
    c: Context<Env>,
    more: { typed?: Proposal; errors?: readonly FieldError[]; fault?: RowFault } = {},
  ) => (
    <VariantsPage
      look={{ ...lookOf(c, place), path: here }}
      back={backToQueue(place)}
      here={here}
      session={c.get('session')}
      shipped={table.given}
      rows={await listVariants(sql, agency.code)}
      may={{ propose: may(c.get('session').grants, 'variants'), confirm: mayConfirm(c) }}
      typed={more.typed ?? blank}
      errors={more.errors ?? []}
      fault={more.fault && rowFaultWords[more.fault]}
      done={c.req.query('done') !== undefined}
    />
  );
  const by = (c: Context<Env>) => ({ officer: c.get('session').officer, at: clock() });
  const after = async (c: Context<Env>, fault: RowFault | undefined) => {
    if (fault !== undefined) return c.html(await page(c, { fault }), 409);
    await table.reload();
    return c.redirect(here, 303);
  };

  app.use(async (c, next) => {
    const { grants } = c.get('session');
    const allowed = may(grants, 'variants') || (c.req.method === 'GET' && may(grants, 'audit'));
    return allowed ? next() : forbidden(c, place);
  });
  app.get('/', async (c) => c.html(await page(c)));
  app.get('/file.tsv', async (c) => {
    const rows = await rowsInForce(sql, agency.code);
    const lines = rows.map(({ kind, forms, source, note }) =>
      [kind, forms.join(''), source, note].join('\t'),
    );
    c.header('content-type', 'text/tab-separated-values; charset=utf-8');
    c.header('content-disposition', `attachment; filename="variants-${agency.code}.tsv"`);
    return c.body(`# kind\tforms\tsource\tnote\n${lines.map((line) => `${line}\n`).join('')}`);
  });
  app.post('/', async (c) => {
    const form = await c.req.parseBody();
    const typed = { kind: text(form.kind), forms: text(form.forms), note: text(form.note) };
    const row = readProposal(typed, table.current());
    const fault = typeof row === 'string' ? row : await proposeVariant(sql, agency.code, row, by(c));
    if (fault === undefined) return c.redirect(`${here}?done`, 303);
    return c.html(await page(c, { typed, errors: [proposalFaults[fault]] }), 422);
  });
  app.post('/:id{[0-9]{1,15}}/confirm', async (c) => {
    if (!mayConfirm(c)) return await forbidden(c, place);
    return after(c, await confirmVariant(sql, agency.code, c.req.param('id'), by(c)));
  });
  app.post('/:id{[0-9]{1,15}}/end', async (c) => {
    const ownProposal = !mayConfirm(c);
    const fault = await endVariant(sql, agency.code, c.req.param('id'), { ...by(c), ownProposal });
    return fault !== undefined && ownProposal ? await forbidden(c, place) : after(c, fault);
  });
  return app;
}
