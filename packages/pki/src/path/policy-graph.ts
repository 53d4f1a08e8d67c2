import type { PolicyInformation } from '../certificate/extensions.js';
import { anyPolicy } from '../oids.js';

/** A policy at one depth; each policy stands there once, whatever number of parents it has (RFC 9618 3). */
interface PolicyNode {
  readonly policy: string;
  readonly parents: Set<PolicyNode>;
  expected: readonly string[];
}

type Level = Map<string, PolicyNode>;

/**
 * The valid policy graph of RFC 9618, which replaces the tree of RFC 5280: the same verdicts, but its size is the sum of policies and
 * mappings instead of their product. Feed it the certificates from the anchor's side; `null` means that nothing is left.
 */
export class PolicyGraph {
  #levels: Level[] | undefined = [new Map([[anyPolicy, node(anyPolicy)]])];

  get isEmpty(): boolean {
    return this.#levels === undefined;
  }

  clear(): void {
    this.#levels = undefined;
  }

  /** 6.1.3 (d): one certificate's policies. `anyAllowed`: its anyPolicy counts. */
  add(policies: readonly PolicyInformation[], anyAllowed: boolean): void {
    const above = this.#levels?.at(-1);
    if (this.#levels === undefined || above === undefined) return;
    const expecting = new Map<string, PolicyNode[]>();
    for (const parent of above.values()) {
      for (const policy of parent.expected) {
        const list = expecting.get(policy);
        if (list === undefined) expecting.set(policy, [parent]);
        else list.push(parent);
      }
    }
    const level: Level = new Map();
    const anyAbove = above.get(anyPolicy);
    for (const { oid } of policies) {
      if (oid === anyPolicy) continue;
      const parents = expecting.get(oid) ?? (anyAbove === undefined ? [] : [anyAbove]);
      if (parents.length > 0) level.set(oid, node(oid, parents));
    }
    if (anyAllowed && policies.some(({ oid }) => oid === anyPolicy)) {
      for (const [policy, parents] of expecting)
        if (!level.has(policy)) level.set(policy, node(policy, parents));
    }
    this.#levels.push(level);
    this.#prune();
  }

  /** 6.1.4 (b): the mappings of the certificate just added. Where mapping is inhibited, mapped policies fall out. */
  map(mappings: readonly { issuer: string; subject: string }[], allowed: boolean): void {
    const level = this.#levels?.at(-1);
    const above = this.#levels?.at(-2);
    if (level === undefined) return;
    const targets = new Map<string, string[]>();
    for (const { issuer, subject } of mappings) {
      const list = targets.get(issuer);
      if (list === undefined) targets.set(issuer, [subject]);
      else if (!list.includes(subject)) list.push(subject);
    }
    for (const [policy, expected] of targets) {
      const known = level.get(policy);
      if (!allowed) {
        level.delete(policy);
      } else if (known !== undefined) {
        known.expected = expected;
      } else if (level.has(anyPolicy)) {
        const parent = above?.get(anyPolicy);
        if (parent !== undefined) level.set(policy, { policy, parents: new Set([parent]), expected });
      }
    }
    this.#prune();
  }

  /**
   * 6.1.5 (g): the policies, in the anchor's terms, that hold along the whole path and are acceptable. Undefined where none is left.
   * `initial`: the acceptable ones; anyPolicy among them accepts all.
   */
  conclude(initial: ReadonlySet<string>): string[] {
    const levels = this.#levels;
    const last = levels?.at(-1);
    if (levels === undefined || last === undefined) return [];
    const all = initial.has(anyPolicy);
    // Everything that leads to the last level, walked upwards; then the policies that stand directly below anyPolicy.
    let reaching = new Set(last.values());
    const roots = new Set<string>();
    for (let depth = levels.length - 1; depth > 0; depth--) {
      const above = new Set<PolicyNode>();
      for (const each of reaching) {
        for (const parent of each.parents) {
          above.add(parent);
          if (parent.policy === anyPolicy && each.policy !== anyPolicy) roots.add(each.policy);
        }
      }
      reaching = above;
    }
    const acceptable = all ? [...roots] : [...roots].filter((policy) => initial.has(policy));
    if (last.has(anyPolicy)) {
      if (all) acceptable.push(anyPolicy);
      else for (const policy of initial) if (!acceptable.includes(policy)) acceptable.push(policy);
    }
    return acceptable.sort();
  }

  /** Takes out what has no child, from the level above the last one upwards; nothing at the end means an empty graph. */
  #prune(): void {
    const levels = this.#levels;
    if (levels === undefined) return;
    for (let depth = levels.length - 1; depth > 0; depth--) {
      const parents = new Set<PolicyNode>();
      for (const each of levels[depth]?.values() ?? [])
        for (const parent of each.parents) parents.add(parent);
      const above = levels[depth - 1];
      if (above === undefined) return;
      let changed = false;
      for (const each of [...above.values()]) {
        if (parents.has(each)) continue;
        above.delete(each.policy);
        changed = true;
      }
      if (!changed) break;
    }
    if (levels.some((level) => level.size === 0)) this.#levels = undefined;
  }
}

function node(policy: string, parents: readonly PolicyNode[] = []): PolicyNode {
  return { policy, parents: new Set(parents), expected: [policy] };
}
