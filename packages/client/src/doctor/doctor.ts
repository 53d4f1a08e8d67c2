import { agentPort } from '../agent/port.js';
import { findBrowsers } from './browsers.js';
import { type CardCheckOptions, cardChecks } from './card-checks.js';
import {
  agentCheck,
  browserCheck,
  loginCheck,
  type Platform,
  receiversCheck,
  systemChecks,
} from './machine-checks.js';
import { type DoctorReport, summarise } from './report.js';

/** What is not named is left out or taken from this machine; a card image stands for reader and service. */
export interface DoctorOptions extends CardCheckOptions {
  agentPort?: number;
  platform?: Platform;
  browsers?: () => Promise<string[]>;
  /** Whether the agent starts at login: see `installedState`. Without it that line is left out. */
  atLogin?: () => Promise<{ autostart: boolean; scheme: boolean; current: boolean }>;
  /** Addresses of receiving systems. Without it that line is left out; nobody is asked over the network. */
  receivers?: readonly string[];
  fetch?: typeof globalThis.fetch;
}

/**
 * The environment check (環境の確認): every line of the deck's preparation page — system, reader and its driver, runtime, client and receiving
 * systems — and the card with its certificates and passwords; each with what was found, what it means and the next step. No PIN is asked
 * and no try is spent. Never throws for a state of the machine.
 */
export async function doctor(options: DoctorOptions): Promise<DoctorReport> {
  const platform = options.platform ?? {
    name: process.platform,
    release: process.arch,
    node: process.versions.node,
  };
  const [card, agent, login, browser, receivers] = await Promise.all([
    cardChecks(options),
    agentCheck(options.agentPort ?? agentPort),
    options.atLogin?.(),
    browserCheck(options.browsers ?? findBrowsers),
    options.receivers === undefined
      ? undefined
      : receiversCheck(options.receivers, options.fetch ?? globalThis.fetch),
  ]);
  return summarise([
    ...systemChecks(platform),
    ...card,
    agent,
    ...(login === undefined ? [] : [loginCheck(login)]),
    browser,
    ...(receivers === undefined ? [] : [receivers]),
  ]);
}
