import type { LintRule } from './rule.js';
import { authorityRules } from './rules/authorities.js';
import { citizenRules } from './rules/citizens.js';
import { extensionRules } from './rules/extensions.js';
import { fieldRules } from './rules/fields.js';
import { officeRules } from './rules/offices.js';

/** Every rule there is, in the order in which faults are told. */
export const lintRules: readonly LintRule[] = [
  ...fieldRules,
  ...extensionRules,
  ...authorityRules,
  ...citizenRules,
  ...officeRules,
];
