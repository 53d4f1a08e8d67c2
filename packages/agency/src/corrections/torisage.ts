import { commonForm } from '../forms/common-form.js';

/** The form of a withdrawal (取下書): the same for every procedure of an agency. */
export const torisage = commonForm('torisage');
