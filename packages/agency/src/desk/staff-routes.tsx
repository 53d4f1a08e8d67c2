import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { addOfficer, listDepartments, listOfficers, removeOfficer } from './officers.js';
import { allowed, backToQueue, type DeskPlace, type Env, lookOf } from './place.js';
import { staffFaultWords } from './role-words.js';
import { isRole } from './roles.js';
import { createDeskLink } from './session.js';
import { StaffPage } from './staff-page.js';

/** 職員と役割: who manages them sees, adds and removes officers here. */
export function staffRoutes(place: DeskPlace): Hono<Env> {
  const { sql, agency, desk, clock } = place;
  const app = new Hono<Env>();
  const page = async (
    c: Context<Env>,
    made: { officer: string; link: string } | undefined = undefined,
    errors: readonly FieldError[] = [],
  ) => (
    <StaffPage
      look={{ ...lookOf(c, place), path: `${desk}/officers` }}
      desk={desk}
      session={c.get('session')}
      officers={await listOfficers(sql, agency.code)}
      departments={await listDepartments(sql, agency.code)}
      procedures={place.procedures}
      back={backToQueue(place)}
      made={made}
      errors={errors}
    />
  );

  app.use(allowed(place, 'staff'));
  app.get('/', async (c) => c.html(await page(c)));

  app.post('/', async (c) => {
    const form = await c.req.parseBody({ all: true });
    const officer = typeof form.officer === 'string' ? form.officer.trim() : '';
    const scope = typeof form.scope === 'string' ? form.scope : '';
    const chosen = [form.role ?? []].flat().filter((role) => typeof role === 'string' && isRole(role));
    const fault = await addOfficer(sql, agency.code, {
      officer,
      roles: chosen.flatMap((role) => (typeof role === 'string' && isRole(role) ? [{ role, scope }] : [])),
      by: `officer:${c.get('session').officer}`,
      now: clock(),
    });
    if (fault !== undefined) {
      const field = fault === 'roles' ? 'role' : fault === 'scope' ? 'scope' : 'officer';
      return c.html(await page(c, undefined, [{ field, message: staffFaultWords[fault] }]), 422);
    }
    const link = await createDeskLink({ sql, agency, now: clock(), officer });
    return c.html(await page(c, { officer, link }));
  });

  app.post('/:officer/remove', async (c) => {
    const fault = await removeOfficer(sql, agency.code, {
      officer: c.req.param('officer'),
      by: `officer:${c.get('session').officer}`,
      now: clock(),
    });
    if (fault === undefined) return c.redirect(`${desk}/officers`, 303);
    return c.html(await page(c, undefined, [{ field: 'officer', message: staffFaultWords[fault] }]), 422);
  });
  return app;
}
