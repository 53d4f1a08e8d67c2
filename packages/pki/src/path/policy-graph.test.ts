import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyPolicy } from '../oids.js';
import { seeded } from '../testing/mutate.js';
import { PolicyGraph } from './policy-graph.js';

interface Step {
  policies: string[] | undefined;
  anyAllowed: boolean;
  mappings: { issuer: string; subject: string }[];
  mappingAllowed: boolean;
}

/** The tree of RFC 5280 6.1, word for word: exponential, and therefore only a judge of small cases. */
interface TreeNode {
  policy: string;
  expected: string[];
  parent?: TreeNode;
  children: TreeNode[];
  depth: number;
}

function tree(steps: Step[], initial: Set<string>): string[] {
  const root: TreeNode = { policy: anyPolicy, expected: [anyPolicy], children: [], depth: 0 };
  let empty = false;
  const at = (depth: number, from: TreeNode = root): TreeNode[] =>
    from.depth === depth ? [from] : from.children.flatMap((child) => at(depth, child));
  const grow = (parent: TreeNode, policy: string, expected = [policy]): void => {
    parent.children.push({ policy, expected, parent, children: [], depth: parent.depth + 1 });
  };
  const prune = (depth: number): void => {
    for (let d = depth; d >= 0; d--) {
      for (const node of at(d)) {
        if (node.children.length > 0) continue;
        if (node.parent === undefined) empty = true;
        else node.parent.children = node.parent.children.filter((child) => child !== node);
      }
    }
  };
  steps.forEach(({ policies, anyAllowed, mappings, mappingAllowed }, index) => {
    if (empty) return;
    if (policies === undefined) {
      empty = true;
      return;
    }
    const parents = at(index);
    for (const policy of policies.filter((each) => each !== anyPolicy)) {
      const matching = parents.filter(({ expected }) => expected.includes(policy));
      if (matching.length > 0) for (const parent of matching) grow(parent, policy);
      else for (const parent of parents) if (parent.policy === anyPolicy) grow(parent, policy);
    }
    if (policies.includes(anyPolicy) && anyAllowed) {
      for (const parent of parents) {
        for (const policy of parent.expected) {
          if (!parent.children.some((child) => child.policy === policy)) grow(parent, policy);
        }
      }
    }
    prune(index);
    if (empty) return;
    for (const issuer of new Set(mappings.map((each) => each.issuer))) {
      const expected = [
        ...new Set(mappings.filter((each) => each.issuer === issuer).map(({ subject }) => subject)),
      ];
      const nodes = at(index + 1).filter(({ policy }) => policy === issuer);
      if (!mappingAllowed) {
        for (const node of nodes) {
          if (node.parent !== undefined)
            node.parent.children = node.parent.children.filter((child) => child !== node);
        }
      } else if (nodes.length > 0) for (const node of nodes) node.expected = expected;
      else if (at(index + 1).some(({ policy }) => policy === anyPolicy)) {
        for (const parent of at(index)) if (parent.policy === anyPolicy) grow(parent, issuer, expected);
      }
    }
    prune(index);
  });
  if (empty) return [];
  const all = initial.has(anyPolicy);
  const result = new Set<string>();
  const last = at(steps.length);
  for (const leaf of last) {
    let node = leaf;
    while (node.parent !== undefined && node.parent.policy !== anyPolicy) node = node.parent;
    if (node.policy === anyPolicy) {
      if (all) result.add(anyPolicy);
      else for (const policy of initial) result.add(policy);
    } else if (all || initial.has(node.policy)) result.add(node.policy);
  }
  return [...result].sort();
}

function graph(steps: Step[], initial: Set<string>): string[] {
  const made = new PolicyGraph();
  for (const { policies, anyAllowed, mappings, mappingAllowed } of steps) {
    if (policies === undefined) made.clear();
    else
      made.add(
        policies.map((oid) => ({ oid, qualifiers: [] })),
        anyAllowed,
      );
    if (mappings.length > 0) made.map(mappings, mappingAllowed);
  }
  return made.conclude(initial);
}

test('the graph says what the tree of RFC 5280 says, in twenty thousand random chains', () => {
  const random = seeded(9618);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] ?? (from[0] as T);
  const oids = ['1.1', '1.2', '1.3', '1.4'];
  for (let n = 0; n < 20_000; n++) {
    const steps = Array.from({ length: 1 + Math.floor(random() * 4) }, (): Step => {
      const policies = new Set(
        Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick([...oids, anyPolicy])),
      );
      const mappings = Array.from({ length: random() < 0.5 ? 0 : 1 + Math.floor(random() * 3) }, () => ({
        issuer: pick(oids),
        subject: pick(oids),
      }));
      return {
        policies: random() < 0.03 ? undefined : [...policies],
        anyAllowed: random() < 0.8,
        mappings,
        mappingAllowed: random() < 0.8,
      };
    });
    const initial = new Set(random() < 0.4 ? [anyPolicy] : [pick(oids), pick(oids)]);
    assert.deepEqual(
      graph(steps, initial),
      tree(steps, initial),
      JSON.stringify({ steps, initial: [...initial] }),
    );
  }
});

test('mappings of everything to everything over many levels stay cheap', () => {
  const oids = Array.from({ length: 30 }, (_, i) => `1.2.${i}`);
  const mappings = oids.flatMap((issuer) => oids.map((subject) => ({ issuer, subject })));
  const step: Step = { policies: oids, anyAllowed: true, mappings, mappingAllowed: true };
  const steps = Array.from({ length: 20 }, () => step);
  assert.deepEqual(graph(steps, new Set([anyPolicy])), [...oids].sort());
});
