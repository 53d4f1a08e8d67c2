import { applicationByAid } from '../applications.js';
import { fileBytes, recordBytes } from '../card-content.js';
import { type Answer, type CardContext, mediumOf, ok, refuse } from '../card-context.js';
import type { Command } from '../command.js';
import {
  type DataFile,
  type ElementaryFile,
  efs,
  fileById,
  fileByShortId,
  spareFileById,
  spareOf,
} from '../files.js';
import { spareKey } from '../spare.js';
import { SW } from '../status-words.js';

function selectApplication(card: CardContext, aid: Uint8Array): Answer {
  if (aid.length === 0) return refuse(SW.wrongLength);
  const application = applicationByAid(aid);
  if (application === undefined || !mediumOf(card).applications.includes(application))
    return refuse(SW.notFound);
  card.state.select(application);
  return ok;
}

function fileThere(card: CardContext, id: number): ElementaryFile | undefined {
  const application = card.state.application ?? 'issuerDomain';
  const spare = spareFileById(application, id);
  const key = spareOf(spare);
  // Without a spare key the card looks like one that never heard of spare places.
  return key === undefined || spareKey(card.content, key) === undefined ? fileById(application, id) : spare;
}

function selectFile(card: CardContext, id: Uint8Array): Answer {
  const [high, low] = id;
  if (id.length !== 2 || high === undefined || low === undefined) return refuse(SW.wrongLength);
  // Before an application is selected the card is where the issuer's domain is.
  const file = fileThere(card, (high << 8) | low);
  if (file === undefined) return refuse(SW.notFound);
  card.state.currentFile = file;
  return ok;
}

/** SELECT: by AID (P1 04) or an EF under the current application (P1 02). No FCI in the answer. */
export function select(card: CardContext, command: Command): Answer {
  const { p1, p2, data } = command;
  const noInformation = p2 === 0x0c || p2 === 0x00;
  if (p1 === 0x04 && noInformation) return selectApplication(card, data);
  if (p1 === 0x02 && noInformation) return selectFile(card, data);
  // The real card has an MF but does not let it be selected by its identifier …
  if (p1 === 0x00 && data.length === 2 && data[0] === 0x3f && data[1] === 0x00) return refuse(SW.notFound);
  // … and without one it refuses right after a reset, later says yes and changes nothing (myna-card).
  if (p1 === 0x00 && p2 === 0x00 && data.length === 0)
    return card.state.application === undefined ? refuse(SW.wrongParameters) : ok;
  return refuse(SW.wrongParameters);
}

function mayRead(card: CardContext, file: DataFile): boolean {
  const { verified } = card.state;
  const { medium, content } = { medium: mediumOf(card), content: card.content };
  const needsPin =
    medium.authenticationCertificateNeedsPin || content.settings.authenticationCertificateNeedsPin;
  if (file === efs.jpki.authenticationCertificate && needsPin) return verified.has('authentication');
  return file.readWith.length === 0 || file.readWith.some((pin) => verified.has(pin));
}

/**
 * The file and offset that P1 and P2 of READ and UPDATE BINARY name: bit 8 of P1 clear = 15-bit offset into the
 * current EF; set = short identifier with an 8-bit offset, and that EF becomes current.
 */
export function binaryTarget(
  { state }: CardContext,
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
  const file = state.currentFile;
  if (file === undefined) return refuse(SW.noCurrentFile);
  if (file.kind === 'closed') return refuse(SW.securityStatus);
  return file.kind === 'data' ? { file, offset } : refuse(SW.wrongFileStructure);
}

export function readBinary(card: CardContext, command: Command): Answer {
  if (command.data.length > 0 || command.le === undefined || command.extended) return refuse(SW.wrongLength);
  const target = binaryTarget(card, command);
  if ('sw' in target) return target;
  if (!mayRead(card, target.file)) return refuse(SW.securityStatus);
  const bytes = fileBytes(card.content, target.file);
  if (target.offset >= bytes.length) return refuse(SW.wrongOffset);
  const data = bytes.slice(target.offset, target.offset + command.le);
  return { sw: data.length < command.le ? card.content.settings.endOfFileStatusWord : SW.ok, data };
}

/** READ RECORD of one record by its number, `rec` in P1 and `sfi<<3|4` in P2 (sfi 0: the current EF). */
export function readRecord(card: CardContext, command: Command): Answer {
  if (command.data.length > 0 || command.le === undefined || command.extended) return refuse(SW.wrongLength);
  const { state } = card;
  if ((command.p2 & 0x07) !== 0x04) return refuse(SW.wrongParameters);
  const sfi = command.p2 >> 3;
  if (sfi !== 0) {
    const named = state.application && fileByShortId(state.application, sfi);
    if (named === undefined) return refuse(SW.notFound);
    state.currentFile = named;
  }
  const file = state.currentFile;
  if (file === undefined) return refuse(SW.noCurrentFile);
  if (file.kind !== 'record') return refuse(SW.wrongFileStructure);
  const record = command.p1 === 1 ? recordBytes(card.content, file) : undefined;
  if (record === undefined) return refuse(SW.recordNotFound);
  // A record has its own length inside, so a shorter answer is no warning.
  return { sw: SW.ok, data: record.slice(0, command.le) };
}

/**
 * GET DATA: objects of the issuer's domain, as after a reset (myna-card); 5F51, the contact ATR without TS, anywhere. An object longer
 * than a short answer is refused with 6700 until an extended Le asks for it.
 */
export function getData(card: CardContext, command: Command): Answer {
  if (command.data.length > 0 || command.le === undefined) return refuse(SW.wrongLength);
  const { application } = card.state;
  const tag = ((command.p1 << 8) | command.p2).toString(16).padStart(4, '0');
  const there = application === undefined || application === 'issuerDomain' || tag === '5f51';
  const known = mediumOf(card).applications.includes('issuerDomain') && there;
  const object =
    tag === '5f51' ? Buffer.from(card.content.settings.atr.slice(2), 'hex') : card.content.objects[tag];
  if (!known || object === undefined) return refuse(SW.referenceNotFound);
  return object.length > command.le ? refuse(SW.wrongLength) : { sw: SW.ok, data: object };
}
