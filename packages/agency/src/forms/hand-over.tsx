import { Notice, P, T, type Words } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import { texts } from './texts.js';

interface HandOverState {
  /** The name by which the island uncovers it. */
  readonly state: string;
  readonly text: Words;
  readonly kind?: 'good' | 'check' | 'bad';
  readonly title?: Words;
}

const states: readonly HandOverState[] = [
  { state: 'opening', text: texts.opening },
  { state: 'working', text: texts.working },
  { state: 'arrived', kind: 'good', text: texts.arrived },
  { state: 'no-agent', kind: 'check', title: texts.noAgentTitle, text: texts.noAgent },
  { state: 'refused', kind: 'check', title: texts.refusedTitle, text: texts.refused },
  { state: 'blocked', kind: 'check', title: texts.blockedTitle, text: texts.blocked },
  { state: 'failed', kind: 'bad', title: texts.failedTitle, text: texts.failed },
  { state: 'expired', kind: 'check', title: texts.expiredTitle, text: texts.expired },
];

/**
 * What the page can say while it hands over to the agent, all of it rendered here in the reader's register: the island only
 * uncovers one at a time.
 */
export function HandOver({ agency }: { agency: AgencyConfig }) {
  return (
    <div id="hand-over" tabindex={-1}>
      {states.map(({ state, text, ...notice }) => (
        <div data-state={state} hidden>
          <Notice {...notice} live>
            <P w={text} />
            {state === 'no-agent' && agency.setUpUrl !== undefined ? (
              <p>
                <a href={agency.setUpUrl} target="_blank" rel="noopener">
                  <T w={texts.getAgent} />
                </a>
              </p>
            ) : null}
          </Notice>
        </div>
      ))}
    </div>
  );
}
