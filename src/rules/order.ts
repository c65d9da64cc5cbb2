import { type Need, nodeNeeds } from './dependencies.ts';
import type { Node, Program } from './program.ts';

/** A node of the dependency graph; bands are nodes too, since a cycle may lead through one. */
export type GraphNode = Need | { readonly kind: 'check'; readonly check: number };

export interface Ordered {
  readonly order: readonly Node[];
  /** Knots of things that need one another, each with one path around, beginning anywhere. */
  readonly knots: readonly { readonly members: readonly GraphNode[] }[];
  /** The shortest way from a member of a knot around to itself. */
  path(from: GraphNode, within: readonly GraphNode[]): readonly GraphNode[];
}

/** Puts everything after what it needs (Tarjan's strongly connected components, without recursion). */
export function orderOf(program: Omit<Program, 'order'>): Ordered {
  const nodes: GraphNode[] = [
    ...program.tables.map((_, table) => ({ kind: 'table', table }) as const),
    ...program.bands.map((_, band) => ({ kind: 'band', band }) as const),
    ...program.scalars.map((_, scalar) => ({ kind: 'scalar', scalar }) as const),
    ...program.columns.map((_, column) => ({ kind: 'column', column }) as const),
    ...program.shares.map((_, share) => ({ kind: 'share', share }) as const),
    ...program.checks.map((_, check) => ({ kind: 'check', check }) as const),
  ];
  const offsets = { table: 0, band: 0, scalar: 0, column: 0, share: 0, check: 0 };
  offsets.band = program.tables.length;
  offsets.scalar = offsets.band + program.bands.length;
  offsets.column = offsets.scalar + program.scalars.length;
  offsets.share = offsets.column + program.columns.length;
  offsets.check = offsets.share + program.shares.length;

  const idOf = (node: GraphNode): number => {
    switch (node.kind) {
      case 'table':
        return offsets.table + node.table;
      case 'band':
        return offsets.band + node.band;
      case 'scalar':
        return offsets.scalar + node.scalar;
      case 'column':
        return offsets.column + node.column;
      case 'share':
        return offsets.share + node.share;
      case 'check':
        return offsets.check + node.check;
    }
  };
  const needs = nodes.map((node) => {
    const ids = new Set<number>();
    nodeNeeds(node, program, (need) => ids.add(idOf(need)));
    return [...ids];
  });

  const order: Node[] = [];
  const knots: { members: GraphNode[] }[] = [];
  for (const component of components(needs)) {
    const members = component.flatMap((id) => nodes[id] ?? []);
    const [only] = component;
    const selfish = only !== undefined && component.length === 1 && (needs[only] ?? []).includes(only);
    if (component.length > 1 || selfish) knots.push({ members });
    for (const node of members) if (node.kind !== 'band') order.push(node);
  }

  function path(from: GraphNode, within: readonly GraphNode[]): readonly GraphNode[] {
    const inside = new Set(within.map(idOf));
    const start = idOf(from);
    const before = new Map<number, number>();
    const queue = [start];
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      for (const next of needs[at] ?? []) {
        if (next === start) {
          const way: GraphNode[] = [from];
          for (let id: number | undefined = at; id !== undefined && id !== start; id = before.get(id)) {
            const node = nodes[id];
            if (node !== undefined) way.splice(1, 0, node);
          }
          return [...way, from];
        }
        if (!inside.has(next) || before.has(next)) continue;
        before.set(next, at);
        queue.push(next);
      }
    }
    return [from];
  }

  return { order, knots, path };
}

/** Strongly connected components, each after those that it needs. */
function components(needs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const index = new Int32Array(needs.length).fill(-1);
  const low = new Int32Array(needs.length);
  const onStack = new Uint8Array(needs.length);
  const stack: number[] = [];
  const found: number[][] = [];
  let next = 0;
  for (let root = 0; root < needs.length; root++) {
    if (index[root] !== -1) continue;
    const work: { id: number; edge: number }[] = [{ id: root, edge: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1);
      if (frame === undefined) break;
      const { id } = frame;
      if (frame.edge === 0) {
        index[id] = next;
        low[id] = next++;
        stack.push(id);
        onStack[id] = 1;
      }
      const to = needs[id]?.[frame.edge++];
      if (to !== undefined) {
        if (index[to] === -1) work.push({ id: to, edge: 0 });
        else if (onStack[to] === 1) low[id] = Math.min(low[id] ?? 0, index[to] ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) low[parent.id] = Math.min(low[parent.id] ?? 0, low[id] ?? 0);
      if (low[id] !== index[id]) continue;
      const component: number[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack[member] = 0;
        component.push(member);
        if (member === id) break;
      }
      found.push(component);
    }
  }
  return found;
}
