import { Button, ButtonRow, CheckboxGroup, H2, Notice, P, RadioGroup, Table } from '@madoguchi/ui';
import { identityOf } from '../identity/resident.js';
import type { Office } from '../office/settings.js';
import type { CounterResident } from '../register/find.js';
import type { Scheme } from '../schemes.js';
import { a } from './act-words.js';
import type { ActKind, CounterPin } from './acts.js';
import type { Incapacity } from './evidence.js';
import { ProofFields, type TypedProof } from './proof-fields.js';
import { w } from './words.js';

/** What was ticked and typed, to stand there again after a fault. */
export interface Typed extends TypedProof {
  readonly kind?: string | undefined;
  readonly consent?: boolean;
}

/** One item of the certificate in which characters are substituted. */
export interface Substitution {
  readonly item: 'name' | 'address';
  readonly label: typeof w.name;
  readonly from: string;
  readonly to: string;
  /** 1 where the character at this place is a substitute. */
  readonly flags: string;
}

/** Items in which a certificate cannot hold what is registered; empty where nothing is substituted. */
export function substitutionsOf(resident: CounterResident): Substitution[] {
  const identity = identityOf(resident);
  return [
    {
      item: 'name' as const,
      label: w.name,
      from: resident.name,
      to: identity.name,
      flags: identity.nameSubstitution ?? '',
    },
    {
      item: 'address' as const,
      label: w.address,
      from: resident.address,
      to: identity.address,
      flags: identity.addressSubstitution ?? '',
    },
  ].filter(({ flags }) => flags.includes('1'));
}

/** Each character that is substituted, beside what stands for it: not the name or address around it. */
export function signPairs({ from, to, flags }: Substitution): { from: string; to: string }[] {
  const [before, after] = [signsOf(from), signsOf(to)];
  return after.flatMap((sign, index) =>
    flags[index] === '1' ? [{ from: before[index] ?? '', to: sign }] : [],
  );
}

/** A character with its variation selector is one. */
function signsOf(text: string): string[] {
  return text.match(/.[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]*/gsu) ?? [];
}

/** The office's usual reader first. */
const readers = { server: ['server', 'agent'], agent: ['agent', 'server'] } as const;
const readerWords = { server: a.toPins, agent: a.toDesk } as const;

interface ActFormProps {
  path: string;
  csrf: string;
  resident: CounterResident;
  kinds: readonly ActKind[];
  /** Which passwords the applicant sets, of those that `pinsFor` gives. */
  pins: readonly CounterPin[];
  /** Whether the person has a valid certificate now. */
  hasValid: boolean;
  incapacity: Incapacity | undefined;
  typed: Typed;
  /** Which reader the office uses first; undefined where only the authority's can be used. */
  reader: Office['reader'] | undefined;
}

/** What the form calls the acts: a PIN may be set anew alone. */
type Choice = ActKind | 'pin-signature' | 'pin-authentication';

/** The passwords of what this person can get a certificate for in this scheme; empty for a child or a ward in that of 2008. */
export function pinsFor(scheme: Scheme, incapacity: Incapacity | undefined): readonly CounterPin[] {
  return [
    ...(incapacity === undefined ? (['signature'] as const) : []),
    ...(scheme.kinds.includes('auth') ? (['authentication'] as const) : []),
  ];
}

const pinChoices = (pins: readonly CounterPin[]): Choice[] =>
  pins.length === 2 ? ['pin-signature', 'pin-authentication', 'pin'] : ['pin'];

/** The act that the form names and the PINs that the applicant is asked for; undefined for one that cannot be done now. */
export function chosenAct(
  given: unknown,
  kinds: readonly ActKind[],
  pins: readonly CounterPin[],
): { kind: ActKind; pins: readonly CounterPin[] } | undefined {
  const kind = kinds.find((one) => one === given);
  if (kind !== undefined) return { kind, pins };
  if (!kinds.includes('pin') || pins.length < 2) return undefined;
  if (given === 'pin-signature') return { kind: 'pin', pins: ['signature'] };
  return given === 'pin-authentication' ? { kind: 'pin', pins: ['authentication'] } : undefined;
}

/** The form with which an act begins: what is to be done, who has come, what was seen. */
export function ActForm(props: ActFormProps) {
  const { path, csrf, resident, kinds, pins, hasValid, incapacity, typed, reader } = props;
  const substitutions = substitutionsOf(resident);
  const renew = hasValid ? a.kindRenew : a.kindRenewCard;
  const choices = kinds.flatMap((kind) => (kind === 'pin' ? pinChoices(pins) : [kind]));
  const kindWords = {
    issue: a.kindIssue,
    renew,
    pin:
      pins.length === 2
        ? a.kindPin
        : pins.includes('signature')
          ? a.kindPinSignature
          : a.kindPinAuthentication,
    'pin-signature': a.kindPinSignature,
    'pin-authentication': a.kindPinAuthentication,
  };
  return (
    <>
      <H2 w={hasValid ? a.again : a.issue} />
      {incapacity === undefined ? null : (
        <Notice kind="check" title={incapacity === 'child' ? a.child : a.ward} />
      )}
      <form method="post" action={`${path}/act`}>
        <input type="hidden" name="csrf" value={csrf} />
        {choices.length === 1 ? (
          <input type="hidden" name="kind" value={choices[0]} />
        ) : (
          <RadioGroup
            name="kind"
            label={a.what}
            required
            value={typed.kind}
            options={choices.map((kind) => ({ value: kind, label: kindWords[kind] }))}
          />
        )}
        <ProofFields typed={typed} incapacity={incapacity} presenters={['self', 'guardian', 'agent']} />
        {substitutions.length === 0 ? null : (
          <>
            <H2 w={a.substitution} />
            <P w={a.substitutionNote} />
            <SubstitutionTable of={substitutions} />
            <CheckboxGroup
              name="consent"
              label={w.confirmLabel}
              required
              values={typed.consent === true ? ['yes'] : []}
              options={[{ value: 'yes', label: a.consent }]}
            />
          </>
        )}
        {reader === undefined ? (
          <ButtonRow>
            <Button label={a.toPins} />
          </ButtonRow>
        ) : (
          <ButtonRow>
            {readers[reader].map((name, index) => (
              <Button
                label={readerWords[name]}
                name="reader"
                value={name}
                kind={index === 0 ? 'primary' : 'secondary'}
              />
            ))}
          </ButtonRow>
        )}
      </form>
    </>
  );
}

/** As registered and as written, side by side, the substitutes marked. */
function SubstitutionTable({ of }: { of: readonly Substitution[] }) {
  return (
    <Table
      id="substitution"
      caption={a.substitution}
      stack
      head={[a.item, a.registered, a.written]}
      rows={of.map(({ label, from, to, flags }) => [
        label,
        <Marked text={from} flags={flags} />,
        <Marked text={to} flags={flags} />,
      ])}
    />
  );
}

/** A text whose substituted characters are marked. */
function Marked({ text, flags }: { text: string; flags: string }) {
  return <>{signsOf(text).map((sign, index) => (flags[index] === '1' ? <mark>{sign}</mark> : sign))}</>;
}
