import { readExtensions } from '../certificate/extensions.js';
import { fail } from '../der/fault.js';
import { bytesOf, inside, type Reader, wholeTlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readTime } from '../der/time.js';
import { readBoolean, readInteger, readOid, readSmallInteger } from '../der/values.js';
import { boolean, constructed, explicit, integer, oid, primitive, sequence } from '../der/write.js';
import { type MessageImprint, readImprint, writeImprint } from './imprint.js';

/** How far the clock of the authority may be off (RFC 3161 2.4.2): parts of a second, each optional. */
export interface Accuracy {
  readonly seconds?: number;
  /** 1 to 999. */
  readonly millis?: number;
  /** 1 to 999. */
  readonly micros?: number;
}

/** What a time stamp says (TSTInfo, RFC 3161 2.4.2). */
export interface TimeStampInfo {
  readonly policy: string;
  readonly imprint: MessageImprint;
  /** Content octets of the INTEGER, at most 20 (RFC 3161: 160 bits). */
  readonly serial: Uint8Array;
  readonly time: Date;
  readonly accuracy?: Accuracy;
  /** True: stamps of this authority are in the order of their times however close these are. */
  readonly ordering: boolean;
  readonly nonce?: Uint8Array;
  /** DER of the authority's directory name, where the stamp repeats one. */
  readonly authority?: Uint8Array;
}

export function writeTimeStampInfo(info: TimeStampInfo): Uint8Array {
  const { policy, imprint, serial, time, accuracy, ordering, nonce, authority } = info;
  return sequence(
    integer(1),
    oid(policy),
    writeImprint(imprint),
    integer(serial),
    writeExactTime(time),
    accuracy === undefined ? undefined : writeAccuracy(accuracy),
    ordering ? boolean(true) : undefined,
    nonce === undefined ? undefined : integer(nonce),
    // GeneralName is a CHOICE, so both tags are explicit: [0] around directoryName [4].
    authority === undefined ? undefined : explicit(0, explicit(4, authority)),
  );
}

/** GeneralizedTime to the millisecond, without trailing zeros (RFC 3161 2.4.2 after X.690 11.7). */
function writeExactTime(time: Date): Uint8Array {
  const [whole = '', rest = ''] = time.toISOString().replace('Z', '').split('.');
  const fraction = rest.replace(/0+$/, '');
  const text = `${whole.replace(/[-:T]/g, '')}${fraction === '' ? '' : `.${fraction}`}Z`;
  return primitive(tags.generalizedTime, Buffer.from(text, 'latin1'));
}

function writeAccuracy({ seconds, millis, micros }: Accuracy): Uint8Array {
  const tagged = (n: number, value: number | undefined) => {
    if (value === undefined) return undefined;
    if (value < 1 || value > 999) throw new RangeError('parts of an accuracy lie between 1 and 999');
    return primitive(contextTag(n, false), integer(value).subarray(2));
  };
  return constructed(tags.sequence, [
    seconds === undefined ? undefined : integer(seconds),
    tagged(0, millis),
    tagged(1, micros),
  ]);
}

/** Reads TSTInfo, strict DER. An unknown critical extension, or a digest that is none of ours, is refused. Throws DerFault. */
export function readTimeStampInfo(der: Uint8Array): TimeStampInfo {
  const whole = wholeTlv(der);
  if (whole.tag !== tags.sequence) fail('tsp.info', 0);
  const reader = inside(whole);
  if (readSmallInteger(reader.next(tags.integer, 'tsp.version')) !== 1) fail('tsp.version', whole.content);
  const policy = readOid(reader.next(tags.oid, 'tsp.policy'));
  const at = reader.offset;
  const imprint = readImprint(reader);
  if (imprint === undefined) return fail('tsp.imprint.algorithm', at);
  const serial = reader.next(tags.integer, 'tsp.serial');
  if (serial.contentEnd - serial.content > 21) fail('tsp.serial.length', serial.start);
  const time = readTime(reader.next(tags.generalizedTime, 'tsp.time'), { fraction: true });
  const accuracy = reader.peek() === tags.sequence ? readAccuracy(reader.sequence()) : undefined;
  const flag = reader.optional(tags.boolean);
  const nonce = reader.optional(tags.integer);
  const name = reader.optional(contextTag(0, true));
  const wrapper = reader.optional(contextTag(1, true));
  reader.close('tsp.info.trailing');
  if (wrapper !== undefined && readExtensions(inside(wrapper)).some(({ critical }) => critical)) {
    fail('tsp.extension.critical', wrapper.start);
  }
  return {
    policy,
    imprint,
    serial: readInteger(serial),
    time,
    ...(accuracy === undefined ? {} : { accuracy }),
    ordering: flag !== undefined && readBoolean(flag),
    ...(nonce === undefined ? {} : { nonce: readInteger(nonce) }),
    ...(name === undefined ? {} : readAuthority(inside(name))),
  };
}

/** GeneralName; another kind than directoryName names nobody we could compare. */
function readAuthority(reader: Reader): { authority?: Uint8Array } {
  const choice = reader.next();
  reader.close('tsp.authority');
  if (choice.tag !== contextTag(4, true)) return {};
  const inner = inside(choice);
  const authority = bytesOf(inner.next(tags.sequence, 'tsp.authority'));
  inner.close('tsp.authority');
  return { authority };
}

function readAccuracy(reader: Reader): Accuracy {
  const at = reader.offset;
  const seconds = reader.optional(tags.integer);
  const millis = reader.optional(contextTag(0, false));
  const micros = reader.optional(contextTag(1, false));
  reader.close('tsp.accuracy');
  const part = (tlv: typeof millis, least: number, most: number) => {
    if (tlv === undefined) return undefined;
    const value = readSmallInteger(tlv);
    return value < least || value > most ? fail('tsp.accuracy.range', at) : value;
  };
  const read = {
    seconds: part(seconds, 0, 2 ** 31),
    millis: part(millis, 1, 999),
    micros: part(micros, 1, 999),
  };
  return {
    ...(read.seconds === undefined ? {} : { seconds: read.seconds }),
    ...(read.millis === undefined ? {} : { millis: read.millis }),
    ...(read.micros === undefined ? {} : { micros: read.micros }),
  };
}

/** The accuracy as milliseconds, rounded up; 0 where none is stated. */
export function accuracyMs({ accuracy }: Pick<TimeStampInfo, 'accuracy'>): number {
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {};
  return seconds * 1000 + millis + Math.ceil(micros / 1000);
}
