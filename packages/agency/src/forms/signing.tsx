import type { Answers, ClaimedAttachment, Relation } from '@madoguchi/procedure';
import { ErrorPage, readPreferences, sameOriginPosts, securityHeaders } from '@madoguchi/ui';
import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { earlyFindings } from '../attachments/early.js';
import { warningBefore } from '../attachments/told.js';
import type { AgencyConfig, LoadedProcedure, ReceptionOptions } from '../options.js';
import { markBrowser } from '../requests/browser.js';
import { issueRequest, NoStapleError } from '../requests/issue.js';
import { pageLook } from './look.js';

const defaultAgent = 'http://127.0.0.1:24787';

/**
 * What a form's script posts when its reader goes on to the signature. `findings`: what the browser saw in a file, `told` where its reader has heard that
 * already and sends it all the same. Nobody relies on either: the file is looked at again after arrival.
 */
export const postedSchema = z
  .object({
    answers: z.record(z.string().max(100), z.string().max(20_000)),
    attachments: z
      .array(
        z.object({
          name: z.string().max(1000),
          size: z.int().min(0),
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
          rule: z.string().max(64),
          findings: z.array(z.enum(earlyFindings)).max(earlyFindings.length).default([]),
          told: z.boolean().default(false),
        }),
      )
      .max(100),
  })
  .transform(({ answers, attachments }) => ({
    answers,
    attachments: attachments.map(({ findings, told, ...file }): ClaimedAttachment & { rule: string } => file),
    /** To be shown beside the file, once. */
    warnings: attachments
      .filter(({ findings, told }) => findings.length > 0 && !told)
      .map(({ name, rule, findings }) => ({ field: rule, message: warningBefore(name, findings) })),
  }));

/**
 * What a page needs from which the agent is opened. With `origin` the POST into the agent's window carries its true Origin; any other policy makes
 * it `null`, which the agent refuses. An opener policy would cut the window off, and the agent could not say that it is there.
 */
export function signingPageHeaders(agency: AgencyConfig): MiddlewareHandler[] {
  return [
    async (c, next) => {
      await next();
      c.res.headers.set('Cross-Origin-Opener-Policy', 'unsafe-none');
    },
    securityHeaders({
      formAction: [agency.agentOrigin ?? defaultAgent],
      referrerPolicy: 'origin',
      openerPolicy: null,
    }),
    sameOriginPosts({ origins: [agency.origin] }),
  ];
}

/** Makes the signing request for answers that were checked, and what the page's script needs to open the agent with it. */
export async function handOver(
  c: Context,
  options: ReceptionOptions,
  procedure: LoadedProcedure,
  asked: {
    answers: Answers;
    attachments: ClaimedAttachment[];
    relation?: Relation;
    /** Of a co-signature: the application that was signed first. */
    cosigned?: Uint8Array;
  },
): Promise<Response> {
  const { agency } = options;
  const { cosigned, ...request } = asked;
  const browserHash = markBrowser(c, agency);
  try {
    const issued = await issueRequest(options, procedure, { ...request, browserHash });
    return c.json(
      {
        request: issued.request,
        definition: Buffer.from(procedure.bytes).toString('utf8'),
        ...(cosigned === undefined ? {} : { cosigned: Buffer.from(cosigned).toString('utf8') }),
        lang: readPreferences(c).register,
        agent: `${agency.agentOrigin ?? defaultAgent}/sign`,
        jti: issued.jti,
        status: `${agency.basePath}/requests/${issued.jti}/status`,
        expires: issued.expiresAt.toISOString(),
      },
      201,
    );
  } catch (error) {
    if (!(error instanceof NoStapleError)) throw error;
    options.log?.('request.noStaple');
    return c.html(<ErrorPage status={503} {...pageLook(c, agency)} switches="none" />, 503);
  }
}
