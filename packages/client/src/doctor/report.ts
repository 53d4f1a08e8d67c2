import type { Words } from '@madoguchi/ui';

export type CheckState = 'ok' | 'warn' | 'fail' | 'skip';

/** One line of the environment check: what was found, what that means, what to do next. */
export interface DoctorCheck {
  id: DoctorCheckId;
  state: CheckState;
  title: Words;
  found: Words;
  means: Words;
  next: Words;
  /** A mend that `madoguchi doctor --fix` knows for it; never one that needs a PIN. */
  fix?: DoctorFix;
}

/** What may be done without asking: starting the service, the holder's own folder, the agent at login, the agent itself. */
export type DoctorFix = 'start-service' | 'install-agent' | 'start-agent';

export type DoctorCheckId =
  | 'system'
  | 'node'
  | 'service'
  | 'reader'
  | 'driver'
  | 'card'
  | 'certificate'
  | 'certificate-sign'
  | 'pin-sign'
  | 'pin-auth'
  | 'agent'
  | 'login'
  | 'browser'
  | 'receivers';

export interface DoctorReport {
  /** `fail` when a check fails, else `warn` when one warns. */
  state: 'ok' | 'warn' | 'fail';
  checks: DoctorCheck[];
}

export function summarise(checks: DoctorCheck[]): DoctorReport {
  const has = (state: CheckState) => checks.some((check) => check.state === state);
  return { state: has('fail') ? 'fail' : has('warn') ? 'warn' : 'ok', checks };
}
