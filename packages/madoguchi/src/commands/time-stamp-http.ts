/** A time-stamping authority over HTTP (RFC 3161 3.4). */
import { type Stamp, stampThrough, TimeStampError } from '@madoguchi/pki';
import { postOctets } from '@madoguchi/procedure/basics';
import { CommandError } from '../cli/command.js';

/**
 * Stamps from the authority at this address; ends the command in words where it does not answer, or not with a stamp under these anchors.
 * Whether the authority is revoked is asked by whoever verifies: the list that tells comes after the stamp.
 */
export function stampFrom(url: string, anchors: readonly Uint8Array[]): Stamp {
  const send = async (request: Uint8Array) => {
    const answer = await postOctets({
      url,
      asks: 'timeStamp',
      body: request,
      longest: 1 << 20,
      patienceMs: 20_000,
    });
    if (answer.ok) return answer.bytes;
    throw new CommandError(
      'unavailable',
      `The time-stamping authority ${url} does not answer: ${answer.why}.`,
    );
  };
  const stamp = stampThrough(send, { anchors, checkRevocation: false });
  return async (imprint) => {
    try {
      return await stamp(imprint);
    } catch (error) {
      if (!(error instanceof TimeStampError)) throw error;
      const hint = error.rule.startsWith('path') ? ' Name its root with --trust.' : '';
      throw new CommandError(
        'unavailable',
        `${url} gave no time stamp that can be used: ${error.rule}.${hint}`,
      );
    }
  };
}
