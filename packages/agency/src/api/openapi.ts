import { z } from 'zod';
import { detailed, list, problem } from './shapes.js';

const json = (name: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
});
const answer = (description: string, name: string) => ({ description, content: json(name) });
const refusals = {
  401: answer('No key, or one that was revoked', 'Problem'),
  404: answer('No such application', 'Problem'),
};
const receipt = { name: 'receipt', in: 'path', required: true, schema: { type: 'string' } };
const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  ...{ name, description, schema },
  in: 'query',
});

/** OpenAPI 3.1 of what core systems fetch. Its schemas are those by which every answer is checked in the tests. */
export function openapi(server: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Madoguchi agency: hand-over to core systems',
      version: '1.0.0',
      description: 'Read only. Numbers of certificates are never in it; a signed case is in its container.',
    },
    servers: [{ url: server }],
    security: [{ key: [] }],
    paths: {
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
            200: { description: 'The container', content: { 'application/vnd.etsi.asic-e+zip': {} } },
            ...refusals,
          },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        List: z.toJSONSchema(list),
        Application: z.toJSONSchema(detailed),
        Problem: z.toJSONSchema(problem),
      },
    },
  };
}
