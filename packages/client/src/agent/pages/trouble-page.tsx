import { Button, ButtonRow, glossary, SummaryList, type Words } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import type { Trouble } from '../trouble.js';
import { type AgentLook, AgentPage, address } from './layout.js';

const own = {
  title: w('先へ進めませんでした', '{先|さき}へ {進|すす}めませんでした', 'This could not go on'),
  stopped: w('署名をやめました', '{署名|しょめい}を やめました', 'You stopped'),
  'login-stopped': w('ログインをやめました', 'ログインを やめました', 'You stopped'),
  what: w('起きたこと', 'おきた こと', 'What happened'),
  sent: w('送られたもの', '{送|おく}った もの', 'What was sent'),
  next: w('次にすること', 'つぎに する こと', 'What to do next'),
  resend: w('もう一度送る', 'もういちど {送|おく}る', 'Send again'),
  retry: w('ほかのカードでやり直す', 'ほかの カードで する', 'Try another card'),
};

/** Every failure: what happened, what was and was not sent, the one next step. */
export function TroublePage(props: AgentLook & { trouble: Trouble }) {
  const { trouble } = props;
  return (
    <AgentPage {...props} title={titleOf(trouble)}>
      <TroubleRows trouble={trouble} />
      {trouble.action === 'close' ? null : (
        <form method="post" action={address(props, trouble.action === 'resend' ? '/resend' : '/retry')}>
          <ButtonRow>
            <Button label={trouble.action === 'resend' ? own.resend : own.retry} id="again" />
            <Button label={glossary.cancel} kind="secondary" formAction={address(props, '/stop')} />
          </ButtonRow>
        </form>
      )}
    </AgentPage>
  );
}

function titleOf({ id }: Trouble): Words {
  return id === 'stopped' || id === 'login-stopped' ? own[id] : own.title;
}

export function TroubleRows({ trouble }: { trouble: Trouble }) {
  return (
    <SummaryList
      boxed
      rows={[
        { label: own.what, value: trouble.what },
        { label: own.sent, value: trouble.sent },
        { label: own.next, value: trouble.next },
      ]}
    />
  );
}

export { own as troubleTitles };
