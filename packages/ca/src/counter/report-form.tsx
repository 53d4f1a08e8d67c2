import { Button, Details, P, RadioGroup } from '@madoguchi/ui';
import type { Incapacity } from './evidence.js';
import { lossKinds } from './grounds.js';
import { loss, lossKindWords } from './loss-words.js';
import { ProofFields, type TypedProof } from './proof-fields.js';

export interface TypedReport extends TypedProof {
  readonly kind?: string | undefined;
}

interface ReportProps {
  path: string;
  csrf: string;
  open: boolean;
  incapacity: Incapacity | undefined;
  typed: TypedReport;
}

/** What became of a card, told in person with proof of identity. */
export function ReportForm({ path, csrf, open, incapacity, typed }: ReportProps) {
  return (
    <Details summary={loss.report} open={open}>
      <P w={loss.reportNote} />
      <form method="post" action={`${path}/report`}>
        <input type="hidden" name="csrf" value={csrf} />
        <RadioGroup
          name="loss"
          label={loss.what}
          required
          value={typed.kind}
          options={lossKinds.map((kind) => ({ value: kind, label: lossKindWords[kind] }))}
        />
        <ProofFields prefix="report-" presenters={['self', 'guardian']} {...{ typed, incapacity }} />
        <Button label={loss.reportButton} kind="danger" />
      </form>
    </Details>
  );
}
