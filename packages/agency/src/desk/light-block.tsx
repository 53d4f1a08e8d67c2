import { Details, StatusLight, T, type Words } from '@madoguchi/ui';
import type { Light } from '../verification/lights.js';
import { texts } from './texts.js';

/** One of the three lights with its sentence, and what it rests on. */
export function LightBlock({ id, label, light }: { id: string; label: Words; light: Light }) {
  return (
    <div id={`light-${id}`} data-state={light.state}>
      <p>
        <StatusLight state={light.state} label={label} /> <T w={light.sentence} />
      </p>
      {light.checks.length === 0 ? null : (
        <Details summary={texts.evidence}>
          <ul>
            {light.checks.map((check) => (
              <li>
                <StatusLight state={check.state} label={check.label} />{' '}
                {check.detail === '' ? null : <T w={check.detail} />}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </div>
  );
}
