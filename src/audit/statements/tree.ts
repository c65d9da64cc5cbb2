import { digestText } from '../digest.ts';
import type { PaidRun } from '../record.ts';
import { contentDigest, type Memo, newMemo, type Proof } from './form.ts';
import { createMaker, type MadeStatement, type Maker } from './make.ts';

/** Digests of statements as a tree. The root proves them all; a path proves one without the others. */
export interface Tree {
  readonly root: string;
  /** From a leaf to the root; null where it is no leaf. */
  path(leaf: string): Proof['path'] | null;
}

/** The digest of two digests that stand side by side. */
export const nodeDigest = (left: string, right: string): string =>
  digestText(`allot-node-1\n${left}\n${right}\n`);

/** The tree over these digests, sorted. A last one without a partner goes up as it is. Null where there are none. */
export function treeOf(leaves: readonly string[]): Tree | null {
  const levels: (readonly string[])[] = [[...leaves].sort()];
  for (let last = levels[0] ?? []; last.length > 1; last = levels.at(-1) ?? []) {
    const next: string[] = [];
    for (let i = 0; i < last.length; i += 2) {
      const [left = '', right] = last.slice(i, i + 2);
      next.push(right === undefined ? left : nodeDigest(left, right));
    }
    levels.push(next);
  }
  const root = levels.at(-1)?.[0];
  if (root === undefined) return null;
  const at = new Map(levels[0]?.map((leaf, i) => [leaf, i]));
  return {
    root,
    path(leaf) {
      let i = at.get(leaf);
      if (i === undefined) return null;
      const path: (readonly ['left' | 'right', string])[] = [];
      for (const level of levels) {
        const beside = level[i ^ 1];
        if (beside !== undefined) path.push([i % 2 === 0 ? 'right' : 'left', beside]);
        i >>= 1;
      }
      return path;
    },
  };
}

/** The root that a path leads to from a leaf. */
export function rootOf(leaf: string, path: Proof['path']): string {
  return path.reduce(
    (digest, [side, beside]) => (side === 'left' ? nodeDigest(beside, digest) : nodeDigest(digest, beside)),
    leaf,
  );
}

/** The name of the part that keeps the seed of a paid run's statements. */
export const seedName = (run: string | number): string => `statements-${run}`;

/** A seed that nobody can guess. */
export function newSeed(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

export interface Statements {
  readonly maker: Maker;
  readonly made: readonly MadeStatement[];
  readonly tree: Tree | null;
  readonly memo: Memo;
}

/** All statements of a run without errors, and their tree. `report` is told how many are made. */
export function makeStatements(
  run: PaidRun,
  seed: string | null,
  report: (done: number, total: number) => void = () => {},
): Statements {
  const maker = createMaker(run);
  const memo = newMemo();
  const made = maker.targets.map((target, i) => {
    report(i, maker.targets.length);
    return maker.make(target, seed);
  });
  return { maker, made, memo, tree: treeOf(made.map(({ content }) => contentDigest(content, memo))) };
}

/** What the ledger's column `Statements` says of a run; empty where its rules have no statement. */
export function statementRoot(run: PaidRun, seed: string): string {
  const maker = createMaker(run);
  const memo = newMemo();
  // One after another: all of them at once would take the memory of thousands of small books.
  const digests = maker.targets.map((target) => contentDigest(maker.make(target, seed).content, memo));
  return treeOf(digests)?.root ?? '';
}
