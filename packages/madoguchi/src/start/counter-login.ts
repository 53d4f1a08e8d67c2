/** The counter's login by card: who asks for it, by a key and certificate of its own for the counter's host. */
import path from 'node:path';
import type { Ca, CounterLogin } from '@madoguchi/ca';
import { softwareSigner } from '@madoguchi/pki';
import type { Keystore } from '@madoguchi/store';
import { certifiedKey } from './agency-keys.js';

/** The office whose counter it is: the demo city. */
const office = { code: '99201', name: '見本市' };

/** Undefined in the scheme of 2008: its cards hold no authentication certificate. */
export async function counterLogin(input: {
  ca: Ca;
  keystore: Keystore;
  dir: string;
  origin: string;
  agentOrigin: string;
  setUpUrl?: string;
  hasDemoClerk?: boolean;
  clock: () => Date;
}): Promise<{ login?: CounterLogin }> {
  const { ca, keystore, dir, origin, agentOrigin, setUpUrl, hasDemoClerk = false, clock } = input;
  if ((await ca.anchors()).authentication.length === 0) return {};
  const { hostname } = new URL(origin);
  const place = hostname.replaceAll(/[^a-z0-9.-]/g, '_');
  const { pkcs8, certificate } = await certifiedKey({
    ca,
    keystore,
    agency: { ...office, hosts: [hostname] },
    use: 'agency',
    keyName: `counter.${place}`,
    file: path.join(dir, 'counter', `${place}.cer`),
    clock,
  });
  return {
    login: {
      origin,
      agentOrigin,
      code: office.code,
      signer: softwareSigner(pkcs8),
      chain: [certificate],
      demo: true,
      hasDemoClerk,
      ...(setUpUrl === undefined ? {} : { setUpUrl }),
    },
  };
}
