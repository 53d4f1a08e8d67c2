import { Button, Details, P, Select, TextInput } from '@madoguchi/ui';
import { m, screenEvents } from './event-words.js';

interface FormProps {
  /** Address of the resident's page. */
  path: string;
  csrf: string;
  open: boolean;
}

export interface TypedEvent {
  readonly kind?: string;
  readonly number?: string;
  readonly day?: string;
  readonly value?: string;
}

/** A register event of this person. */
export function EventForm({ path, csrf, open, typed = {} }: FormProps & { typed?: TypedEvent | undefined }) {
  return (
    <Details summary={m.event} open={open}>
      <P w={m.eventNote} />
      <form method="post" action={`${path}/event`}>
        <input type="hidden" name="csrf" value={csrf} />
        <Select
          name="eventKind"
          label={m.eventKind}
          required
          value={typed.kind}
          options={screenEvents.map(({ id, label }) => ({ value: id, label }))}
        />
        <TextInput
          name="eventNumber"
          label={m.eventNumber}
          required
          width="medium"
          value={typed.number}
          autocomplete="off"
        />
        <TextInput
          name="eventDay"
          label={m.eventDay}
          required
          width="medium"
          value={typed.day}
          autocomplete="off"
        />
        <TextInput
          name="eventValue"
          label={m.eventValue}
          hint={m.eventValueHint}
          value={typed.value}
          autocomplete="off"
          maxLength={200}
        />
        <Button label={m.eventButton} kind="danger" />
      </form>
    </Details>
  );
}
