/** The authority and its counter over HTTP. */
export type { CounterEquipment } from '../counter/act-routes.js';
export type { CounterLogin } from '../counter/login.js';
export type { CounterReaders } from '../counter/reader-port.js';
export type { VerifierAccess } from '../http/access.js';
export { type CaAppOptions, caApp, type LogLine } from '../http/app.js';
export { caListener } from '../http/listener.js';
export type { CaLimits } from '../http/pace.js';
