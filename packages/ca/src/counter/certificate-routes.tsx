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

/** What the handlers work with. */
interface CertificatePlace extends Pick<CounterEquipment, 'typeset'> {
  readonly ca: Ca;
  readonly counters: Counters;
}

/** One certificate: read, and revoked with reason, requester and evidence. */
export function certificateRoutes(place: CertificatePlace): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  app.get('/certificates/:alias', needs('look'), (c) => show(c, place));
  app.get('/certificates/:alias/copy.pdf', needs('look'), (c) => printCopy(c, place));
  app.get('/certificates/:alias/revoked', needs('look'), (c) => showRevoked(c, place));
  app.post('/certificates/:alias/revoke', needs('revoke'), smallForm, (c) => revoke(c, place));
  return app;
}

interface Found {
  readonly record: CertificateRecord;
  readonly resident: CounterResident | undefined;
  /** Name of whose certificate it is, as far as it is known. */
  readonly holder: string | undefined;
}

/** A citizen's certificate that this clerk may see; anything else is as if it were not there. */
async function certificateOf(c: Context<CounterEnv>, { ca }: CertificatePlace): Promise<Found> {
  const record = await ca.show({ alias: c.req.param('alias') ?? '' });
  const { municipality } = c.var.session;
  const isCitizens = record !== undefined && record.municipality !== '';
  const isHere = municipality === undefined || municipality === record?.municipality;
  if (record === undefined || !isCitizens || !isHere) throw new HTTPException(404);
  const resident =
    record.resident === undefined
      ? undefined
      : await residentById(ca.context, record.resident, record.municipality);
  return { record, resident, holder: resident?.name ?? (await nameOnCard(ca, record)) };
}

/** What the page shows beside what was typed. */
function shownOf(
  c: Context<CounterEnv>,
  { ca, typeset }: CertificatePlace,
  { record, resident, holder }: Found,
) {
  const { prefs, session } = c.var;
  return {
    ...{ prefs, record, holder },
    csrf: session.csrf,
    incapacity: resident === undefined ? undefined : incapacityOf(resident, ca.context.clock()),
    hasCopy: typeset !== undefined && record.status === 'valid',
  };
}

async function show(c: Context<CounterEnv>, place: CertificatePlace): Promise<Response> {
  return c.html(<CertificatePage {...shownOf(c, place, await certificateOf(c, place))} />);
}

/** The copy again, for somebody who has lost the paper; only while the certificate is valid. */
async function printCopy(c: Context<CounterEnv>, place: CertificatePlace): Promise<Response> {
  const { ca, typeset } = place;
  const { record } = await certificateOf(c, place);
  const isValid = record.status === 'valid';
  const pdf = typeset === undefined || !isValid ? undefined : await certificateCopy(ca, typeset, record);
  if (pdf === undefined) throw new HTTPException(404);
  return sendPdf(c, pdf, 'denshi-shomeisho-utsushi.pdf');
}

async function showRevoked(c: Context<CounterEnv>, place: CertificatePlace): Promise<Response> {
  await certificateOf(c, place);
  return c.html(<RevokedPage prefs={c.var.prefs} path={c.req.path} />);
}

async function revoke(c: Context<CounterEnv>, place: CertificatePlace): Promise<Response> {
  const { ca, counters } = place;
  const found = await certificateOf(c, place);
  const { record, resident } = found;
  const { session } = c.var;
  const form = await formOf(c);
  const shown = shownOf(c, place, found);
  const asked = form.who === 'office' ? readOffice(form) : readRequest(form, shown.incapacity);
  const { presenter, evidence } = asked;
  const ground = groundFor(session, form.ground, presenter);
  const errors = [
    ...(ground === undefined ? [{ field: 'ground', message: w.chooseReason }] : []),
    ...asked.errors,
  ];
  if (errors.length > 0 || ground === undefined || presenter === undefined) {
    const typed = {
      ground: typeof form.ground === 'string' ? form.ground : undefined,
      ...{ who: presenter, evidence },
      ...(form.who === 'office' ? { office: evidence } : {}),
    };
    return c.html(<CertificatePage {...shown} errors={errors} typed={typed} />, 422);
  }
  const { municipality, alias } = record;
  const { revoked } = await endCertificates(ca.context, { municipality, alias }, ground, {
    ...{ resident: resident?.id, clerk: session.clerk, presenter, evidence },
    ...{ kind: 'revoke', reason: ground.id, certificate: alias },
  });
  if (revoked === 0) throw new HTTPException(409);
  counters.count('madoguchi_ca_revocations_total');
  return c.redirect(`/counter/certificates/${alias}/revoked`, 303);
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
