import { Notice, P, T } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import { texts } from './texts.js';

/**
 * What the page can say while it hands over to the agent, all of it rendered here in the reader's register: the island only
 * uncovers one at a time.
 */
export function HandOver({ agency }: { agency: AgencyConfig }) {
  return (
    <div id="hand-over" tabindex={-1}>
      <div data-state="opening" hidden>
        <Notice live>
          <P w={texts.opening} />
        </Notice>
      </div>
      <div data-state="working" hidden>
        <Notice live>
          <P w={texts.working} />
        </Notice>
      </div>
      <div data-state="arrived" hidden>
        <Notice kind="good" live>
          <P w={texts.arrived} />
        </Notice>
      </div>
      <div data-state="no-agent" hidden>
        <Notice kind="check" title={texts.noAgentTitle} live>
          <P w={texts.noAgent} />
          {agency.setUpUrl === undefined ? null : (
            <p>
              <a href={agency.setUpUrl} target="_blank" rel="noopener">
                <T w={texts.getAgent} />
              </a>
            </p>
          )}
        </Notice>
      </div>
      <div data-state="refused" hidden>
        <Notice kind="check" title={texts.refusedTitle} live>
          <P w={texts.refused} />
        </Notice>
      </div>
      <div data-state="blocked" hidden>
        <Notice kind="check" title={texts.blockedTitle} live>
          <P w={texts.blocked} />
        </Notice>
      </div>
      <div data-state="failed" hidden>
        <Notice kind="bad" title={texts.failedTitle} live>
          <P w={texts.failed} />
        </Notice>
      </div>
      <div data-state="expired" hidden>
        <Notice kind="check" title={texts.expiredTitle} live>
          <P w={texts.expired} />
        </Notice>
      </div>
    </div>
  );
}
