import { fill, type Words } from '@madoguchi/ui';
import { w } from '../client-words.js';
import type { LoginSession } from './login/login-session.js';
import type { RoomOptions } from './room-env.js';
import type { SigningSession } from './signing-session.js';

const own = {
  signing: w(
    '{agency}「{title}」の署名',
    '{agency}「{title}」の {署名|しょめい}',
    'the signature for “{title}” ({agency})',
  ),
  login: w('{agency}へのログイン', '{agency}への ログイン', 'the login to {agency}'),
};

/** What else waits for a password while this page is shown: so that nobody types one on the wrong page. */
export function waitingTitles(
  { sessions, logins }: Pick<RoomOptions, 'sessions' | 'logins'>,
  here: SigningSession | LoginSession,
): Words[] {
  const signings = sessions
    .waiting()
    .filter((session) => session !== here)
    .map(({ request }) =>
      fill(own.signing, { agency: request.agency.title, title: request.definition.title }),
    );
  const others = logins
    .waiting()
    .filter((session) => session !== here)
    .map(({ request }) => fill(own.login, { agency: request.agency.title }));
  return [...signings, ...others];
}
