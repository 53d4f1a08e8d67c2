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

/** What the handlers work with. */
interface VariantPlace {
  readonly place: DeskPlace;
  readonly table: OwnVariantTable;
  /** Path of the page. */
  readonly here: string;
}

/** 異体字の表: examiners propose rows, who decides for the whole agency puts them in force and ends them, auditors read. */
export function variantRoutes(desk: DeskPlace, table: OwnVariantTable): Hono<Env> {
  const place = { place: desk, table, here: `${desk.desk}/variants` };
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    const { grants } = c.get('session');
    const allowed = may(grants, 'variants') || (c.req.method === 'GET' && may(grants, 'audit'));
    return allowed ? next() : forbidden(c, desk);
  });
  app.get('/', (c) => show(c, place));
  app.get('/file.tsv', (c) => handOut(c, desk));
  app.post('/', (c) => propose(c, place));
  app.post('/:id{[0-9]{1,15}}/confirm', (c) => confirm(c, place));
  app.post('/:id{[0-9]{1,15}}/end', (c) => end(c, place));
  return app;
}

/** A wrong row could make strangers look like forms of one name at every procedure: who has one department alone does not decide it. */
const mayConfirm = (c: Context<Env>) => reach(c.get('session').grants, 'confirmVariants') === 'all';

const by = (c: Context<Env>, { clock }: DeskPlace) => ({ officer: c.get('session').officer, at: clock() });

async function show(
  c: Context<Env>,
  { place, table, here }: VariantPlace,
  more: { typed?: Proposal; errors?: readonly FieldError[]; fault?: RowFault } = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const session = c.get('session');
  return c.html(
    <VariantsPage
      look={{ ...lookOf(c, place), path: here }}
      back={backToQueue(place)}
      {...{ here, session }}
      shipped={table.given}
      rows={await listVariants(place.sql, place.agency.code)}
      may={{ propose: may(session.grants, 'variants'), confirm: mayConfirm(c) }}
      typed={more.typed ?? blank}
      errors={more.errors ?? []}
      fault={more.fault && rowFaultWords[more.fault]}
      done={c.req.query('done') !== undefined}
    />,
    status,
  );
}

/** The rows in force as a file that `loadVariants` reads. */
async function handOut(c: Context<Env>, { sql, agency }: DeskPlace): Promise<Response> {
  const rows = await rowsInForce(sql, agency.code);
  const lines = rows.map(({ kind, forms, source, note }) => [kind, forms.join(''), source, note].join('\t'));
  c.header('content-type', 'text/tab-separated-values; charset=utf-8');
  c.header('content-disposition', `attachment; filename="variants-${agency.code}.tsv"`);
  return c.body(`# kind\tforms\tsource\tnote\n${lines.map((line) => `${line}\n`).join('')}`);
}

async function propose(c: Context<Env>, variants: VariantPlace): Promise<Response> {
  const { place, table, here } = variants;
  const form = await c.req.parseBody();
  const typed = { kind: text(form.kind), forms: text(form.forms), note: text(form.note) };
  const row = readProposal(typed, table.current());
  const fault =
    typeof row === 'string' ? row : await proposeVariant(place.sql, place.agency.code, row, by(c, place));
  if (fault === undefined) return c.redirect(`${here}?done`, 303);
  return show(c, variants, { typed, errors: [proposalFaults[fault]] }, 422);
}

async function confirm(c: Context<Env>, variants: VariantPlace): Promise<Response> {
  const { place } = variants;
  if (!mayConfirm(c)) return await forbidden(c, place);
  const { sql, agency } = place;
  return changed(c, variants, await confirmVariant(sql, agency.code, c.req.param('id') ?? '', by(c, place)));
}

/** A row in force is ended by who may confirm one; a proposal by its proposer too. */
async function end(c: Context<Env>, variants: VariantPlace): Promise<Response> {
  const { place } = variants;
  const ownProposal = !mayConfirm(c);
  const who = { ...by(c, place), ownProposal };
  const fault = await endVariant(place.sql, place.agency.code, c.req.param('id') ?? '', who);
  if (fault !== undefined && ownProposal) return await forbidden(c, place);
  return changed(c, variants, fault);
}

async function changed(
  c: Context<Env>,
  variants: VariantPlace,
  fault: RowFault | undefined,
): Promise<Response> {
  if (fault !== undefined) return show(c, variants, { fault }, 409);
  await variants.table.reload();
  return c.redirect(variants.here, 303);
}
