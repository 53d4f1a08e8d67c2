import { explainFinding, type Report } from '@madoguchi/pki';
import { markText } from '@madoguchi/procedure/basics';
import {
  Details,
  formatDate,
  glossary,
  H2,
  type LightState,
  LinkList,
  P,
  StatusLight,
  SummaryList,
  Table,
  type Words,
} from '@madoguchi/ui';
import { type AgentLook, AgentPage } from '../pages/layout.js';
import { filesTexts as texts } from './texts.js';
import type { AskedRevocation, VerifiedFile } from './verify-files.js';

const verdicts: Record<Report['indication'], { light: LightState; words: Words }> = {
  TOTAL_PASSED: { light: 'good', words: texts.good },
  TOTAL_FAILED: { light: 'bad', words: texts.bad },
  INDETERMINATE: { light: 'check', words: texts.undecided },
};

interface ReportPageProps extends AgentLook {
  results: VerifiedFile[];
  more: string;
}

/** Every signature of every file: the verdict, what decided, what is signed, and each check for those who want it. */
export function ReportPage(props: ReportPageProps) {
  return (
    <AgentPage {...props} title={texts.verifyTitle}>
      {props.results.map((result, index) => (
        <section class="agent-paper">
          <header>
            <H2 w={markText(result.file.name)} />
          </header>
          {result.kind === 'unsigned' ? (
            <P w={texts.unsigned} />
          ) : (
            result.signatures.map((signature, number) => (
              <SignatureReport
                {...signature}
                asked={result.asked}
                format={result.format.title}
                id={`r${index}-${number}`}
                register={props.prefs.register}
              />
            ))
          )}
        </section>
      ))}
      <LinkList links={[{ href: props.more, label: texts.more }]} />
    </AgentPage>
  );
}

interface SignatureReportProps {
  asked: AskedRevocation;
  covers: readonly { name?: string; sha256: string }[];
  report: Report;
  format: string;
  id: string;
  register: AgentLook['prefs']['register'];
}

function SignatureReport({ asked, covers, report, format, id, register }: SignatureReportProps) {
  const { light, words } = verdicts[report.indication];
  const finding = report.finding === undefined ? undefined : explainFinding(report.finding);
  // Nobody here will look again: who was asked, and that there is no answer, is the whole finding.
  const later = report.subIndication === 'TRY_LATER' && asked !== 'answered';
  const signingTime = report.signer?.signingTime;
  return (
    <>
      <p class="agent-verdict">
        <StatusLight state={light} label={words} word="" />
      </p>
      <p>
        <StatusLight state={report.blocks.signature.light} label={glossary.signature} />
        <br />
        <StatusLight
          state={later ? 'check' : report.blocks.validity.light}
          label={glossary.validity}
          {...(later ? { word: texts.notChecked } : {})}
        />
      </p>
      {later ? (
        <P w={asked === 'nobody' ? texts.revocation : texts.silent} />
      ) : finding === undefined ? null : (
        <P w={finding} />
      )}
      <SummaryList
        rows={[
          { label: texts.formatIs, value: format },
          ...covers.map(({ name, sha256 }) => ({
            label: texts.covers,
            value: name === undefined ? `SHA-256 ${sha256.slice(0, 16)}…` : markText(name),
          })),
          ...(signingTime === undefined
            ? []
            : [
                {
                  label: texts.signedAt,
                  value: formatDate(new Date(signingTime), register, { time: true }),
                },
              ]),
        ]}
      />
      <Details summary={texts.details}>
        <Table
          id={id}
          stack
          caption={texts.details}
          head={[texts.check, texts.result]}
          rows={report.checks.map((check) => [check.id, `${check.result} ${check.detail}`.trim()])}
        />
      </Details>
    </>
  );
}
