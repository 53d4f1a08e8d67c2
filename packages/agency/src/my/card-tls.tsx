import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { explainRule } from '@madoguchi/procedure';
import {
  defectOf,
  installErrorPages,
  LoginFailedPage,
  loginWords,
  securityHeaders,
  uiRoutes,
} from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { pageLook } from '../forms/look.js';
import { judgeCertificate } from '../login/judge.js';
import type { LoginSite } from '../login/options.js';
import type { ReceptionOptions } from '../options.js';
import { openCitizenSession } from './session.js';

export type CardTlsOptions = Pick<ReceptionOptions, 'db' | 'agency' | 'clock' | 'log'> & { site: LoginSite };

/**
 * The citizen's own page entered by TLS with the card's authentication certificate (curl, OpenSSL, browsers with a PKCS#11 module). Mount it
 * at the agency's `basePath` on a server of its own port that asks for client certificates: the handshake proves the key, the certificate is
 * judged here as in a login by token. `GET /my` opens the same session and leads to the agency's own origin; a cookie knows no port.
 */
export function cardTlsApp(options: CardTlsOptions): Hono {
  const { db, agency, clock, log } = options;
  const home = `${agency.origin}${agency.basePath}/my`;
  const app = new Hono();
  installErrorPages(app, {
    siteName: agency.siteName,
    siteHref: `${agency.origin}${agency.basePath}/`,
    contact: agency.contact,
    assets: `${agency.basePath}/assets`,
    log: (number, error) => log?.('defect', { number, ...defectOf(error) }),
  });
  app.use(securityHeaders({ hsts: true }));
  app.route('/assets', uiRoutes());
  app.get('/my', async (c) => {
    const look = { ...pageLook(c, agency), path: home };
    // The connection holds as long as the session of TLS would: the card is asked again for the next one.
    c.header('Connection', 'close');
    const certificate = peerCertificate(c);
    if (certificate === undefined) {
      log?.('login.refused', { rule: 'tls.none' });
      return c.html(<LoginFailedPage look={look} home={home} why={loginWords.noCertificate} />, 401);
    }
    const judged = await judgeCertificate(options, certificate);
    if (!judged.ok) {
      log?.('login.refused', { rule: judged.rule });
      const { what, next } = explainRule(judged.rule);
      const status = judged.rule === 'token.revocationUnknown' ? 503 : 403;
      return c.html(<LoginFailedPage look={look} home={home} why={what} next={next} />, status);
    }
    await openCitizenSession(c, db.sql, agency, judged.who.authenticationKey, clock());
    log?.('login.good', { by: 'tls' });
    return c.redirect(home, 303);
  });
  return app;
}

/** DER of the certificate whose key TLS has proven; undefined without one. A resumed session proves nothing anew. */
function peerCertificate(c: Context): Uint8Array | undefined {
  const socket = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket;
  if (!(socket instanceof TLSSocket) || socket.isSessionReused()) return undefined;
  return socket.getPeerX509Certificate()?.raw;
}
