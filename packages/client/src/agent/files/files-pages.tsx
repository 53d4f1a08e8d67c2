import { markText } from '@madoguchi/procedure/basics';
import {
  Button,
  ButtonRow,
  fill,
  LinkList,
  P,
  ProgressList,
  RadioGroup,
  SummaryList,
  T,
} from '@madoguchi/ui';
import type { DocumentFormat, SignatureLevel } from '../../documents/format.js';
import type { Probe } from '../card-work.js';
import { CardForm, cardRow, cardState, noticeWords, pageState } from '../pages/card-form.js';
import { HomeLink } from '../pages/home-link.js';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';
import type { Trouble } from '../trouble.js';
import type { FilesJob } from './files-job.js';
import { formatLabel, filesTexts as texts } from './texts.js';

/** Where files are put down: a file input that is also a place to drop on; works with the keyboard and without a script. */
export function FilesPage(props: AgentLook & { asks: boolean; home: string; notice?: Trouble }) {
  const { notice, asks } = props;
  return (
    <AgentPage
      {...props}
      title={texts.title}
      lead={texts.lead}
      scripts={['/agent.js']}
      errors={notice === undefined ? [] : [{ field: 'file', message: noticeWords(notice) }]}
    >
      <form method="post" enctype="multipart/form-data" action={address(props, '/sign')} data-drop>
        <div class="field agent-drop">
          <label class="field-label" for="f-file">
            <T w={texts.choose} />
          </label>
          <p class="field-hint" id="f-file-hint">
            <T w={texts.chooseHint} />
          </p>
          <input
            class="file-input"
            type="file"
            id="f-file"
            name="file"
            multiple
            aria-describedby="f-file-hint"
          />
        </div>
        <ButtonRow>
          <Button label={texts.sign} id="sign" />
          <Button label={texts.verify} kind="secondary" formAction={address(props, '/verify')} />
        </ButtonRow>
        {asks ? <P w={texts.asks} quiet /> : null}
      </form>
      <HomeLink href={props.home} />
    </AgentPage>
  );
}

interface SignPageProps extends AgentLook {
  job: FilesJob;
  formats: DocumentFormat[];
  levels: readonly SignatureLevel[];
  probe: Probe;
  notice?: Trouble;
}

/** The files, how they are signed, and the password: nothing is signed that does not stand on this page. */
export function SignFilesPage(props: SignPageProps) {
  const { job, formats, levels, probe, notice } = props;
  const state = cardState(probe, 'sign');
  const card = cardRow(state);
  const usual = job.files.length > 1 ? ['pdf', 'asic'] : ['pdf', 'cades'];
  const chosen =
    job.wishes?.format ?? usual.flatMap((id) => formats.find((one) => one.id === id) ?? [])[0] ?? formats[0];
  const begun = job.signed.length > 0 ? job.wishes : undefined;
  const left = (job.wishes?.list.length ?? job.files.length) - job.signed.length;
  return (
    <AgentPage {...props} title={texts.signTitle} lead={texts.signLead} {...pageState(state, notice)}>
      <section class="agent-paper">
        <SummaryList
          rows={[
            ...job.files.map((file, index) => ({
              label: markText(file.name),
              value: (
                <>
                  {sizeWords(file.bytes.length)}{' '}
                  <a href={address(props, `/file/${index}`)} download>
                    <T w={texts.open} />
                  </a>
                </>
              ),
            })),
          ]}
        />
      </section>
      {card === undefined ? null : (
        <p class="agent-signer">
          <T w={texts.card} />: <T w={card} />
        </p>
      )}
      {formats.length === 0 || chosen === undefined ? (
        <P w={texts.noFormat} />
      ) : (
        <CardForm {...props} state={state} pin="sign" submit={texts.go}>
          <RadioGroup
            name="format"
            label={texts.format}
            required
            value={chosen.id}
            options={(begun === undefined ? formats : [begun.format]).map(({ id }) => ({
              value: id,
              label: formatLabel(id),
            }))}
          />
          {levels.length === 1 ? null : (
            <RadioGroup
              name="level"
              label={texts.level}
              required
              value={job.wishes?.level ?? 'B'}
              options={(begun === undefined ? levels : [begun.level]).flatMap((level) =>
                level === 'LTA' ? [] : [{ value: level, label: texts.levels[level] }],
              )}
            />
          )}
          <P w={fill(texts.warning, { count: left })} />
        </CardForm>
      )}
    </AgentPage>
  );
}

/** How far a batch is, in words. */
export function WorkingPage(props: AgentLook & { job: FilesJob; name: string }) {
  const { job, name } = props;
  const list = job.wishes?.list ?? [];
  return (
    <AgentPage {...props} title={texts.working} lead={texts.workingLead}>
      <ProgressList
        steps={list.map(({ output }, index) => ({
          label: markText(output),
          state: index < job.signed.length ? 'done' : output === name ? 'now' : 'next',
        }))}
        live={`${address(props, '/progress')}&seen=${job.signed.length}`}
      />
      <noscript>
        <meta http-equiv="refresh" content="1" />
      </noscript>
    </AgentPage>
  );
}

/** What was signed, to be saved. */
export function DonePage(props: AgentLook & { job: FilesJob; more: string }) {
  return (
    <AgentPage {...props} title={texts.doneTitle} lead={texts.doneLead}>
      <section class="agent-paper">
        <SummaryList
          rows={props.job.signed.map(({ name, bytes }, index) => ({
            label: markText(name),
            value: (
              <>
                {sizeWords(bytes.length)}{' '}
                <a href={address(props, `/signed/${index}`)} download={name}>
                  <T w={texts.download} />
                </a>
              </>
            ),
          }))}
        />
      </section>
      <LinkList links={[{ href: props.more, label: texts.more }]} />
    </AgentPage>
  );
}

function sizeWords(octets: number): string {
  if (octets < 1024) return `${octets} B`;
  if (octets < 1024 ** 2) return `${Math.round(octets / 1024)} kB`;
  return `${(octets / 1024 ** 2).toFixed(1)} MB`;
}
