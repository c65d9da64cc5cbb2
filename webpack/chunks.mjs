import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes what a build's files consist of to `dist/.chunks-NAME.json`, for the tests of bundle budgets: groups of chunks
 * that are loaded together, each with the groups that its code loads later.
 */
export class ChunkReport {
  constructor(file) {
    this.file = file;
  }

  apply(compiler) {
    compiler.hooks.afterEmit.tapPromise('chunk report', async (compilation) => {
      await mkdir(path.dirname(this.file), { recursive: true });
      await writeFile(this.file, JSON.stringify(report(compilation, compiler.context)));
    });
  }
}

function report({ chunkGroups, asyncEntrypoints, entrypoints, chunkGraph }, root) {
  const place = new Map(chunkGroups.map((group, i) => [group, i]));
  const modulesOf = (chunk) =>
    [...chunkGraph.getChunkModulesIterable(chunk)]
      .flatMap((module) => [module, ...(module.modules ?? [])])
      .flatMap(({ resource }) => (typeof resource === 'string' ? [path.relative(root, resource)] : []));
  const chunks = [...new Set(chunkGroups.flatMap((group) => group.chunks))];
  const number = new Map(chunks.map((chunk, i) => [chunk, i]));
  return {
    chunks: chunks.map((chunk) => ({ files: [...chunk.files], modules: modulesOf(chunk) })),
    groups: chunkGroups.map((group) => ({
      kind: [...entrypoints.values()].includes(group)
        ? 'entry'
        : asyncEntrypoints.includes(group)
          ? 'worker'
          : 'lazy',
      chunks: group.chunks.map((chunk) => number.get(chunk)),
      children: [...group.childrenIterable].map((child) => place.get(child)),
    })),
  };
}
