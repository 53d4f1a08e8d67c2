import { z } from 'zod';
import { webhookEvent } from '../webhooks/event.js';
import { acknowledgement, batch, batchApplications, batchWanted, detailed, list, problem } from './shapes.js';

const json = (name: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
});
const answer = (description: string, name: string) => ({ description, content: json(name) });
const refusals = {
  401: answer('No key, or one that was revoked', 'Problem'),
  404: answer('No such application', 'Problem'),
};
const receipt = { name: 'receipt', in: 'path', required: true, schema: { type: 'string' } };
const batchId = { name: 'batch', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  ...{ name, description, schema },
  in: 'query',
});

/** Reading applications, one or many. */
const applicationPaths = {
  '/applications': {
    get: {
      operationId: 'listApplications',
      summary: 'Applications, oldest first, 100 at a time',
      parameters: [
        query('state', 'Only in this state'),
        query('procedure', 'Only of this procedure'),
        query('after', 'Receipt number of the last one before'),
      ],
      responses: { 200: answer('A page of them', 'List'), 401: refusals[401] },
    },
  },
  '/applications/{receipt}': {
    get: {
      operationId: 'getApplication',
      summary: 'One application as it now stands, its answers by field id',
      parameters: [receipt],
      responses: { 200: answer('The application', 'Application'), ...refusals },
    },
  },
  '/applications/{receipt}/container': {
    get: {
      operationId: 'getContainer',
      summary: 'The signed container (ASiC-E) of the newest submission',
      parameters: [receipt],
      responses: {
        200: {
          description: 'The container',
          content: {
            'application/vnd.etsi.asic-e+zip': { schema: { type: 'string', format: 'binary' } },
          },
        },
        ...refusals,
      },
    },
  },
};

/** 一括連携: taking accepted applications over. */
const batchPaths = {
  '/batches': {
    post: {
      operationId: 'nextBatch',
      summary: 'The next accepted applications, to be acknowledged',
      description:
        'A batch of the same procedure that was not acknowledged to its end comes again, whole, so that nothing is lost.',
      requestBody: { content: json('BatchWanted') },
      responses: {
        200: answer('The batch that is still to be acknowledged', 'Batch'),
        201: answer('A new batch', 'Batch'),
        204: { description: 'There is nothing to take over' },
        401: refusals[401],
        403: answer('The key reaches over another procedure', 'Problem'),
        422: answer('The request does not have its form', 'Problem'),
      },
    },
  },
  '/batches/{batch}': {
    get: {
      operationId: 'getBatch',
      summary: 'A batch and what was said of it',
      parameters: [batchId],
      responses: { 200: answer('The batch', 'Batch'), ...refusals },
    },
  },
  '/batches/{batch}/applications': {
    get: {
      operationId: 'getBatchApplications',
      summary: 'All applications of a batch, as getApplication gives them',
      parameters: [batchId],
      responses: { 200: answer('The applications', 'BatchApplications'), ...refusals },
    },
  },
  '/batches/{batch}/applications.csv': {
    get: {
      operationId: 'getBatchCsv',
      summary: 'The same as CSV; of one procedure with the answers by field id',
      parameters: [batchId],
      responses: {
        200: {
          description:
            'UTF-8 with a byte order mark; a cell that a spreadsheet would run begins with an apostrophe',
          content: { 'text/csv': { schema: { type: 'string' } } },
        },
        ...refusals,
      },
    },
  },
  '/batches/{batch}/acknowledgement': {
    post: {
      operationId: 'acknowledge',
      summary: 'Which applications were taken over, and which could not be, with the reason',
      description:
        'All of it counts or nothing. What is not named stays open; said again it changes nothing.',
      parameters: [batchId],
      requestBody: { required: true, content: json('Acknowledgement') },
      responses: {
        200: answer('The batch as it now stands', 'Batch'),
        ...refusals,
        409: answer('An application was acknowledged otherwise before', 'Problem'),
        422: answer('An application is not in the batch, or the form is wrong', 'Problem'),
      },
    },
  },
};

const webhooks = {
  application: {
    post: {
      operationId: 'applicationChanged',
      summary:
        'Sent to the addresses kept at the desk, signed as Standard Webhooks have it (webhook-id, webhook-timestamp, webhook-signature)',
      security: [],
      requestBody: { required: true, content: json('Event') },
      responses: {
        200: {
          description: 'Taken; any 2xx is. Otherwise it is sent again, later and later, for about three days',
        },
        410: { description: 'This address wants no more' },
      },
    },
  },
};

/** OpenAPI 3.1 of what core systems fetch. Its schemas are those by which every answer is checked in the tests. */
export function openapi(server: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Madoguchi agency: hand-over to core systems',
      version: '1.0.0',
      description:
        'Applications are read and taken over, never decided. Numbers of certificates are never in it; a signed case is in its container.',
    },
    servers: [{ url: server }],
    security: [{ key: [] }],
    paths: { ...applicationPaths, ...batchPaths },
    webhooks,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Batch: z.toJSONSchema(batch),
        BatchWanted: z.toJSONSchema(batchWanted, { io: 'input' }),
        BatchApplications: z.toJSONSchema(batchApplications),
        Acknowledgement: z.toJSONSchema(acknowledgement, { io: 'input' }),
        Event: z.toJSONSchema(webhookEvent),
        List: z.toJSONSchema(list),
        Application: z.toJSONSchema(detailed),
        Problem: z.toJSONSchema(problem),
      },
    },
  };
}
