import { subIndications } from './indications.js';
import { choice, flag, list, type ObjectShape, text, whole } from './shape.js';
import { coveredFiles, moment, sha256Hex } from './shapes.js';

const subIndication = choice(...Object.keys(subIndications));
const finding = text('id of a finding: what decided, see packages/pki/src/report/findings.ts');
const totals = ['TOTAL_PASSED', 'TOTAL_FAILED', 'INDETERMINATE'];

const block: ObjectShape = {
  kind: 'object',
  required: {
    indication: choice('PASSED', 'FAILED', 'INDETERMINATE'),
    light: choice('good', 'check', 'bad', 'pending'),
  },
  optional: { subIndication, finding },
};

const check: ObjectShape = {
  kind: 'object',
  required: {
    id: text('the check'),
    block: choice('signature', 'validity'),
    level: choice('FAIL', 'WARN', 'INFORM'),
    result: choice('pass', 'fail', 'warn'),
    detail: text('for the engineer: a rule, a time, an algorithm; may be empty'),
  },
  optional: { finding, subIndication },
};

const report: ObjectShape = {
  kind: 'object',
  note: 'The verdict over one signature. It holds no name, address or serial number.',
  required: {
    format: choice('madoguchi-report/1'),
    policy: text('id of the policy'),
    time: moment,
    controlTime: moment,
    indication: choice(...totals),
    blocks: { kind: 'object', required: { signature: block, validity: block } },
    checks: list(check),
  },
  optional: {
    subIndication,
    finding,
    signer: {
      kind: 'object',
      required: { certificateSha256: sha256Hex, notBefore: moment, notAfter: moment },
      optional: { signingTime: moment, algorithm: text('a signature algorithm') },
    },
    timeStamps: list({
      kind: 'object',
      required: { kind: choice('signature', 'archive'), counts: flag },
      optional: { time: moment, subIndication, detail: text('for the engineer') },
    }),
    nextAttempt: moment,
  },
};

/** What `madoguchi verify --json` prints (docs/schemas/verify.json). */
export const documentReportShape: ObjectShape = {
  kind: 'object',
  required: {
    format: choice('madoguchi-document-report/1'),
    policy: text('id of the policy'),
    time: moment,
    document: {
      kind: 'object',
      required: { name: text('its name'), size: whole(), sha256: sha256Hex, form: text('the format') },
    },
    indication: choice(...totals, 'NO_SIGNATURE_FOUND'),
    signatures: list({
      kind: 'object',
      required: {
        id: text('what tells it from the others'),
        covers: coveredFiles,
        report,
      },
    }),
  },
  optional: { subIndication, finding },
};
