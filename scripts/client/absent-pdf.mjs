// In the client's bundle this stands in the place of commands/report-pdf.js: the typesetter and its fonts are 80 MB.
import { CommandError } from '../../packages/madoguchi/dist/cli/command.js';

export function reportPdf() {
  throw new CommandError('unavailable', 'This client makes no PDF: use --report html, and print it.');
}
