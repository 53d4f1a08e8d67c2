/** On the page of a case: what reception and verification found, and what an officer may say to it. */
import { explainRule } from '@madoguchi/procedure';
import { Button, fill, formatDate, glossary, type LightState, Notice, P, words } from '@madoguchi/ui';
import { worst } from '../verification/lights.js';
import type { VerificationRow } from '../verification/queries.js';
import { Hidden, isUndecided, mayDo, type SectionProps, seenIn } from './case-props.js';
import { adviceWords } from './decision-words.js';
import { LightBlock } from './light-block.js';
import { MatchSection } from './match-section.js';
import { texts } from './texts.js';

/** The three lights of the newest look, or why there are none yet. */
export function Looked(props: SectionProps) {
  const { newest, refusal, row } = props;
  if (newest !== undefined) return <LightsSection {...props} newest={newest} />;
  if (refusal !== undefined) return null;
  return (
    <Notice kind="info">
      <P w={row.erasedAt === null ? texts.notLooked : texts.erasedCase} />
    </Notice>
  );
}

/** 照合: the question whether the certificate's holder is the resident on record, for who may answer it. */
export function Matching(props: SectionProps) {
  if (props.match === undefined || !mayDo(props, 'match') || !isUndecided(props)) return null;
  return (
    <MatchSection
      question={props.match}
      action={`${props.address}/match`}
      csrf={props.session.csrf}
      seen={seenIn(props)}
      typed={props.typedMatch}
    />
  );
}

export function Refusal({ rule }: { rule: string }) {
  return (
    <Notice kind="bad" title={texts.refused}>
      <P w={explainRule(rule).what} />
    </Notice>
  );
}

function LightsSection(props: SectionProps & { newest: VerificationRow }) {
  const { newest, address, look } = props;
  const { lights } = newest;
  const when = formatDate(newest.at, look.prefs.register, { time: true, wareki: false });
  return (
    <section aria-label={words(glossary.check, look.prefs.register)}>
      <LightBlock id="signature" label={glossary.signature} light={lights.signature} />
      <LightBlock id="identity" label={glossary.matching} light={lights.identity} />
      <LightBlock id="validity" label={glossary.validity} light={lights.validity} />
      <Advice states={[lights.signature.state, lights.identity.state, lights.validity.state]} />
      <form method="post" action={`${address}/recheck`}>
        <Hidden {...props} />
        <P w={fill(texts.looked, { when, look: newest.seq })} quiet />
        {mayDo(props, 'recheck') ? <Button label={texts.recheck} kind="secondary" /> : null}
      </form>
    </section>
  );
}

const noticeKind = { good: 'good', check: 'check', bad: 'bad', pending: 'info' } as const;

function Advice({ states }: { states: readonly [LightState, LightState, LightState] }) {
  const state = worst(states);
  if (state === 'good') return null;
  const words = states[0] === 'bad' ? adviceWords.signature : adviceWords[state];
  return (
    <Notice kind={noticeKind[state]}>
      <P w={words} />
    </Notice>
  );
}
