import { CheckboxGroup, Details, RadioGroup, TextInput } from '@madoguchi/ui';
import { a } from './act-words.js';
import { answerChecks, authorities, documents, type Incapacity, type Presenter } from './evidence.js';

/** What was ticked and typed of who has come, to stand there again after a fault. */
export interface TypedProof {
  readonly who?: string | undefined;
  readonly evidence?: readonly string[];
  readonly letter?: string | undefined;
}

interface ProofProps {
  typed: TypedProof;
  incapacity: Incapacity | undefined;
  /** Who may come for this, in this order. */
  presenters: readonly Presenter[];
  /** Several forms stand on one page: each has ids of its own. */
  prefix?: string;
}

const labels = {
  self: a.self,
  guardian: a.guardian,
  agent: a.agent,
  family: a.agent,
  office: a.agent,
} as const;

const lettered = <T extends { group: string; label: { ja: string; jaEasy: string; en: string } }>({
  group,
  label,
}: T) => ({
  ja: `${group}　${label.ja}`,
  jaEasy: `${group}　${label.jaEasy}`,
  en: `${group}  ${label.en}`,
});

/** Who has come, the documents seen, and what else a representative or an agent must show: the checklist of `evidence.ts`. */
export function ProofFields({ typed, incapacity, presenters, prefix = '' }: ProofProps) {
  const possible = presenters.filter((one) => incapacity === undefined || one === 'guardian');
  const who = typed.who ?? possible[0];
  const authority = authorities.filter((one) => one.for.includes(incapacity ?? 'ward'));
  return (
    <>
      <RadioGroup
        name={`${prefix}who`}
        label={a.who}
        required
        value={who}
        options={possible.map((one) => ({
          value: one,
          label: labels[one],
          ...(one === 'guardian' ? { hint: a.guardianNote } : {}),
        }))}
      />
      <CheckboxGroup
        name={`${prefix}evidence`}
        label={a.evidence}
        hint={a.evidenceHint}
        required
        values={typed.evidence}
        options={documents.map((one) => ({ value: one.id, label: lettered(one) }))}
      />
      {possible.includes('guardian') ? (
        <Details summary={a.guardianMore} open={who === 'guardian'}>
          <CheckboxGroup
            name={`${prefix}authority`}
            label={a.authority}
            values={typed.evidence}
            options={authority.map(({ id, label }) => ({ value: id, label }))}
          />
        </Details>
      ) : null}
      {possible.includes('agent') ? (
        <Details summary={a.agentMore} open={who === 'agent'}>
          <TextInput
            name={`${prefix}letter`}
            label={a.letter}
            width="medium"
            inputmode="numeric"
            value={typed.letter}
            autocomplete="off"
          />
          <CheckboxGroup
            name={`${prefix}answer`}
            label={a.answerChecks}
            values={typed.evidence}
            options={answerChecks.map(({ id, label }) => ({ value: id, label }))}
          />
        </Details>
      ) : null}
    </>
  );
}
