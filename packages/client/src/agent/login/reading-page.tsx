import { P, ProgressList } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';

const own = {
  title: w('カードを読んでいます', 'カードを {読|よ}んで います', 'Reading the card'),
  lead: w(
    'カードを動かさないでください。この窓は自動で進みます。',
    'カードを うごかさないで ください。この まどは {自動|じどう}で {進|すす}みます。',
    'Leave the card where it is. This window goes on by itself.',
  ),
  padTitle: w(
    'リーダーのキーで入れてください',
    'リーダーの キーで {入|い}れて ください',
    'Type it on the reader',
  ),
  padLead: w(
    'リーダーの表示にしたがって、利用者証明用パスワード（数字4けた）をリーダーのキーで入れ、確定のキーを押してください。やめるときは、リーダーの取り消しのキーを押します。',
    'リーダーの キーで、パスワード（4けたの {数字|すうじ}）を {入|い}れて ください。',
    'Follow the reader’s display: type the 4 digits of your authentication password on its keys and confirm. Its cancel key stops.',
  ),
  waiting: w('30秒待っています', '30{秒|びょう} まって います', 'It waits for 30 seconds.'),
};

/** While the card is visited; with a PIN pad, what to do at the reader. */
export function ReadingPage(props: AgentLook & { onPad: boolean }) {
  const { onPad } = props;
  const title = onPad ? own.padTitle : own.title;
  return (
    <AgentPage {...props} title={title} lead={onPad ? own.padLead : own.lead}>
      <ProgressList steps={[{ label: title, state: 'now' }]} live={address(props, '/progress')} />
      <noscript>
        <meta http-equiv="refresh" content="2" />
      </noscript>
      {onPad ? <P w={own.waiting} quiet /> : null}
    </AgentPage>
  );
}
