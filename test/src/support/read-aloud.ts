/** What Chromium tells a screen reader of a page, in reading order: its accessibility tree, asked by the developer tools. */
import type { Page } from 'playwright-core';

interface Node {
  nodeId: string;
  ignored: boolean;
  role?: { value?: unknown };
  name?: { value?: unknown };
  description?: { value?: unknown };
  properties?: { name: string; value: { value?: unknown } }[];
  childIds?: string[];
}

export interface Said {
  role: string;
  name: string;
  /** Hint and error of a field. */
  description: string;
  required: boolean;
  invalid: boolean;
  /** `polite` or `assertive`: said when it changes. */
  live: string | undefined;
}

const text = (value: { value?: unknown } | undefined) =>
  String(value?.value ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();

function saidOf(node: Node): Said {
  const property = (name: string) => node.properties?.find((one) => one.name === name)?.value.value;
  const live = property('live');
  return {
    role: text(node.role),
    name: text(node.name),
    description: text(node.description),
    required: property('required') === true,
    invalid: !['false', undefined, false].includes(property('invalid') as string | boolean | undefined),
    live: typeof live === 'string' && live !== 'off' ? live : undefined,
  };
}

/** Everything that is not hidden, in the order in which it is read. */
export async function readAloud(page: Page): Promise<Said[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] };
  await devtools.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const said: Said[] = [];
  const visit = (node: Node | undefined) => {
    if (node === undefined) return;
    if (!node.ignored) said.push(saidOf(node));
    for (const id of node.childIds ?? []) visit(byId.get(id));
  };
  visit(nodes[0]);
  return said;
}

const controls = new Set([
  'button',
  'link',
  'textbox',
  'radio',
  'checkbox',
  'combobox',
  'spinbutton',
  'searchbox',
]);

/** Headings, landmarks, groups, controls and live regions alone, one a line: `role “name”`. */
export function outline(said: readonly Said[]): string[] {
  const told = new Set([
    'heading',
    'main',
    'navigation',
    'banner',
    'contentinfo',
    'group',
    'radiogroup',
    'form',
    'status',
    'alert',
    'table',
  ]);
  return said
    .filter(({ role }) => told.has(role) || controls.has(role))
    .map(({ role, name }) => `${role} “${name}”`);
}

export const isControl = ({ role }: Said): boolean => controls.has(role);
