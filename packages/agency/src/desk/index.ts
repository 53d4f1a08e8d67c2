export type { DeskOptions } from './options.js';
export { deskRoutes } from './routes.js';
export { createDeskLink } from './session.js';
