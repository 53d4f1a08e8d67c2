import { securityHeaders, uiRoutes } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { agentCss } from './agent-css.js';
import { agentScript } from './agent-script.js';
import { deskRoutes } from './desk/desk-routes.js';
import { checkRoutes, homeRoutes } from './home/home-routes.js';
import { hostIsExact, isOwnUser } from './http-guard.js';
import { loginRoutes } from './login/login-routes.js';
import { TroublePage } from './pages/trouble-page.js';
import { lookOf, type RoomBindings, type RoomOptions } from './room-env.js';
import { signingRoutes } from './signing-routes.js';
import { type TroubleId, trouble } from './trouble.js';

type Env = { Bindings: RoomBindings };

/** The port of this start, which no site knows: every page on which a password is typed, each under its own unguessable path. */
export function roomApp(options: RoomOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.use(securityHeaders({ strict: true }));
  app.use(async (c, next) => {
    const { incoming } = c.env;
    if (!hostIsExact(incoming, options.port()))
      return c.text('This address belongs to the signing agent.\n', 421);
    if (options.checkPeer && !(await isOwnUser(incoming))) return c.text('Another user.\n', 403);
    await next();
    return undefined;
  });
  app.route('/assets', uiRoutes());
  app.get('/agent.css', (c) => c.body(agentCss, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/agent.js', (c) => c.body(agentScript, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
  app.route('/login', loginRoutes(options));
  app.route('/desk', deskRoutes(options));
  app.route('/check', checkRoutes(options));
  app.route('/home', homeRoutes(options));
  app.route('/', signingRoutes(options));

  const troublePage = (c: Context<Env>, id: TroubleId, status: 404 | 500) =>
    c.html(<TroublePage {...lookOf(c, options, c.req.path)} trouble={trouble(id)} />, status);
  app.notFound((c) => troublePage(c, 'session-ended', 404));
  app.onError((_, c) => troublePage(c, 'defect', 500));
  return app;
}
