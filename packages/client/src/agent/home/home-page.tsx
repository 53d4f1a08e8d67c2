import { LinkList } from '@madoguchi/ui';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';
import { homeTexts as texts } from './texts.js';

/** The agent's own start page: what it can do without any site. */
export function HomePage(props: AgentLook) {
  return (
    <AgentPage {...props} title={texts.home} lead={texts.homeLead}>
      <LinkList
        links={[
          { href: address(props, '/check'), label: texts.checkLink, note: texts.checkNote },
          { href: address(props, '/files'), label: texts.filesLink, note: texts.filesNote },
        ]}
      />
    </AgentPage>
  );
}
