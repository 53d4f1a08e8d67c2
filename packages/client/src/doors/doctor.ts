/** Whether machine, reader and card are ready, and what comes next. Starts no agent. */
export { validityWords } from '../doctor/certificate-check.js';
export { type DoctorOptions, doctor } from '../doctor/doctor.js';
export { applyFixes, type FixResult } from '../doctor/fixes.js';
export type { DoctorCheck, DoctorFix, DoctorReport } from '../doctor/report.js';
export { doctorSteps } from '../doctor/steps.js';
export { installedState, thisMachine } from '../install/install.js';
