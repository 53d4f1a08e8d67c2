import { fill, P, ProgressList } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import { type WorkStep, workSteps } from '../signing-session.js';
import { type AgentLook, AgentPage, address } from './layout.js';

const own = {
  title: w('署名して送っています', '{署名|しょめい}して {送|おく}って います', 'Signing and sending'),
  reading: w('カードを読んでいます', 'カードを {読|よ}んで います', 'Reading the card'),
  lead: w(
    'カードを動かさないでください。この窓は自動で進みます。',
    'カードを うごかさないで ください。この まどは {自動|じどう}で {進|すす}みます。',
    'Leave the card where it is. This window goes on by itself.',
  ),
  signing: w('カードで署名しています…', 'カードで {署名|しょめい}して います…', 'Signing with the card …'),
  sealing: w('暗号化しています…', '{暗号|あんごう}に して います…', 'Encrypting …'),
  sending: w('{agency}へ送っています…', '{agency}へ {送|おく}って います…', 'Sending to {agency} …'),
  quiet: w(
    '送り終わると、元のサイトの受付のページへ進みます。',
    '{送|おく}りおわると、もとの サイトの ページへ {進|すす}みます。',
    'When it is sent, the receipt page of the site opens.',
  ),
};

/** What is being done, in words: a script renews the list in place, without one the page loads itself again each second. */
export function ProgressPage(props: AgentLook & { step: WorkStep | 'reading'; agency: string }) {
  const { step, agency } = props;
  const now = step === 'reading' ? -1 : workSteps.indexOf(step);
  const steps =
    step === 'reading'
      ? [{ label: own.reading, state: 'now' as const }]
      : workSteps.map((one, index) => ({
          label: one === 'sending' ? fill(own.sending, { agency }) : own[one],
          state: index < now ? ('done' as const) : index === now ? ('now' as const) : ('next' as const),
        }));
  return (
    <AgentPage {...props} title={step === 'reading' ? own.reading : own.title} lead={own.lead}>
      <ProgressList steps={steps} live={`${address(props, '/progress')}&seen=${step}`} />
      <noscript>
        <meta http-equiv="refresh" content="1" />
      </noscript>
      <P w={own.quiet} quiet />
    </AgentPage>
  );
}
