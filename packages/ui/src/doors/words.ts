/** Words, days and lists: what a command says, too. Loads no web server. */
export { csv } from '../csv.js';
export { eraDate, formatDate, formatDay, formatMonth, japaneseDay, parseDay } from '../dates.js';
export { defectOf } from '../defect.js';
export { type EasyFault, easyFaults, longestEasySentence } from '../easy-japanese.js';
export { glossary } from '../glossary.js';
export { loginWords } from '../login/words.js';
export { isLoadedAhead } from '../one-time-link.js';
export { fill, isText, type Register, registers, type Text, type Words, words } from '../words.js';
