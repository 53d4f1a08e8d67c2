import assert from 'node:assert/strict';
import { sha256Hex, verifyReceipt } from '@madoguchi/procedure';
import { now } from '@madoguchi/testing';
import { findRefusal } from '../cases/queries.js';
import { openArrived } from '../intake/open.js';
import type { VerifyCaseInput } from '../options.js';
import { type Issued, type Room, send } from './room.js';

type Given = Omit<VerifyCaseInput, 'trust'>;

/** Sends an envelope that must be taken in, and checks the receipt as the agent does. */
export async function sendWell(
  room: Room,
  issued: Issued,
  envelope: Uint8Array,
): Promise<{ number: string; jws: string }> {
  const response = await send(room, issued.claims.ticket, envelope);
  const jws = await response.text();
  assert.equal(response.status, 201, jws);
  const verified = verifyReceipt(jws, {
    anchors: [room.world.root.der],
    demo: true,
    now,
    jti: issued.jti,
    envelopeSha256: sha256Hex(envelope),
    agencyCode: '99201',
  });
  assert.ok(verified.ok, verified.ok ? '' : verified.rule);
  return { number: verified.receipt.receiptNumber, jws };
}

/** Runs the job of a case and tells what verification was given: nothing, where reception refused it. */
export async function open(room: Room, number: string): Promise<Given | undefined> {
  const given: Given[] = [];
  await openArrived(room.options, number, async (input) => {
    given.push(input);
  });
  return given[0];
}

/** The rule for which reception refused a case. */
export function refusal(room: Room, number: string): Promise<string | undefined> {
  return findRefusal(room.options.db.sql, '99201', number);
}
