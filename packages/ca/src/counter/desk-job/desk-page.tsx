import { assetPath, Button, ButtonRow, fill, Notice, P, Page, T, type Words } from '@madoguchi/ui';
import { raw } from 'hono/html';
import { Frame } from '../frame.js';
import type { CounterLogin } from '../login.js';
import type { CounterLook } from '../look.js';
import { banner, siteName } from '../words.js';

const d = {
  title: {
    ja: 'この机のカードリーダーへ',
    jaEasy: 'この つくえの カードリーダーへ',
    en: 'On to the reader on this desk',
  },
  lead: {
    ja: 'この方のカードを、この机のリーダーに置いてください。署名クライアントの画面で、申請者がパスワードを入力します。',
    jaEasy: 'カードを おいて ください。つぎの ページで {申請者|しんせいしゃ}が パスワードを {入|い}れます。',
    en: 'Put the person’s card into the reader on this desk. The applicant types the passwords on the signing agent’s page.',
  },
  button: {
    ja: '署名クライアントを開く',
    jaEasy: '{署名|しょめい}クライアントを ひらく',
    en: 'Open the signing agent',
  },
  missing: {
    ja: '進まないときは、このパソコンで署名クライアントが動いていません。動かしてから、もう一度押してください。',
    jaEasy: '{進|すす}まない ときは、{署名|しょめい}クライアントを うごかして ください。',
    en: 'If nothing happens, the signing agent is not running on this computer: start it and press again.',
  },
  get: {
    ja: '署名クライアントの準備',
    jaEasy: '{署名|しょめい}クライアントの じゅんび',
    en: 'How to get the signing agent',
  },
  server: {
    ja: '認証局側のリーダーを使う',
    jaEasy: 'ほかの リーダーを つかう',
    en: 'Use the authority’s reader instead',
  },
  back: {
    ja: '窓口の画面にもどります',
    jaEasy: '{窓口|まどぐち}の ページに もどります',
    en: 'Back to the counter',
  },
  unavailable: {
    ja: 'いまは署名クライアントに頼めません。{what}',
    jaEasy: 'いまは できません。{what}',
    en: 'The signing agent cannot be asked now. {what}',
  },
  wait: {
    ja: '少し待って、もう一度開いてください。',
    jaEasy: 'すこし まって ください。',
    en: 'Wait a little and open this page again.',
  },
} satisfies Record<string, Words>;

interface DeskProps {
  prefs: CounterLook;
  act: string;
  login: CounterLogin;
  /** The signed job; undefined where the authority cannot vouch for the office now. */
  request: string | undefined;
}

/** Hands the job over to the agent on this computer, in this window; by itself where scripts run and it was not come back to. */
export function DeskPage({ prefs, act, login, request }: DeskProps) {
  const path = `/counter/desk/${act}`;
  if (request === undefined)
    return (
      <Frame prefs={prefs} path={path} title={d.title} back>
        <Notice kind="bad" title={fill(d.unavailable, { what: d.wait })} />
      </Frame>
    );
  return (
    <Frame prefs={prefs} path={path} title={d.title} lead={d.lead} back scripts={[assetPath('hand-over.js')]}>
      <form
        method="post"
        enctype="multipart/form-data"
        action={`${login.agentOrigin}/counter`}
        data-hand-over
      >
        <input type="hidden" name="request" value={request} />
        <input type="hidden" name="lang" value={prefs.register} />
        <P w={d.missing} quiet />
        <ButtonRow>
          <Button label={d.button} id="open" />
          <Button label={d.server} kind="secondary" href={`/counter/pin/${act}?reader=server`} />
        </ButtonRow>
      </form>
      {login.setUpUrl === undefined ? null : (
        <p>
          <a href={login.setUpUrl} target="_blank" rel="noopener">
            <T w={d.get} />
          </a>
        </p>
      )}
    </Frame>
  );
}

/**
 * Where the agent's page leads back to. It comes from another site, so the session's cookie is not with it: this page knows nothing and goes on by
 * itself, and the step after it is the counter's own.
 */
export function BackPage({ prefs, act }: { prefs: CounterLook; act: string }) {
  const to = `/counter/acts/${act}`;
  return (
    <Page title={d.back} prefs={prefs} siteName={siteName} path={to} banner={banner} switches="none">
      {raw(`<meta http-equiv="refresh" content="0;url=${to}">`)}
      <ButtonRow>
        <Button label={d.back} href={to} id="back" />
      </ButtonRow>
    </Page>
  );
}
