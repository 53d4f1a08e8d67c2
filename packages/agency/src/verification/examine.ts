import { citizenSignaturePolicy, encodeReport, evaluate, type ValidationPolicy } from '@madoguchi/pki';
import type { Application } from '@madoguchi/procedure';
import type { VerifyCaseInput } from '../options.js';
import { type Collected, type CollectInput, collect } from './collect.js';
import { compareIdentity, type IdentityFinding } from './identity.js';
import { identityLight, type Lights, notExamined, signatureLight, validityLight } from './lights.js';
import { personChecks, typedPersons } from './persons.js';
import type { CitizenTrust } from './trust.js';

const SOONEST_MS = 5000;
const LATEST_MS = 3600_000;
const USUAL_MS = 5 * 60_000;

export interface ExamineInput
  extends Pick<VerifyCaseInput<CitizenTrust>, 'opened' | 'container' | 'arrivedAt' | 'trust'>,
    Pick<CollectInput, 'asic'> {
  readonly now: Date;
  /** When the nonce was issued. */
  readonly nonceTime: Date | undefined;
  /** The applicant of the submission that this one corrects. */
  readonly earlier: Application['applicant'] | undefined;
}

/** One look at a submission, nothing written down yet. */
export interface Examined {
  readonly found: Collected;
  /** The report as its bytes are kept. */
  readonly report: string;
  readonly lights: Lights;
  readonly identity: IdentityFinding;
  /** When to look again, where only revocation information is missing (validity is pending). */
  readonly nextLook: Date;
}

/** Collects the evidence about a submission, evaluates it, compares the identity. Asks for revocation information and the register, writes nothing. */
export async function examine(input: ExamineInput): Promise<Examined> {
  const { opened, trust, now, nonceTime, arrivedAt } = input;
  const policy: ValidationPolicy = { ...(trust.policy ?? citizenSignaturePolicy), demo: trust.demo };
  const found = await collect({
    container: input.container,
    ...(input.asic === undefined ? {} : { asic: input.asic }),
    policy,
    trust,
    ...(nonceTime === undefined ? {} : { nonceTime }),
    arrivedAt,
    now,
  });
  const report = evaluate(found.evidence, policy, now);
  const submission = opened.ok ? opened.value : undefined;
  const variants = trust.variants?.current();
  const isCosignature = submission?.application.relation?.kind === 'cosigns';
  const identity = await compareIdentity(
    found.signer,
    submission?.application.applicant,
    submission?.definition.match ?? ['name', 'address', 'birthDate', 'sex'],
    // Who signs with somebody is compared with what was typed of them: they may live anywhere.
    isCosignature ? undefined : trust.residents,
    variants,
    input.earlier,
  );
  const persons =
    submission === undefined || isCosignature
      ? []
      : await personChecks(
          typedPersons(submission.definition, submission.application),
          trust.residents,
          variants,
        );
  const intact = found.evidence.container?.intact !== false;
  const lights: Lights = {
    signature: signatureLight(report, opened.ok ? undefined : opened.rule),
    identity: intact ? identityLight(identity, persons) : notExamined,
    validity: intact ? validityLight(report, found.evidence, found.crlNumbers, found.problems) : notExamined,
  };
  return {
    found,
    report: Buffer.from(encodeReport(report)).toString('utf8'),
    lights,
    identity,
    nextLook: nextLook(now, report.nextAttempt, { problems: found.problems, arrivedAt }),
  };
}

/**
 * When new information is expected, but not much later than an hour. A source that did not answer may be back in a moment: it is asked
 * again after as long as the application has waited so far, which doubles from five seconds to five minutes.
 */
function nextLook(now: Date, wanted: string | undefined, { problems, arrivedAt }: Waited): Date {
  const usual = wanted === undefined ? USUAL_MS : Date.parse(wanted) - now.getTime();
  const wait = problems.length === 0 ? usual : Math.min(USUAL_MS, now.getTime() - arrivedAt.getTime());
  return new Date(now.getTime() + Math.min(LATEST_MS, Math.max(SOONEST_MS, wait)));
}

interface Waited {
  readonly problems: readonly string[];
  readonly arrivedAt: Date;
}
