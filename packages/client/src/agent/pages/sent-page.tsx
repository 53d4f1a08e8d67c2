import { Button, ButtonRow } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import { type AgentLook, AgentPage } from './layout.js';

const own = {
  title: w('届きました', 'とどきました', 'It has arrived'),
  lead: w(
    '受付のページへ進みます。',
    '{受付|うけつけ}の ページへ {進|すす}みます。',
    'The receipt page opens.',
  ),
  go: w('受付のページへ', '{受付|うけつけ}の ページへ', 'To the receipt'),
};

/**
 * The application has a receipt: on to the site that asked, at once. A page, and no redirect: the window often comes here by the answer to its form, and what a
 * form is answered with may lead nowhere but to ourselves (form-action).
 */
export function SentPage(props: AgentLook & { to: string }) {
  return (
    <AgentPage {...props} title={own.title} lead={own.lead}>
      <meta http-equiv="refresh" content={`0; url=${props.to}`} />
      <ButtonRow>
        <Button label={own.go} href={props.to} />
      </ButtonRow>
    </AgentPage>
  );
}
