import { fileError } from '../bookError.ts';
import { children, readTree, type XmlPart } from './xml.ts';
import type { Zip, ZipEntry } from './zip.ts';

/** A relation of a part, its target resolved to a part's name (kept as written where it is external). */
export interface Relation {
  readonly id: string;
  /** The last word of the type's address: `worksheet`, `table`, `styles`, … */
  readonly type: string;
  readonly target: string;
  readonly external: boolean;
}

/** Part names compare without regard to case. */
export type Parts = ReadonlyMap<string, ZipEntry>;

export function partsOf(zip: Zip): Parts {
  return new Map(zip.entries.map((entry) => [entry.name.toLowerCase(), entry]));
}

export function findPart(parts: Parts, name: string): ZipEntry | undefined {
  return parts.get(name.toLowerCase());
}

/** Where a part's relations stand. */
export function relsName(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

/** A target, absolute or relative to the folder of its part, as the name of a part. */
export function resolveTarget(part: string, target: string): string {
  const decoded = safeDecode(target.replaceAll('\\', '/'));
  const from = decoded.startsWith('/') ? [] : part.split('/').slice(0, -1);
  for (const step of decoded.split('/')) {
    if (step === '..') from.pop();
    else if (step !== '' && step !== '.') from.push(step);
  }
  return from.join('/');
}

function safeDecode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

export interface Relations {
  /** Null where the part has none. */
  readonly part: XmlPart | null;
  readonly list: readonly Relation[];
}

/** The relations of a part (of the package with ''). */
export function readRelations(zip: Zip, parts: Parts, part: string): Relations {
  const entry = findPart(parts, relsName(part));
  if (entry === undefined) return { part: null, list: [] };
  const tree = readTree(zip, entry);
  const list = children(tree.root, 'Relationship').map((node): Relation => {
    const { Id = '', Type = '', Target = '', TargetMode } = node.attributes;
    const external = TargetMode === 'External';
    return {
      id: Id,
      type: Type.slice(Type.lastIndexOf('/') + 1),
      target: external ? Target : resolveTarget(part, Target),
      external,
    };
  });
  return { part: tree, list };
}

/** A part that must be there. */
export function needPart(zip: Zip, parts: Parts, name: string): ZipEntry {
  const entry = findPart(parts, name);
  if (entry === undefined) throw fileError(zip.path, 'broken-part', name);
  return entry;
}
