import type { ProcedureDefinition } from '@madoguchi/procedure';
import { Button, ButtonRow, fill, H2, Notice, P, Page, type PageProps, T, type Words } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import { texts } from './texts.js';

/** A procedure that somebody else receives: who, what to prepare, and the way there. Nothing is asked or taken here. */
export function OutsidePage(props: {
  look: Omit<PageProps, 'title'>;
  definition: ProcedureDefinition;
  receiver: OutsideReceiver;
}) {
  const { look, definition, receiver } = props;
  const { name, why, address, prepare } = receiver;
  return (
    <Page {...look} title={definition.title} lead={definition.summary}>
      <Notice title={fill(texts.outside, { name })}>
        <P w={why} />
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
        <Button label={fill(texts.toOutside, { name })} href={address} />
      </ButtonRow>
    </Page>
  );
}

interface OutsideReceiver {
  readonly name: Words;
  readonly why: Words;
  readonly address: string;
  readonly prepare: readonly Words[];
}

/**
 * Who else receives a procedure of this agency: a system elsewhere (e-Tax, eLTAX, e-Gov), or the agency on the same server that receives for several
 * (共同運用); undefined: it is received here.
 */
export function outsideReceiver(
  { code }: Pick<AgencyConfig, 'code'>,
  { id, receiver }: Pick<ProcedureDefinition, 'id' | 'receiver'>,
): OutsideReceiver | undefined {
  if (receiver === 'here') return undefined;
  if ('outside' in receiver) {
    const { name, outside, prepare } = receiver;
    return {
      ...{ name, prepare, address: outside },
      why: fill(texts.outsideNote, { name, host: new URL(outside).host }),
    };
  }
  if (receiver.shared === code) return undefined;
  const { shared, name = texts.sharedReception } = receiver;
  return {
    name,
    prepare: [],
    address: `/a/${shared}/procedures/${id}`,
    why: fill(texts.sharedNote, { name }),
  };
}
