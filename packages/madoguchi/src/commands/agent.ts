/** The agent as a part of the machine: at login, by `madoguchi:` addresses, and gone again without a trace. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  agentPort,
  agentStatus,
  folderOf,
  installAgent,
  installedState,
  isCounter,
  isPortal,
  readAgentTrust,
  thisMachine,
  uninstallAgent,
} from '@madoguchi/client';
import type { Words } from '@madoguchi/ui';
import { type Command, CommandError, listOption, optional, portOption } from '../cli/command.js';
import { langOption, languageOf, say } from '../cli/language.js';
import { ownScript } from '../cli/own-program.js';
import { startInstalled } from '../cli/start-installed.js';

const text: Record<
  | 'installed'
  | 'noTrust'
  | 'gone'
  | 'stillRuns'
  | 'runs'
  | 'still'
  | 'atLogin'
  | 'notAtLogin'
  | 'scheme'
  | 'noScheme'
  | 'moved',
  Words
> = {
  installed: {
    ja: '署名クライアントを入れました。次のログインから自動で始まります。',
    jaEasy: '{署名|しょめい}クライアントを {入|い}れました。つぎから {自動|じどう}で {始|はじ}まります。',
    en: 'The signing agent is installed and starts at each login.',
  },
  noTrust: {
    ja: '署名を求めてよい機関がまだ登録されていません: madoguchi agent install --trust フォルダー',
    jaEasy: '{信|しん}じて よい {役所|やくしょ}が まだ ありません。',
    en: 'It knows no agency yet: madoguchi agent install --trust DIR',
  },
  gone: {
    ja: '署名クライアントを取り除きました。何も残っていません。',
    jaEasy: '{署名|しょめい}クライアントを なくしました。',
    en: 'The signing agent is uninstalled; nothing is left behind.',
  },
  stillRuns: {
    ja: 'いま動いている署名クライアントは、ログアウトするまで動きます。',
    jaEasy: 'いまの {署名|しょめい}クライアントは、パソコンを {切|き}るまで うごきます。',
    en: 'The agent that runs at this moment ends when you log out.',
  },
  runs: { ja: '動いています', jaEasy: 'うごいて います', en: 'running' },
  still: { ja: '動いていません', jaEasy: 'うごいて いません', en: 'not running' },
  atLogin: { ja: 'ログインで始まります', jaEasy: '{自動|じどう}で {始|はじ}まります', en: 'starts at login' },
  notAtLogin: {
    ja: 'ログインでは始まりません',
    jaEasy: '{自動|じどう}では {始|はじ}まりません',
    en: 'does not start at login',
  },
  scheme: {
    ja: 'madoguchi: で始まります',
    jaEasy: 'madoguchi: で {始|はじ}まります',
    en: 'is woken by madoguchi: addresses',
  },
  noScheme: {
    ja: 'madoguchi: は登録されていません',
    jaEasy: 'madoguchi: は まだです',
    en: 'is not woken by madoguchi: addresses',
  },
  moved: {
    ja: 'プログラムの場所が変わっています: もう一度 madoguchi agent install',
    jaEasy: 'もういちど madoguchi agent install を して ください。',
    en: 'The program has moved since: run madoguchi agent install again',
  },
};

export const agentInstall: Command = {
  options: {
    trust: { type: 'string' },
    portal: { type: 'string', multiple: true },
    counter: { type: 'string', multiple: true },
    ...langOption,
    json: { type: 'boolean' },
  },
  run: async ({ values, print, printJson }) => {
    const register = languageOf(values);
    const machine = thisMachine(ownScript());
    const trust = optional(values, 'trust');
    if (trust !== undefined && (await readAgentTrust(trust)) === undefined)
      throw new CommandError(
        'unavailable',
        `There is no agency's certificate in ${path.join(trust, 'agency')}.`,
      );
    const portals = listOption(values, 'portal');
    const strange = portals.find((each) => !isPortal(each));
    if (strange !== undefined)
      throw new CommandError(
        'usage',
        `--portal is ${strange}: write an origin, e.g. https://portal.example or https://*.lg.jp.`,
      );
    const counters = listOption(values, 'counter');
    const odd = counters.find((each) => !isCounter(each));
    if (odd !== undefined)
      throw new CommandError(
        'usage',
        `--counter is ${odd}: write an exact origin, e.g. https://counter.city.example.`,
      );
    const place = path.join(folderOf(machine), 'trust');
    const plan = await installAgent(machine, {
      portals,
      counters,
      ...(trust === undefined ? {} : { trust }),
    });
    const knows = (await readAgentTrust(place)) !== undefined;
    const made = [...plan.files, ...plan.links].map((one) => one.path);
    if (values.json === true) {
      printJson({
        folder: folderOf(machine),
        made,
        registry: plan.registry.map(({ key }) => key),
        trust: knows,
      });
      return 'good';
    }
    print(say(text.installed, register));
    for (const file of made) print(`  ${file}`);
    for (const { key } of plan.registry) print(`  ${key}`);
    if (!knows) print(say(text.noTrust, register));
    return 'good';
  },
};

export const agentUninstall: Command = {
  options: { ...langOption, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const machine = thisMachine(ownScript());
    await uninstallAgent(machine);
    if (values.json === true) printJson({ folder: folderOf(machine), left: existsSync(folderOf(machine)) });
    else {
      print(say(text.gone, languageOf(values)));
      // One that somebody started by hand is not ours to end.
      if ((await agentStatus(agentPort)) !== undefined) print(say(text.stillRuns, languageOf(values)));
    }
    return 'good';
  },
};

export const agentStatusCommand: Command = {
  options: { 'agent-port': { type: 'string' }, ...langOption, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const register = languageOf(values);
    const machine = thisMachine(ownScript());
    const running = await agentStatus(portOption(values, 'agent-port', agentPort));
    const installed = await installedState(machine);
    const trust = await readAgentTrust(path.join(folderOf(machine), 'trust'));
    if (values.json === true) {
      printJson({
        running: running !== undefined,
        version: running?.version ?? null,
        ...installed,
        trust: trust !== undefined,
      });
    } else {
      print(
        running === undefined
          ? say(text.still, register)
          : `${say(text.runs, register)} (${running.version})`,
      );
      print(say(installed.autostart ? text.atLogin : text.notAtLogin, register));
      print(say(installed.scheme ? text.scheme : text.noScheme, register));
      if (!installed.current) print(say(text.moved, register));
      if (installed.autostart && trust === undefined) print(say(text.noTrust, register));
    }
    return running === undefined ? 'no' : 'good';
  },
};

const wakeLimitMs = 8_000;

/** Called by the system for a `madoguchi:` address, so by any page there is: it reads nothing that page could have chosen. */
export const agentWake: Command = {
  options: {},
  run: async ({ print }) => {
    const until = Date.now() + wakeLimitMs;
    if ((await agentStatus(agentPort)) === undefined) startInstalled(thisMachine(ownScript()));
    for (;;) {
      const status = await agentStatus(agentPort);
      if (status !== undefined) {
        print(`agent: http://127.0.0.1:${agentPort} (${status.version})`);
        return 'good';
      }
      if (Date.now() > until) throw new CommandError('unavailable', 'The signing agent did not start.');
      await pause(100);
    }
  },
};
