import { Button, ButtonRow, fill, H2, type LightState, P, StatusLight, T, type Words } from '@madoguchi/ui';
import type { CheckState, DoctorCheck, DoctorReport } from '../../doctor/report.js';
import { HomeLink } from '../pages/home-link.js';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';
import { homeTexts as texts } from './texts.js';
import { reportMark } from './watch.js';

const lights: Record<CheckState, LightState> = { ok: 'good', warn: 'check', fail: 'bad', skip: 'pending' };
const verdicts: Record<DoctorReport['state'], { light: LightState; words: Words }> = {
  ok: { light: 'good', words: texts.green },
  warn: { light: 'check', words: texts.yellow },
  fail: { light: 'bad', words: texts.red },
};

interface CheckPageProps extends AgentLook {
  report: DoctorReport;
  /** Host of the portal that may be told green or red. */
  tells: string | undefined;
  /** The way back, where the check was not opened by a portal. */
  home?: string;
}

/** Every line of the check with what it found and the next step; it changes while the page stands. */
export function CheckPage(props: CheckPageProps) {
  const { report, tells, home } = props;
  const { light, words } = verdicts[report.state];
  const mark = reportMark(report);
  return (
    <AgentPage {...props} title={texts.checkTitle} lead={texts.live} scripts={['/agent.js']}>
      <div data-look={address(props, '/look')} data-mark={mark}>
        <p class="agent-verdict" role="status">
          <StatusLight state={light} label={words} word="" />
        </p>
        <ul class="agent-checks">
          {report.checks.map((check) => (
            <CheckLine check={check} />
          ))}
        </ul>
      </div>
      <noscript>
        <meta http-equiv="refresh" content="10" />
      </noscript>
      <ButtonRow>
        <Button label={texts.again} href={address(props)} kind="secondary" />
        <Button label={texts.save} href={address(props, '/report')} kind="text" />
      </ButtonRow>
      <P w={texts.saveNote} quiet />
      {tells === undefined ? null : (
        <form method="post" action={address(props, '/tell')}>
          <H2 w={texts.tellTitle} />
          <P w={fill(texts.tellNote, { host: tells })} />
          <ButtonRow>
            <Button label={texts.tell} id="tell" />
          </ButtonRow>
        </form>
      )}
      {home === undefined ? null : <HomeLink href={home} />}
    </AgentPage>
  );
}

function CheckLine({ check }: { check: DoctorCheck }) {
  const acts = check.state === 'warn' || check.state === 'fail';
  return (
    <li class={`agent-check agent-check-${check.state}`}>
      <h2>
        <StatusLight state={lights[check.state]} label={check.title} word={texts.states[check.state]} />
      </h2>
      <p>
        <T w={check.found} />
      </p>
      {acts ? (
        <>
          <p>
            <T w={check.means} />
          </p>
          <p class="agent-next">
            <strong>
              <T w={texts.next} />
            </strong>{' '}
            <T w={check.next} />
          </p>
        </>
      ) : null}
    </li>
  );
}
