import type { Command } from '../cli/command.js';

/** Every command there is, in the order of the help. */
export const commands: readonly Command[] = [];
