/** What rooms need of each other without a procedure: short answers over HTTP, refusals in words, numbers that may be told. */
export { browserLogic } from '../browser-logic.js';
export { canonicalize, isCanonical, sha256Hex } from '../canonical.js';
export { type Explanation, explainedRules, explainRule } from '../explain.js';
export type { Json } from '../json.js';
export { markText } from '../marks.js';
export type { Parsed } from '../parsed.js';
export { type PostCodePlace, type PostCodes, placesOfPostCode, readPostCode } from '../post-code.js';
export { type PostAnswer, postOctets } from '../post-octets.js';
export { readAnswer } from '../read-answer.js';
export { hiddenBelow, startOfToday, told, toldSum, type Waiting, waitingOf } from '../told.js';
export type { Words } from '../words.js';
