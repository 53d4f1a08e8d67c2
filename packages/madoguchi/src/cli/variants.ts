import { loadVariants, type Variants, VariantTableError } from '@madoguchi/agency/matching';
import { CommandError } from './command.js';

/** The shipped table of character forms with files of the agency's own; a bad row ends the command, told with its line. */
export function variantTable(files: readonly string[]): Variants {
  try {
    return loadVariants(files);
  } catch (error) {
    if (error instanceof VariantTableError) throw new CommandError('usage', error.message);
    throw error;
  }
}
