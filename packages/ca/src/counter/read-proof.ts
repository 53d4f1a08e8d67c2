import type { FieldError } from '@madoguchi/ui';
import { a } from './act-words.js';
import { evidenceWords, type Incapacity, missingProofs, type Presenter } from './evidence.js';

export interface ReadProof {
  readonly presenter: Presenter | undefined;
  /** Ids of the tables in `evidence.ts`; anything else that was sent is dropped. */
  readonly evidence: readonly string[];
  readonly letter: string;
  readonly errors: readonly FieldError[];
}

/** What a form says of who has come and what was seen, judged by the checklist. */
export function readProof(
  form: Record<string, unknown>,
  input: {
    readonly presenters: readonly Presenter[];
    readonly incapacity: Incapacity | undefined;
    readonly prefix?: string;
  },
): ReadProof {
  const { presenters, incapacity, prefix = '' } = input;
  const field = (name: string) => `${prefix}${name}`;
  const presenter = presenters.find((one) => one === form[field('who')]);
  const evidence = ['evidence', 'authority', 'answer']
    .flatMap((name) => [form[field(name)]].flat())
    .filter((one): one is string => typeof one === 'string' && evidenceWords(one) !== undefined);
  const letter = form[field('letter')];
  const errors: FieldError[] = [];
  if (presenter === undefined) errors.push({ field: field('who'), message: a.badWho });
  else {
    if (incapacity !== undefined && presenter !== 'guardian')
      errors.push({ field: field('who'), message: a.badGuardian });
    for (const missing of missingProofs(presenter, evidence, incapacity))
      errors.push({ field: field(missing), message: missingWords[missing] });
  }
  return {
    presenter,
    evidence: [...new Set(evidence)],
    letter: typeof letter === 'string' ? letter : '',
    errors,
  };
}

const missingWords = { evidence: a.badEvidence, authority: a.badAuthority, answer: a.badAnswer } as const;
