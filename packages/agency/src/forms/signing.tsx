import { type Answers, type ClaimedAttachment, explainRule, type Relation } from '@madoguchi/procedure';
import { ErrorPage, readPreferences, sameOriginPosts, securityHeaders } from '@madoguchi/ui';
import type { Context, MiddlewareHandler } from 'hono';
import { limited } from '../limits/limit.js';
import type { AgencyConfig, LoadedProcedure, ReceptionOptions } from '../options.js';
import { markBrowser } from '../requests/browser.js';
import { issueRequest, NoStapleError } from '../requests/issue.js';
import { pageLook } from './look.js';

const defaultAgent = 'http://127.0.0.1:24787';

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

/** What stands before everything that makes signing requests: each costs a signature of the agency's key and a row. */
export function limitedRequests({ limits }: Pick<ReceptionOptions, 'limits'>): MiddlewareHandler {
  return limited('requests', limits, (c) =>
    c.json({ rule: 'intake.rate', ...explainRule('intake.rate') }, 429),
  );
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
