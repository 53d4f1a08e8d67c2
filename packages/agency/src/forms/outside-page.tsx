import type { ProcedureDefinition } from '@madoguchi/procedure';
import { Button, ButtonRow, fill, H2, Notice, P, Page, type PageProps, T } from '@madoguchi/ui';
import { texts } from './texts.js';

/** A procedure that another system receives (e-Tax, eLTAX, e-Gov): who, what to prepare, and the way there. Nothing is asked or taken here. */
export function OutsidePage(props: {
  look: Omit<PageProps, 'title'>;
  definition: ProcedureDefinition;
  receiver: OutsideReceiver;
}) {
  const { look, definition, receiver } = props;
  const { name, outside, prepare } = receiver;
  return (
    <Page {...look} title={definition.title} lead={definition.summary}>
      <Notice title={fill(texts.outside, { name })}>
        <P w={fill(texts.outsideNote, { name, host: new URL(outside).host })} />
      </Notice>
      {prepare.length === 0 ? null : (
        <>
          <H2 w={texts.prepare} />
          <ul>
            {prepare.map((item) => (
              <li>
                <T w={item} />
              </li>
            ))}
          </ul>
        </>
      )}
      <ButtonRow>
        <Button label={fill(texts.toOutside, { name })} href={outside} />
      </ButtonRow>
    </Page>
  );
}

type OutsideReceiver = Extract<ProcedureDefinition['receiver'], { outside: string }>;

/** Who receives a procedure elsewhere; undefined: it is received here. */
export function outsideReceiver({ receiver }: ProcedureDefinition): OutsideReceiver | undefined {
  return typeof receiver === 'object' && 'outside' in receiver ? receiver : undefined;
}
