export {
  addOfficer,
  listDepartments,
  listOfficers,
  type OfficerRow,
  type RoleRow,
  removeOfficer,
  setDepartment,
} from './officers.js';
export type { DeskOptions } from './options.js';
export { isRole, roles } from './roles.js';
export { deskRoutes } from './routes.js';
export { createDeskLink } from './session.js';
