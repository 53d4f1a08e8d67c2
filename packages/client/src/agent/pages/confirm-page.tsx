import type { DrawnRow } from '@madoguchi/procedure';
import { Button, ButtonRow, fill, glossary, H2, Notice, P, SummaryList, T, type Words } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import type { AcceptedRequest } from '../signing-session.js';
import type { Trouble } from '../trouble.js';
import { type AgentLook, AgentPage, address } from './layout.js';

const own = {
  title: w('申請の内容を確かめる', '{申請|しんせい}の {内容|ないよう}を {見|み}る', 'Check your application'),
  lead: w(
    'これに 署名します。よく見て、正しければ「署名して送る」を押してください。',
    'これに {署名|しょめい}します。よく {見|み}て、{正|ただ}しければ「{署名|しょめい}して {送|おく}る」を おして ください。',
    'This is what you sign. Read it, and if it is right press “Sign and send”.',
  ),
  to: w('{agency} あて', '{agency} へ', 'To {agency}'),
  changed: w('変わったところ', 'かわった ところ', 'changed'),
  fromCard: w('カードから', 'カードから', 'from the card'),
  attachments: w('添付', 'ファイル', 'Attachments'),
  none: w('なし', 'なし', 'none'),
  fix: w('直す', 'なおす', 'Change something'),
  signer: w('署名するカード', '{署名|しょめい}する カード', 'Signing card'),
  signerLine: w(
    '{holder} さんの署名用電子証明書（{reader}）',
    '{holder} さんの カード（{reader}）',
    'Signature certificate of {holder} ({reader})',
  ),
  myNumberTitle: w(
    '個人番号（マイナンバー）のような12けたの数字があります',
    'マイナンバーのような 12けたの {数字|すうじ}が あります',
    'There is a number that looks like a My Number',
  ),
  myNumber: w(
    '「{fields}」に、個人番号と同じ形の数字があります。求められていないときは、「直す」で消してください。',
    '「{fields}」に、マイナンバーと おなじ {形|かたち}の {数字|すうじ}が あります。いらない ときは「なおす」で けして ください。',
    'In “{fields}” there is a number in the form of an Individual Number. If nobody asked for it, press “Change something” and remove it.',
  ),
  endingTitle: w(
    '署名用電子証明書の期限が近づいています',
    '{署名用電子証明書|しょめいようでんししょうめいしょ}が もうすぐ おわります',
    'The signature certificate ends soon',
  ),
  open: w('開いて確かめる', '{開|ひら}いて {見|み}る', 'Open it'),
};

interface ConfirmPageProps extends AgentLook {
  request: AcceptedRequest;
  rows: readonly DrawnRow[];
  holder: string;
  /** The signing certificate ends soon: said before it is used, and no hindrance. */
  ending?: Words | undefined;
  reader: string;
  /** Proof that the yes comes from this very page. */
  serving: string;
  /** Labels of fields with something like a My Number in them. */
  myNumberFields: readonly string[];
  notice?: Trouble;
}

export function ConfirmPage(props: ConfirmPageProps) {
  const { request, rows, notice, myNumberFields } = props;
  const { definition, agency } = request;
  const shown = rows.map((row) => ({
    group: row.row,
    label: row.label,
    value: row.source === 'attachment' ? attachmentValue(props, row) : row.value,
    ...(row.source === 'card' ? { note: own.fromCard } : row.changed ? { note: own.changed } : {}),
  }));
  if (!rows.some(({ source }) => source === 'attachment'))
    shown.push({ group: undefined, label: own.attachments, value: own.none });
  return (
    <AgentPage
      {...props}
      title={own.title}
      lead={own.lead}
      errors={notice === undefined ? [] : [{ message: notice.what }, { message: notice.next }]}
    >
      <section class="agent-paper">
        <header>
          <H2 w={definition.title} />
          <p>
            <T w={fill(own.to, { agency: agency.title })} />
          </p>
        </header>
        <SummaryList rows={shown} />
      </section>
      {myNumberFields.length === 0 ? null : (
        <Notice kind="check" title={own.myNumberTitle}>
          <P w={fill(own.myNumber, { fields: myNumberFields.join('・') })} />
        </Notice>
      )}
      {props.ending === undefined ? null : (
        <Notice kind="check" title={own.endingTitle}>
          <P w={props.ending} />
        </Notice>
      )}
      <p class="agent-signer">
        <T w={own.signer} />: <T w={fill(own.signerLine, { holder: props.holder, reader: props.reader })} />
      </p>
      <form method="post" action={address(props, '/yes')} class="agent-yes">
        <input type="hidden" name="serving" value={props.serving} />
        <ButtonRow>
          <Button label={glossary.signAndSend} id="yes" />
          <Button label={own.fix} kind="secondary" formAction={address(props, '/stop')} />
          <Button label={glossary.cancel} kind="text" formAction={address(props, '/stop')} />
        </ButtonRow>
      </form>
    </AgentPage>
  );
}

/** Text and a link: the file comes as a download, never as a page of this origin. */
function attachmentValue(props: ConfirmPageProps, row: DrawnRow) {
  const index = props.rows.filter(({ source }) => source === 'attachment').indexOf(row);
  return (
    <>
      <T w={row.value} />
      <br />
      <a href={address(props, `/attachment/${index}`)} download>
        <T w={own.open} />
      </a>
    </>
  );
}
