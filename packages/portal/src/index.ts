export { portalApp } from './app.js';
export { checkContent } from './content-check.js';
export type { PortalAgency, PortalOptions, PortalProcedure } from './options.js';
