// CMS, containers, report
export { type AsicContainer, type AsicFile, asicMediaType, readAsic, writeAsic } from './asic/asic.js';
export { isSafeEntryName } from './asic/entry-name.js';
export { readZip, type ZipEntry, type ZipLimits } from './asic/zip-read.js';
export { writeZip } from './asic/zip-write.js';
export { attempt, type DerFault, fail, type Parsed } from './der/fault.js';
export {
  bytesOf,
  checkDer,
  contentOf,
  type Encoding,
  inside,
  Reader,
  type Tlv,
  wholeTlv,
} from './der/read.js';
export { contextTag, tags } from './der/tags.js';
export { readTime, writeGeneralizedTime, writeTime } from './der/time.js';
export * as values from './der/values.js';
export * as der from './der/write.js';
export {
  buildName,
  type Name,
  type NameAttribute,
  nameKey,
  namesEqual,
  nameToString,
  nameValues,
  parseName,
} from './name.js';
export * from './oids.js';
