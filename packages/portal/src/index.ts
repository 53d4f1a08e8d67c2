export { portalApp } from './app.js';
export type { PortalAgency, PortalOptions, PortalProcedure } from './options.js';
