import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import type { Ca } from '../ca.js';
import { caApp } from '../http/app.js';
import { demoRegister } from '../register/demo.js';
import { importRegister } from '../register/import.js';
import { startAuthority, type TestAuthority } from './authority.js';

/** What the holder's program says at the end: it changed over. */
export const changed = Buffer.from('madoguchi-renewal-done-1');

/** An authority of one's own with the demo's people, and its renewal as a holder's program asks it over HTTP. */
export interface RenewalRoom {
  readonly authority: TestAuthority;
  readonly app: Hono;
  nonce(from?: Hono): Promise<Uint8Array>;
  post(body: Uint8Array, step?: '' | '/confirm' | '/done', to?: Hono): Promise<Response>;
  /** `good`, or the rule that refused. */
  ruleOf(answer: Promise<Response>): Promise<string>;
  newCertificate(body: Uint8Array): Promise<{ certificate: Uint8Array; issuer: Uint8Array }>;
  /** The word that puts the new key into use. */
  activation(body: Uint8Array): Promise<Uint8Array>;
  /** Of one resident's certificates of a kind, oldest attempt last: state, then the reason of a revocation or the status. */
  statuses(resident: string, profile: 'signature' | 'authentication'): Promise<string[]>;
}

function renewalAt(ca: Ca, renewalDays: number): Hono {
  return caApp({ ...ca, context: { ...ca.context, renewalDays } }, { access: { open: true } });
}

/** Renewal is open from the day of issue here, so that the clock can stay; one test is about the window. */
export async function renewalRoom(): Promise<RenewalRoom> {
  const authority = await startAuthority('p384');
  await importRegister(authority.ca.context, await readFile(demoRegister), 'ca');
  const app = renewalAt(authority.ca, 3000);
  const post: RenewalRoom['post'] = async (body, step = '', to = app) =>
    to.request(`/renewal${step}`, {
      method: 'POST',
      body: Buffer.from(body),
      headers: { 'Content-Type': 'application/pkcs7-mime' },
    });
  return {
    ...{ authority, app, post },
    async nonce(from = app) {
      const answer = (await (await from.request('/renewal/nonce')).json()) as { nonce: string };
      return Buffer.from(answer.nonce, 'base64');
    },
    async ruleOf(answer) {
      const { status } = await answer;
      const said = (await (await answer).json()) as { rule?: string };
      return status < 300 ? 'good' : (said.rule ?? String(status));
    },
    async newCertificate(body) {
      const answer = await post(body);
      const said = (await answer.json()) as { certificate: string; issuer: string; rule?: string };
      assert.equal(answer.status, 201, said.rule);
      return {
        certificate: Buffer.from(said.certificate, 'base64'),
        issuer: Buffer.from(said.issuer, 'base64'),
      };
    },
    async activation(body) {
      const answer = await post(body, '/confirm');
      const said = (await answer.json()) as { activation: string; rule?: string };
      assert.equal(answer.status, 200, said.rule);
      return Buffer.from(said.activation, 'base64');
    },
    async statuses(resident, profile) {
      return (await authority.ca.list({ resident, profile })).map(
        ({ status, state, revocation }) => `${state} ${revocation?.reason ?? status}`,
      );
    },
  };
}
