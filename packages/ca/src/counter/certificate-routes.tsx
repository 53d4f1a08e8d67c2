import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../ca.js';
import type { Counters } from '../http/metrics.js';
import { incapacityOf } from '../identity/incapacity.js';
import type { CertificateRecord } from '../queries.js';
import { type CounterResident, residentById } from '../register/find.js';
import type { CounterEquipment } from './act-routes.js';
import { CertificatePage, nameIn, RevokedPage } from './certificate-page.js';
import { certificateCopy, heldOf } from './copy.js';
import { endCertificates } from './end-certificates.js';
import { evidenceWords } from './evidence.js';
import { formOf, sendPdf, smallForm } from './forms.js';
import { grounds } from './grounds.js';
import { type CounterEnv, needs } from './guard.js';
import { readProof } from './read-proof.js';
import { type CounterSession, may } from './session.js';
import { w } from './words.js';

/** One certificate: read, and revoked with reason, requester and evidence. */
export function certificateRoutes(
  ca: Ca,
  counters: Counters,
  { typeset }: Pick<CounterEquipment, 'typeset'>,
): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  const ctx = ca.context;

  /** A citizen's certificate that this clerk may see; anything else is as if it were not there. */
  async function mine(c: Context<CounterEnv>) {
    const record = await ca.show({ alias: c.req.param('alias') ?? '' });
    const { municipality } = c.var.session;
    const isCitizens = record !== undefined && record.municipality !== '';
    const isHere = municipality === undefined || municipality === record?.municipality;
    if (record === undefined || !isCitizens || !isHere) throw new HTTPException(404);
    const resident =
      record.resident === undefined
        ? undefined
        : await residentById(ctx, record.resident, record.municipality);
    return { record, resident, holder: resident?.name ?? (await nameOnCard(ca, record)) };
  }

  const shownOf = (
    c: Context<CounterEnv>,
    {
      record,
      resident,
      holder,
    }: { record: CertificateRecord; resident: CounterResident | undefined; holder: string | undefined },
  ) => ({
    prefs: c.var.prefs,
    record,
    holder,
    csrf: c.var.session.csrf,
    incapacity: resident === undefined ? undefined : incapacityOf(resident, ctx.clock()),
    hasCopy: typeset !== undefined && record.status === 'valid',
  });

  app.get('/certificates/:alias', needs('look'), async (c) =>
    c.html(<CertificatePage {...shownOf(c, await mine(c))} />),
  );

  // The copy again, for somebody who has lost the paper; only while the certificate is valid.
  app.get('/certificates/:alias/copy.pdf', needs('look'), async (c) => {
    const { record } = await mine(c);
    const isValid = record.status === 'valid';
    const pdf = typeset === undefined || !isValid ? undefined : await certificateCopy(ca, typeset, record);
    if (pdf === undefined) throw new HTTPException(404);
    return sendPdf(c, pdf, 'denshi-shomeisho-utsushi.pdf');
  });

  app.get('/certificates/:alias/revoked', needs('look'), async (c) => {
    await mine(c);
    return c.html(<RevokedPage prefs={c.var.prefs} path={c.req.path} />);
  });

  app.post('/certificates/:alias/revoke', needs('revoke'), smallForm, async (c) => {
    const found = await mine(c);
    const { record, resident } = found;
    const { session } = c.var;
    const form = await formOf(c);
    const shown = shownOf(c, found);
    const asked = form.who === 'office' ? readOffice(form) : readRequest(form, shown.incapacity);
    const ground = groundFor(session, form.ground, asked.presenter);
    const errors = [
      ...(ground === undefined ? [{ field: 'ground', message: w.chooseReason }] : []),
      ...asked.errors,
    ];
    if (errors.length === 0 && ground !== undefined && asked.presenter !== undefined) {
      const { municipality, alias } = record;
      const { revoked } = await endCertificates(ctx, { municipality, alias }, ground, {
        resident: resident?.id,
        kind: 'revoke',
        clerk: session.clerk,
        presenter: asked.presenter,
        evidence: asked.evidence,
        reason: ground.id,
        certificate: alias,
      });
      if (revoked === 0) throw new HTTPException(409);
      counters.count('madoguchi_ca_revocations_total');
      return c.redirect(`/counter/certificates/${alias}/revoked`, 303);
    }
    const typed = {
      ground: typeof form.ground === 'string' ? form.ground : undefined,
      who: asked.presenter,
      evidence: asked.evidence,
      ...(form.who === 'office' ? { office: asked.evidence } : {}),
    };
    return c.html(<CertificatePage {...shown} errors={errors} typed={typed} />, 422);
  });
  return app;
}

/** A ground that this session may use and that fits who asks. */
function groundFor(session: CounterSession, id: unknown, presenter: string | undefined) {
  return grounds.find(
    (one) => one.id === id && may(session, one.right) && one.by.some((who) => who === presenter),
  );
}

function readRequest(form: Record<string, unknown>, incapacity: 'child' | 'ward' | undefined) {
  const proof = readProof(form, { presenters: ['self', 'guardian'], incapacity });
  const confirm: FieldError[] = form.confirm === 'yes' ? [] : [{ field: 'confirm', message: w.tickConfirm }];
  return { ...proof, errors: [...proof.errors, ...confirm] };
}

function readOffice(form: Record<string, unknown>) {
  const evidence = [form.office]
    .flat()
    .filter((one): one is string => typeof one === 'string' && evidenceWords(one) !== undefined);
  const errors: FieldError[] = evidence.length > 0 ? [] : [{ field: 'office', message: w.badOffice }];
  return { presenter: 'office' as const, evidence, errors };
}

/** For a card of somebody who is not in the register: the name in the signature certificate of the same card. */
async function nameOnCard(ca: Ca, record: CertificateRecord): Promise<string | undefined> {
  const { municipality, issue } = record;
  const onCard = heldOf(await ca.list({ municipality, issue }), 'signature');
  return onCard === undefined ? undefined : nameIn((await ca.show({ alias: onCard.alias }))?.certificate);
}
