import type { Answers, Application, ProcedureDefinition } from '@madoguchi/procedure';
import { type FieldError, words } from '@madoguchi/ui';
import { commonForm } from '../forms/common-form.js';
import { texts } from './texts.js';

/** The form of a mandate (委任状): a paper of its own, the same for every procedure of an agency. */
export const ininjo = commonForm('ininjo');

/** What a mandate is about: who may act, in which procedure, on which application. Nobody types it. */
export function mandateAbout(
  first: { definition: Pick<ProcedureDefinition, 'title'>; application: Application },
  receipt: string,
): Answers {
  return {
    agentName: first.application.applicant.name,
    agentAddress: first.application.applicant.address,
    matter: words(first.definition.title, 'ja'),
    receipt,
  };
}

/** What stands in the form before anything is typed: from the day of the application for three months, everything but the withdrawal. */
export function usualMandate(filedOn: string): Answers {
  const end = new Date(`${filedOn}T00:00:00Z`);
  end.setUTCMonth(end.getUTCMonth() + 3);
  return { from: filedOn, until: end.toISOString().slice(0, 10), powers: 'file,correct,receive' };
}

/** The form without what nobody types. */
export function mandateQuestions(definition: ProcedureDefinition): ProcedureDefinition {
  const fixed = ['agentName', 'agentAddress', 'matter', 'receipt'];
  return { ...definition, fields: definition.fields.filter(({ id }) => !fixed.includes(id)) };
}

/** What the one who gives it is told before the signature: it must cover the day on which the representative filed, and be in force. */
export function mandateErrors(answers: Answers, filedOn: string, today: string): FieldError[] {
  const { from = '', until = '', powers = '' } = answers;
  const errors: FieldError[] = [];
  if (from > filedOn) errors.push({ field: 'from', message: texts.mandateFrom });
  if (until < today) errors.push({ field: 'until', message: texts.mandateUntil });
  if (!powers.split(',').includes('file')) errors.push({ field: 'powers', message: texts.mandatePowers });
  return errors;
}

/** `over`: its time has ended since; `revoked`: its giver has ended it; `other`: it was never one for this application. */
export type MandateStanding = 'good' | 'over' | 'revoked' | 'other';

/** A mandate that was signed, once more: about this very application, and given for the day (YYYY-MM-DD) on which it was filed. */
export function judgeMandate(
  answers: Answers,
  about: Answers,
  { filedOn, today, isRevoked }: { filedOn: string; today: string; isRevoked: boolean },
): MandateStanding {
  const isAbout = Object.entries(about).every(([name, value]) => answers[name] === value);
  if (!isAbout || mandateErrors(answers, filedOn, filedOn).length > 0) return 'other';
  if (isRevoked) return 'revoked';
  return (answers.until ?? '') < today ? 'over' : 'good';
}
