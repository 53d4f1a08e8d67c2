/** On the page of a case: the form of a decision, or what was decided. */
import { fill, H2, P, T } from '@madoguchi/ui';
import { isUndecided, mayDo, type SectionProps, seenIn } from './case-props.js';
import { type Decision, decisionsFor } from './decide.js';
import { DecisionForm } from './decision-form.js';
import { stateWords } from './decision-words.js';
import { previewWords, texts } from './texts.js';

export function CaseDecision(props: SectionProps) {
  const { row, address } = props;
  if (props.newest === undefined || !isUndecided(props)) {
    return (
      <>
        <H2 w={texts.state} id="decide" />
        <P w={fill(texts.decided, { state: stateWords[row.state] })} />
        {props.actions.some(({ kind }) => kind === 'replied') ? (
          <p>
            <a href={`${address}/notice.pdf`} target="_blank" rel="noopener">
              <T w={texts.notice} />
            </a>
          </p>
        ) : null}
      </>
    );
  }
  const isOpen = (decision: Decision) =>
    props.parts === undefined || decision === 'correct' || decision === 'note' || row.state === 'cosigning';
  const offered = decisionsFor((act) => mayDo(props, act), props.fourEyes, isOpen);
  if (offered.length === 0) return null;
  return (
    <>
      <H2 w={texts.decide} id="decide" />
      <DecisionForm
        {...{ address, offered, session: props.session, markables: props.markables, typed: props.typed }}
        seen={seenIn(props)}
        asksCorrections={mayDo(props, 'correct')}
        register={props.look.prefs.register}
      >
        <p hidden={!mayDo(props, 'propose')}>
          {(['accepted', 'rejected'] as const).map((decision) => (
            <button
              class="button button-text"
              type="submit"
              formaction={`${address}/preview`}
              formtarget="_blank"
              name="preview"
              value={decision}
            >
              <T w={previewWords[decision]} />
            </button>
          ))}
        </p>
      </DecisionForm>
    </>
  );
}
