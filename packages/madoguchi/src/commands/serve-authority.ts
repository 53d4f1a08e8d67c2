/** `serve ca`: the authority, its counter and what verifiers fetch. */
import type { CaLimits, VerifierAccess } from '@madoguchi/ca';
import type { Config } from '../cli/config.js';
import { serveAuthority } from '../start/authority-server.js';
import { counterOf } from '../start/counter.js';
import { counterLogin } from '../start/counter-login.js';
import { authorityOf, clock, type Room, ratesOf, schemeOf, tlsOf } from './serve-room.js';

export const authority: Room = async (served) => {
  const { config, log, lifecycle } = served;
  const opened = await authorityOf(served);
  const tls = tlsOf(config);
  const wanted = config.port ?? 8081;
  const origin = config.origin ?? `${schemeOf(tls)}://${config.host}:${wanted}`;
  const port = await serveAuthority({
    ca: opened.ca,
    host: config.host,
    port: wanted,
    log,
    lifecycle,
    metrics: config.metrics,
    access: accessOf(config),
    limits: authorityLimitsOf(config),
    ...(tls === undefined ? {} : { tls: { ...tls, clients: 'any' } }),
    counter: {
      ...counterOf(served.dir, opened.keystore),
      ...(await counterLogin({
        ...opened,
        dir: served.dir,
        origin,
        agentOrigin: `http://127.0.0.1:${config.agentPort}`,
        clock,
      })),
    },
  });
  return `authority: ${schemeOf(tls)}://${config.host}:${port}`;
};

/** Everybody, unless notified verifiers are named. */
function accessOf({ verifierKeys: keys, verifierCertificates: certificates }: Config): VerifierAccess {
  if (keys === undefined && certificates === undefined) return { open: true };
  return { ...(keys === undefined ? {} : { keys }), ...(certificates === undefined ? {} : { certificates }) };
}

/** What one address may do at the authority, as configured. */
function authorityLimitsOf({ limits: { requests, timeStamps } = {}, proxies }: Config): CaLimits {
  return { proxies, ...ratesOf({ requests, timeStamps }) };
}
