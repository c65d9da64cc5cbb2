import type { ReasonView } from '../../../live/views.ts';

/** Where a node is: the numbers of the children on the way, `0.2.1`; the root is the empty text. */
export type Path = string;

/** A node of the tree that is to be seen, in the order of reading. */
export interface TreeRow {
  readonly path: Path;
  readonly view: ReasonView;
  /** From 1, as seen from what is pinned. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly open: boolean;
}

export function childPath(path: Path, index: number): Path {
  return path === '' ? String(index) : `${path}.${index}`;
}

export function parentPath(path: Path): Path | null {
  return path === '' ? null : path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

/** The node at a path; null where the tree has none there. */
export function nodeAt(root: ReasonView, path: Path): ReasonView | null {
  let node: ReasonView | undefined = root;
  for (const index of path === '' ? [] : path.split('.')) node = node?.children[Number(index)];
  return node ?? null;
}

/** The nodes from the root to a path, both included, for a breadcrumb. */
export function trail(
  root: ReasonView,
  path: Path,
): readonly { readonly path: Path; readonly view: ReasonView }[] {
  const found: { path: Path; view: ReasonView }[] = [];
  for (let at: Path | null = path; at !== null; at = parentPath(at)) {
    const view = nodeAt(root, at);
    if (view !== null) found.unshift({ path: at, view });
  }
  return found;
}

/** The nodes to be seen below `from`, itself included: children of the open ones. */
export function visibleRows(root: ReasonView, from: Path, open: ReadonlySet<Path>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (view: ReasonView, path: Path, level: number, position: number, siblings: number): void => {
    const isOpen = view.children.length > 0 && open.has(path);
    rows.push({ path, view, level, position, siblings, open: isOpen });
    if (!isOpen) return;
    view.children.forEach((child, index) =>
      add(child, childPath(path, index), level + 1, index + 1, view.children.length),
    );
  };
  const top = nodeAt(root, from);
  if (top !== null) add(top, from, 1, 1, 1);
  return rows;
}

/** Paths of the nodes that are open where `levels` levels below `from` are seen. */
export function openTo(root: ReasonView, from: Path, levels: number): ReadonlySet<Path> {
  const open = new Set<Path>();
  const add = (view: ReasonView, path: Path, level: number): void => {
    if (level >= levels || view.children.length === 0) return;
    open.add(path);
    view.children.forEach((child, index) => add(child, childPath(path, index), level + 1));
  };
  const top = nodeAt(root, from);
  if (top !== null) add(top, from, 1);
  return open;
}

/** A title in parts: what it is, the value, and how that came. */
export interface TitleParts {
  readonly what: string;
  readonly value: string;
  readonly how: string;
}

/**
 * Takes the value out of a title, so that it can stand in a column of its own: `reward of E08 = 245.45: rounded` is
 * what, value and how, `245.45 from pool 9` is value and what. A title that says its value elsewhere stays whole.
 */
export function titleParts({ title, value }: Pick<ReasonView, 'title' | 'value'>): TitleParts {
  if (value === '') return { what: title, value, how: '' };
  for (const mark of [' = ', ' → ', ': ', '：']) {
    const at = title.indexOf(mark + value);
    if (at < 0) continue;
    const rest = title.slice(at + mark.length + value.length);
    // A longer number begins alike.
    if (/^[\d.]/.test(rest)) continue;
    return { what: title.slice(0, at), value, how: rest.replace(/^[\s:：,，]+/, '') };
  }
  // `245.45 from pool 1265.34`
  const rest = title.startsWith(`${value} `) ? title.slice(value.length + 1) : title;
  return { what: rest, value, how: '' };
}

/** Which row a key leads to, and what it opens or closes; null for keys that mean nothing here. */
export function treeMove(
  rows: readonly TreeRow[],
  at: Path,
  key: string,
): { readonly focus: Path; readonly toggle?: boolean } | null {
  const index = rows.findIndex(({ path }) => path === at);
  const row = rows[index];
  if (row === undefined) return null;
  const to = (target: TreeRow | undefined) => (target === undefined ? null : { focus: target.path });
  switch (key) {
    case 'ArrowDown':
      return to(rows[index + 1]);
    case 'ArrowUp':
      return to(rows[index - 1]);
    case 'Home':
      return to(rows[0]);
    case 'End':
      return to(rows.at(-1));
    case 'ArrowRight':
      if (row.view.children.length === 0) return null;
      return row.open ? to(rows[index + 1]) : { focus: at, toggle: true };
    case 'ArrowLeft': {
      if (row.open) return { focus: at, toggle: true };
      const parent = parentPath(at);
      return to(rows.find(({ path }) => path === parent));
    }
    default:
      return null;
  }
}
