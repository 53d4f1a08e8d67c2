import { Button, fill } from '@madoguchi/ui';
import type { MiddlewareHandler } from 'hono';
import { Frame } from './frame.js';
import { l } from './login-words.js';
import type { CounterLook } from './look.js';
import { type Right, roles } from './roles.js';
import { type CounterSession, may } from './session.js';

/** What the counter's middleware finds out about a request. */
export type CounterEnv = { Variables: { session: CounterSession; prefs: CounterLook } };

/** Lets only those through whose role may do this; the others are told, with the way back to what is theirs. */
export function needs(right: Right): MiddlewareHandler<CounterEnv> {
  return async (c, next) => {
    const { session, prefs } = c.var;
    if (may(session, right)) return next();
    const { label, home } = roles[session.role];
    return c.html(
      <Frame prefs={prefs} path={home} title={l.refusedTitle} lead={fill(l.refused, { role: label })}>
        <Button label={l.home} kind="secondary" href={session.by === 'register' ? '/counter/card' : home} />
      </Frame>,
      403,
    );
  };
}
