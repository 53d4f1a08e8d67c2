import type { Context, Hono } from 'hono';
import type { KeyKind } from '../../card-visit.js';
import { ClientError } from '../../client-error.js';
import { hasPinForm } from '../../pin.js';
import { endCertificate } from '../../revocation/end-certificate.js';
import { RevocationError } from '../../revocation/revocation-error.js';
import { asClientError, channelNamed } from '../card-work.js';
import { readBody } from '../http-guard.js';
import { unsure } from '../pages/sure.js';
import { readSecretForm } from '../pin-form.js';
import { renewalLook } from '../renewal/renewal-routes.js';
import { lookOf, maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble, ownTrouble, type Trouble } from '../trouble.js';
import { AskRevocationPage, RevokedPage } from './revocation-pages.js';
import { revocationTexts as texts } from './texts.js';

type Env = { Bindings: RoomBindings };

/** オンライン失効申請, under the agent's start page: the holder ends a certificate by its own key. One form, one visit to the card. */
export function addRevocationRoutes(app: Hono<Env>, base: string, options: RoomOptions): void {
  const authority = options.authorities.renewal;
  if (authority === undefined) return;
  app.get(`${base}/revocation`, (c) => ask(c, options));
  for (const key of ['sign', 'auth'] as const)
    app.post(`${base}/revocation/${key}`, (c) => end(c, options, { authority, key }));
}

async function ask(
  c: Context,
  options: RoomOptions,
  notice?: { key: KeyKind; trouble: Trouble },
): Promise<Response> {
  const { home } = options;
  return c.html(
    <AskRevocationPage
      {...lookOf(c, options, `/${home.path}/revocation`)}
      look={await renewalLook(options)}
      home={pathFor(c, home.path)}
      {...(notice === undefined ? {} : { notice })}
    />,
    notice === undefined ? 200 : 422,
  );
}

async function end(
  c: Context<Env>,
  options: RoomOptions,
  { authority, key }: { authority: string; key: KeyKind },
): Promise<Response> {
  const { look, home, clock } = options;
  const body = await readBody(c.env.incoming, maxFormBytes);
  if (body === undefined) return c.text('Too long.\n', 413);
  const field = `pin-${key}`;
  const { secrets, fields } = readSecretForm(body, [field]);
  const pin = secrets.get(field) ?? Buffer.alloc(0);
  try {
    if (fields.get(`sure-${key}`) !== 'yes') return await ask(c, options, { key, trouble: notSure() });
    if (!hasPinForm(key, pin)) throw new ClientError('pin-format', { pin: key });
    const channel = await channelNamed(look, fields.get('card'));
    const lastTry = fields.get(`lastTry-${key}`) === 'yes';
    const { revokedAt } = await endCertificate(
      { channel, key, pin: () => pin, lastTry },
      { authority, now: clock(), fetch: options.fetch },
    );
    const where = lookOf(c, options, `/${home.path}/revocation`);
    return c.html(<RevokedPage {...where} name={key} revokedAt={revokedAt} home={pathFor(c, home.path)} />);
  } catch (error) {
    return ask(c, options, { key, trouble: stopped(error) });
  } finally {
    pin.fill(0);
  }
}

const notSure = (): Trouble => ownTrouble('revocation-unsure', unsure, texts.others);

/** What stopped it, in words; a defect of ours passes as an unreachable card. */
function stopped(error: unknown): Trouble {
  if (error instanceof RevocationError) return ownTrouble(error.rule, error.sentences, texts.others);
  return cardTrouble(asClientError(error));
}
