export { putResident, type Resident, type ResidentRegister, residentRegister } from './residents.js';
export { httpRevocation, type RevocationPlaces } from './revocation-http.js';
export type { CitizenTrust, RevocationFinder, RevocationFindings } from './trust.js';
export { recheck, type Verification, verificationTasks, verifyCase } from './verify-case.js';
