import { fileBytes } from '../card-content.js';
import { type Answer, type CardContext, ok, refuse } from '../card-context.js';
import type { Command } from '../command.js';
import { applicationByAid, type DataFile, efs, fileById, fileByShortId } from '../files.js';
import { SW } from '../status-words.js';
import type { VolatileState } from '../volatile-state.js';

/** SELECT: by AID (P1 04) or an EF under the current application (P1 02). No FCI in the answer. */
export function select(card: CardContext, command: Command): Answer {
  const { p1, p2, data } = command;
  if (p1 === 0x04 && (p2 === 0x0c || p2 === 0x00)) {
    if (data.length === 0) return refuse(SW.wrongLength);
    const application = applicationByAid(data);
    if (application === undefined) return refuse(SW.notFound);
    card.state.select(application);
    return ok;
  }
  if (p1 === 0x02 && (p2 === 0x0c || p2 === 0x00)) {
    const [high, low] = data;
    if (data.length !== 2 || high === undefined || low === undefined) return refuse(SW.wrongLength);
    const file = card.state.application && fileById(card.state.application, (high << 8) | low);
    if (file === undefined) return refuse(SW.notFound);
    card.state.currentFile = file;
    return ok;
  }
  // The real card has an MF but does not let it be selected by its identifier.
  if (p1 === 0x00 && data.length === 2 && data[0] === 0x3f && data[1] === 0x00) return refuse(SW.notFound);
  return refuse(SW.wrongParameters);
}

function mayRead(card: CardContext, file: DataFile): boolean {
  const { verified } = card.state;
  if (file === efs.jpki.authenticationCertificate && card.content.settings.authenticationCertificateNeedsPin)
    return verified.has('authentication');
  return file.readWith.length === 0 || file.readWith.some((pin) => verified.has(pin));
}

/**
 * The file and offset that P1 and P2 of READ and UPDATE BINARY name: bit 8 of P1 clear = 15-bit offset into the
 * current EF; set = short identifier with an 8-bit offset, and that EF becomes current.
 */
export function binaryTarget(
  state: VolatileState,
  command: Command,
): { file: DataFile; offset: number } | Answer {
  const { p1, p2 } = command;
  let offset = (p1 << 8) | p2;
  if (p1 & 0x80) {
    if (p1 & 0x60) return refuse(SW.wrongParameters);
    const file = state.application && fileByShortId(state.application, p1 & 0x1f);
    if (file === undefined) return refuse(SW.notFound);
    state.currentFile = file;
    offset = p2;
  }
  if (state.currentFile === undefined) return refuse(SW.noCurrentFile);
  if (state.currentFile.kind !== 'data') return refuse(SW.wrongFileStructure);
  return { file: state.currentFile, offset };
}

export function readBinary(card: CardContext, command: Command): Answer {
  if (command.data.length > 0 || command.le === undefined) return refuse(SW.wrongLength);
  const target = binaryTarget(card.state, command);
  if ('sw' in target) return target;
  if (!mayRead(card, target.file)) return refuse(SW.securityStatus);
  const bytes = fileBytes(card.content, target.file);
  if (target.offset >= bytes.length) return refuse(SW.wrongOffset);
  const data = bytes.slice(target.offset, target.offset + command.le);
  return { sw: data.length < command.le ? SW.endOfFile : SW.ok, data };
}

/** READ RECORD: both applications here have transparent files only. */
export function readRecord(card: CardContext, command: Command): Answer {
  if (command.data.length > 0 || command.le === undefined) return refuse(SW.wrongLength);
  const sfi = command.p2 >> 3;
  if ((command.p2 & 0x07) !== 0x04) return refuse(SW.wrongParameters);
  if (sfi === 0) return refuse(card.state.currentFile ? SW.wrongFileStructure : SW.noCurrentFile);
  const file = card.state.application && fileByShortId(card.state.application, sfi);
  return refuse(file ? SW.wrongFileStructure : SW.notFound);
}
