import type { Command } from '../cli/command.js';
import { auditVerify } from './audit.js';
import { caCrl, caInit, caIssue, caList, caRevoke, caShow, caStats } from './ca.js';
import { cardCreate } from './card-create.js';
import { cardApdu, cardCert, cardInfo, cardText } from './card-look.js';
import { cardPinChange, cardPinStatus } from './card-pin.js';
import { cardServe } from './card-serve.js';
import { certShow } from './cert-show.js';
import { doctor } from './doctor.js';
import { procedureCheck } from './procedure-check.js';
import { readers } from './readers.js';
import { serve } from './serve.js';
import { start } from './start.js';

/** Every command there is, in the order of the help. */
export const commands: readonly Command[] = [
  start,
  serve,
  doctor,
  readers,
  cardCreate,
  cardServe,
  cardInfo,
  cardCert,
  cardText,
  cardPinStatus,
  cardPinChange,
  cardApdu,
  certShow,
  procedureCheck,
  caInit,
  caIssue,
  caRevoke,
  caCrl,
  caList,
  caShow,
  caStats,
  auditVerify,
];
