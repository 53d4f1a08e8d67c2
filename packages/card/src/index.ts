export { apdu } from './apdu.js';
export { createCardImage, type OpenCard, openCardImage } from './card-image.js';
export { type CardSettings, cardOptions, parseSetting, settingText } from './card-settings.js';
export { type ComparedRow, type Comparison, compareCard } from './compare/compare.js';
export type { Finding } from './compare/findings.js';
export type { Shape } from './compare/shape.js';
export { type FaceIssuer, makeFaceIssuer } from './cv-certificate.js';
export { CardError, type CardErrorCode } from './errors.js';
export {
  type ApplicationName,
  aids,
  type CardKeyFile,
  type DataFile,
  type ElementaryFile,
  efs,
  type KeyFile,
  type KeyName,
  type PinFile,
  type PinName,
  type RecordFile,
} from './files.js';
export { keyFolderIn } from './image-format.js';
export { type CardAlgorithm, type Medium, media } from './media.js';
export { demoMyNumber, isRealLooking } from './my-number.js';
export type { NewCard } from './new-card.js';
export { activationMac, spareNonceLength, spareProof } from './owner-mac.js';
export { type OwnerPin, type OwnerSession, openOwnerSession } from './owner-session.js';
export { checkNewPin, type PinRule, pinKinds } from './pin-rules.js';
export { readBytes, readWholeFile, transmitOk } from './read-whole-file.js';
export { setPinByWord, wordForPin } from './set-pin.js';
export { type SpareSession, spareSession } from './spare-session.js';
export { statusWordText, type TwoTongues } from './status-word-text.js';
export { type StatusWord, splitResponse, statusWord, statusWordName } from './status-words.js';
export type { Sex, TextItems } from './text-files.js';
export type { TokenLabel } from './token-information.js';
export type { CardDevice, Transmit } from './virtual-card.js';
export { connectVpcd, type VpcdLink } from './vpcd.js';
