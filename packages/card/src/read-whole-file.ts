import { apdu } from './apdu.js';
import { CardError, statusError } from './errors.js';
import { splitResponse } from './status-words.js';
import type { Transmit } from './virtual-card.js';

/** Sends a command and gives its data; anything but 9000 rejects with CardError `status`. */
export async function transmitOk(transmit: Transmit, command: Uint8Array, task: string): Promise<Uint8Array> {
  const response = splitResponse(await transmit(command));
  if (response === undefined) throw new CardError('badAnswer', `${task}: the card gave no status word`);
  if (response.status.kind !== 'ok') throw statusError(task, response.status);
  return response.data;
}

/** READ BINARY that takes a short answer at the end of the file and a corrected Le as a card may give them. */
async function readPart(transmit: Transmit, offset: number, le: number): Promise<Uint8Array> {
  const task = 'reading a file';
  const read = async (length: number) => {
    const answer = splitResponse(await transmit(apdu.readBinary(offset, length)));
    if (answer === undefined) throw new CardError('badAnswer', `${task}: the card gave no status word`);
    return answer;
  };
  let { data, status } = await read(le);
  if (status.kind === 'wrongLe' && status.le < le) ({ data, status } = await read(status.le));
  if (status.kind !== 'ok' && status.kind !== 'endOfFile') throw statusError(task, status);
  if (data.length > le) throw new CardError('badAnswer', `${task}: more bytes than asked for`);
  return data;
}

/** Length of a BER-TLV element with its header; `undefined` when the first bytes are none. */
function elementLength(head: Uint8Array): number | undefined {
  let at = 1;
  if (((head[0] ?? 0) & 0x1f) === 0x1f) {
    // Tags of two bytes (FF20) are the longest on the card.
    if ((head[1] ?? 0x80) & 0x80) return undefined;
    at = 2;
  }
  const first = head[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return at + 1 + first;
  const count = first & 0x7f;
  if (count < 1 || count > 2 || head.length < at + 1 + count) return undefined;
  let length = 0;
  for (let index = 0; index < count; index += 1) length = length * 256 + (head[at + 1 + index] ?? 0);
  return at + 1 + count + length;
}

/** The first `length` bytes of the current EF, in as many commands as it takes. */
export async function readBytes(transmit: Transmit, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let have = 0;
  while (have < length) {
    const part = await readPart(transmit, have, Math.min(256, length - have));
    if (part.length === 0) throw new CardError('badAnswer', 'reading a file: it ends too early');
    parts.push(part);
    have += part.length;
  }
  return Buffer.concat(parts);
}

/**
 * The element in the current EF (a certificate, a template FF20 …), without the filler behind it: first the
 * header for the length, then the rest. Rejects with CardError: `status` (6982: a PIN is missing), or
 * `badAnswer` when the EF holds no element, as before the card is issued.
 */
export async function readWholeFile(transmit: Transmit): Promise<Uint8Array> {
  const head = await readPart(transmit, 0, 7);
  const length = elementLength(head);
  if (length === undefined || length > 0x7fff || head[0] === 0x00)
    throw new CardError('badAnswer', 'reading a file: it holds nothing');
  return readBytes(transmit, length);
}
