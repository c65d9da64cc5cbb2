import type { Span } from '../../grammar/tree.ts';
import type { Linked } from './link.ts';
import type { GraphNode, Ordered } from './order.ts';
import type { Reporter } from './report.ts';

/** Reports each knot once: at its first name in the file, but at a table's own name where its rows are in it. */
export function reportCycles(linked: Linked, ordered: Ordered, reporter: Reporter): void {
  for (const { members } of ordered.knots) {
    const tables = members.filter((node) => node.kind === 'table');
    const start = earliest(tables, linked) ?? earliest(members, linked);
    if (start === null) continue;
    const path = ordered.path(start.node, members).map((node) => label(node, linked));
    reporter.error(start.span, {
      code: 'cycle',
      // A share and the column that it fills have one name: once is enough.
      path: path.filter((name, i) => name !== path[i - 1]),
    });
  }
}

function earliest(nodes: readonly GraphNode[], linked: Linked): { node: GraphNode; span: Span } | null {
  let first: { node: GraphNode; span: Span } | null = null;
  for (const node of nodes) {
    const span = spanOf(node, linked);
    if (span === null) continue;
    const before =
      first === null ||
      span.line < first.span.line ||
      (span.line === first.span.line && span.start < first.span.start);
    if (before) first = { node, span };
  }
  return first;
}

function spanOf(node: GraphNode, { spans }: Linked): Span | null {
  switch (node.kind) {
    case 'table':
      return spans.tables[node.table] ?? null;
    case 'scalar':
      return spans.scalars[node.scalar] ?? null;
    case 'band':
      return spans.bands[node.band] ?? null;
    case 'column':
      return spans.columns[node.column] ?? null;
    case 'share':
      return spans.shares[node.share] ?? null;
    case 'check':
      return null;
  }
}

function label(node: GraphNode, { program }: Linked): string {
  switch (node.kind) {
    case 'table':
      return program.tables[node.table]?.name ?? '';
    case 'scalar':
      return program.scalars[node.scalar]?.name ?? '';
    case 'band':
      return program.bands[node.band]?.name ?? '';
    case 'column': {
      const column = program.columns[node.column];
      return column === undefined ? '' : `${program.tables[column.table]?.name ?? ''}[${column.name}]`;
    }
    case 'share': {
      const share = program.shares[node.share];
      return share === undefined ? '' : `${program.tables[share.table]?.name ?? ''}[${share.name}]`;
    }
    case 'check':
      return 'check';
  }
}
