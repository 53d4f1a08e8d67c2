import {
  Button,
  ButtonRow,
  CheckboxGroup,
  type FieldError,
  fill,
  formatDate,
  H2,
  Notice,
  P,
  Page,
  type PageProps,
  Select,
  T,
  Table,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { LoadedProcedure } from '../options.js';
import { texts as partTexts } from '../parts/texts.js';
import type { OfficerRow, RoleRow } from './officers.js';
import { roleHints, roleWords, staffTexts as texts } from './role-words.js';
import { roles } from './roles.js';
import type { DeskSession } from './session.js';

interface StaffPageProps {
  look: Omit<PageProps, 'title'>;
  desk: string;
  session: DeskSession;
  officers: readonly OfficerRow[];
  departments: readonly { department: string }[];
  procedures: readonly LoadedProcedure[];
  back: NonNullable<PageProps['back']>;
  /** Just added: the link is shown this once. */
  made: { officer: string; link: string } | undefined;
  errors: readonly FieldError[];
}

/** The offices that the parts of one-stop procedures name, each once. */
function officesOf(procedures: readonly LoadedProcedure[]): { office: string; authority: Words }[] {
  const found = new Map<string, Words>();
  for (const { definition } of procedures)
    for (const { id, office = id, authority } of definition.parts ?? [])
      if (!found.has(office)) found.set(office, authority);
  return [...found].map(([office, authority]) => ({ office, authority }));
}

/** 職員と役割: who is here, what they may do, how far it reaches. */
export function StaffPage(props: StaffPageProps) {
  const { look, desk, officers, departments, procedures, made } = props;
  const csrf = <input type="hidden" name="csrf" value={props.session.csrf} />;
  const scopes = [
    { value: '*', label: texts.whole },
    ...departments.map(({ department }) => ({
      value: `department:${department}`,
      label: fill(texts.department, { name: department }),
    })),
    ...procedures.map(({ definition }) => ({
      value: `procedure:${definition.id}`,
      label: definition.title,
    })),
    ...officesOf(procedures).map(({ office, authority }) => ({
      value: `office:${office}`,
      label: fill(partTexts.office, { name: authority }),
    })),
  ];
  const scopeWords = (scope: string): Words | string =>
    scopes.find(({ value }) => value === scope)?.label ?? scope;
  return (
    <Page {...look} title={texts.title} lead={texts.lead} wide back={props.back} errors={props.errors}>
      {made === undefined ? null : (
        <Notice kind="good" title={texts.added} live>
          <P w={texts.link} />
          <p>
            <strong id="link" class="officers-words">
              {made.link}
            </strong>
          </p>
        </Notice>
      )}
      <Table
        id="officers"
        stack
        caption={texts.list}
        head={[texts.officer, texts.roles, texts.cards, texts.remove]}
        rows={officers.map(({ officer, roles: held, cards, endedAt }) => [
          officer,
          <Held held={held} scopeWords={scopeWords} />,
          String(cards),
          endedAt === null ? (
            <form method="post" action={`${desk}/officers/${officer}/remove`}>
              {csrf}
              <Button label={texts.remove} kind="text" />
              <span class="visually-hidden"> {officer}</span>
            </form>
          ) : (
            <>
              <T w={texts.ended} /> {formatDate(endedAt, look.prefs.register, { wareki: false })}
            </>
          ),
        ])}
      />
      <form method="post" action={`${desk}/officers`}>
        <H2 w={texts.add} />
        {csrf}
        <TextInput
          name="officer"
          label={texts.officer}
          hint={texts.officerHint}
          width="medium"
          required
          autocomplete="off"
        />
        <CheckboxGroup
          name="role"
          label={texts.roles}
          required
          values={[]}
          options={roles.map((role) => ({ value: role, label: roleWords[role], hint: roleHints[role] }))}
        />
        <Select name="scope" label={texts.scope} required value="*" options={scopes} />
        <ButtonRow>
          <Button label={texts.add} />
        </ButtonRow>
      </form>
    </Page>
  );
}

function Held({
  held,
  scopeWords,
}: {
  held: readonly RoleRow[];
  scopeWords: (scope: string) => Words | string;
}) {
  if (held.length === 0) return <T w={texts.noRole} />;
  return (
    <>
      {[...held]
        .sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role))
        .map(({ role, scope }, index) => (
          <>
            {index === 0 ? null : ' ・ '}
            <T w={roleWords[role]} />
            {scope === '*' ? null : (
              <>
                {' '}
                （<T w={scopeWords(scope)} />）
              </>
            )}
          </>
        ))}
    </>
  );
}
