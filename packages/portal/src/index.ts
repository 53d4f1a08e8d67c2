export { createAdminLink } from './admin/routes.js';
export { portalApp } from './app.js';
export { type Catalogues, isAddress, openCatalogues } from './catalogue-source.js';
export { checkContent } from './content-check.js';
export { erasePortal } from './erasure.js';
export { createHelpdeskLink, portalMigrations } from './helpdesk/routes.js';
export type { PortalAgency, PortalOptions, PortalProcedure } from './options.js';
