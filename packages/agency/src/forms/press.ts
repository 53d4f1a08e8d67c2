import type { PostCodes, ProcedureDefinition } from '@madoguchi/procedure';
import { type Go, readGo } from './go.js';
import { fillAddress } from './post-code.js';
import { addRow, dropRow, type Posted, readTyped, type Typed, typedOf } from './typed.js';

/** A posted form: what was typed, where the press leads, and, where it only changes the form, the form as it leaves it. */
export interface Press {
  readonly values: Record<string, string>;
  readonly typed: Typed;
  readonly go: Go;
  /** A row more or less, or an address filled in. */
  readonly changed: Typed | undefined;
}

/** `postCodes`: an agency's own, besides the country's. */
export function readPress(definition: ProcedureDefinition, posted: Posted, postCodes?: PostCodes): Press {
  const values = readTyped(posted);
  const go = readGo(posted._go);
  const changed = () => {
    switch (go.to) {
      case 'add':
        return addRow(definition, values, go.group);
      case 'drop':
        return dropRow(definition, values, go.group, go.row);
      case 'fill':
        return fillAddress(definition, values, posted, go, postCodes);
      case 'back':
      case 'step':
      case 'on':
        return undefined;
    }
  };
  return { values, typed: typedOf(values), go, changed: changed() };
}
