import { checkNewPin } from '@madoguchi/card';
import { ClientError } from '../../client-error.js';
import { pinBytes } from '../../pin.js';
import type { PinFault } from './desk-job.js';
import type { TypedPins } from './do-job.js';

/** Both entries of each password, judged by the rules of the card. */
export function readPins(
  secrets: Map<string, Buffer>,
  wanted: readonly ('signature' | 'authentication')[],
): { pins: TypedPins; faults: PinFault[] } {
  const pins: TypedPins = {};
  const faults: PinFault[] = [];
  for (const pin of wanted) {
    const [first, second] = [typed(pin, secrets.get(pin)), typed(pin, secrets.get(`${pin}2`))];
    if (first === undefined || !checkNewPin(pin, first).ok) faults.push({ pin, what: 'form' });
    else if (second === undefined || !first.equals(second)) faults.push({ pin, what: 'differ' });
    else pins[pin] = first;
    second?.fill(0);
    if (pins[pin] !== first) first?.fill(0);
  }
  return { pins, faults };
}

function typed(pin: 'signature' | 'authentication', secret: Buffer | undefined): Buffer | undefined {
  try {
    return pinBytes(pin === 'signature' ? 'sign' : 'auth', secret ?? '');
  } catch (error) {
    if (error instanceof ClientError) return undefined;
    throw error;
  }
}
