/** Who works at the desks of an agency, and the links of its register: what an operator's commands write. Loads neither forms nor web pages. */
export { demoProcedures, type Level } from '../demo-procedures.js';
export {
  addOfficer,
  listDepartments,
  listOfficers,
  type OfficerRow,
  type RoleRow,
  removeOfficer,
  setDepartment,
} from '../desk/officers.js';
export { isRole, roles } from '../desk/roles.js';
export { createDeskLink } from '../desk/session.js';
export { importLinks, type LinkFault } from '../links/import.js';
export { agencyMigrations } from '../migrations.js';
