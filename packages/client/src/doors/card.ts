/** A card in a reader or an image: sessions, PINs, and what goes wrong with them, in words. Loads no web server. */
export { agentPort, agentStatus } from '../agent/port.js';
export { agentVersion } from '../agent/version.js';
export { isAuthorityAddress } from '../authority-asker.js';
export { CardSession } from '../card-session.js';
export { type CardSignatureAlgorithm, cardAlgorithm } from '../card-signature.js';
export { CardVisit, type CertificateName, type KeyKind, type PinStatus } from '../card-visit.js';
export { endWarning } from '../certificate-end.js';
export { type CertificateRow, certificateRows } from '../certificate-words.js';
export type { CardChannel } from '../channel.js';
export { ClientError, type ClientErrorCode, type PinKind } from '../client-error.js';
export { type Explanation, explainClientError } from '../client-words.js';
export type { ForeignCard } from '../foreign-card.js';
export { foreignCardNames } from '../foreign-card-words.js';
export { imageChannel } from '../image-channel.js';
export { type HolderKey, type OwnValidity, ownValidity } from '../own-validity.js';
export { hasPinForm, onPinPad, type Pin, type PinSource } from '../pin.js';
export { newPinRules, pinTitles } from '../pin-words.js';
export {
  listReaders,
  type ReaderInfo,
  type ReaderList,
  readerChannel,
  readerChannels,
} from '../reader-channel.js';
export { waitForCard, watchReaders } from '../reader-watch.js';
export { RenewalError } from '../renewal/renewal-error.js';
export { renewalStepWords, renewalWords, renewedNames } from '../renewal/renewal-words.js';
export { type SystemKind, systemKind } from '../system.js';
export { parseTextItems, type TextItems } from '../text-items.js';
export type { CardKind } from '../token-kind.js';
export { TokenError } from '../tokens/token-error.js';
export { tokenNames, tokenStepWords, tokenWords } from '../tokens/token-words.js';
