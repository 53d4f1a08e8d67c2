import { glossary, type LightState, StatusLight } from '@madoguchi/ui';
import type { Lights } from '../verification/lights.js';

/** The three lights beside each other, without their sentences: in a queue, and of each who signed. */
export function LightSigns({ lights }: { lights: Record<keyof Lights, { state: LightState }> }) {
  return (
    <span>
      <StatusLight state={lights.signature.state} label={glossary.signature} />{' '}
      <StatusLight state={lights.identity.state} label={glossary.matching} />{' '}
      <StatusLight state={lights.validity.state} label={glossary.validity} />
    </span>
  );
}
