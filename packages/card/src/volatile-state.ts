import type { ApplicationName, ElementaryFile, PinName } from './files.js';

/**
 * What the card holds only while it has power. Power off, power on and reset put a fresh one in its place, so a
 * command that is still running then writes its result into a state nobody looks at any more.
 */
export class VolatileState {
  application: ApplicationName | undefined;
  currentFile: ElementaryFile | undefined;
  /** PINs verified in this application. */
  readonly verified = new Set<PinName>();
  /** PINs already used for a signature (only asked for in the strict mode). */
  readonly spent = new Set<PinName>();
  /** The last challenge, good for one EXTERNAL AUTHENTICATE. */
  challenge: Uint8Array | undefined;
  /** The challenge that opened the owner's rights; they end with SELECT of an application. */
  ownerChallenge: Uint8Array | undefined;
  /** The one PIN that the issuer's word lets be set, once. */
  openPin: PinName | undefined;

  select(application: ApplicationName): void {
    this.application = application;
    this.currentFile = undefined;
    this.verified.clear();
    this.spent.clear();
    this.challenge = undefined;
    this.ownerChallenge = undefined;
    this.openPin = undefined;
  }

  forget(pin: PinName): void {
    this.verified.delete(pin);
    this.spent.delete(pin);
  }
}
