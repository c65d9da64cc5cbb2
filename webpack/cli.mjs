import path from 'node:path';
import webpack from 'webpack';
import { quickly, RESOLVE, ROOT, STRICT_EXPORTS, TYPESCRIPT } from './browser.mjs';

/**
 * Drivers of databases and the client for SOAP stay out of the file: they are looked for in node_modules when a source
 * needs one, and `allot refresh` says which is missing.
 */
const DRIVERS = ['pg', 'mysql2/promise', 'soap', '@duckdb/node-api'];

/** The command line: one file that Node runs (and two more for `allot serve`), so that it starts fast and needs no node_modules for what is computed. */
export const commandLine = {
  name: 'cli',
  mode: 'production',
  target: 'node20',
  devtool: false,
  entry: { allot: './src/cli/main.ts' },
  output: {
    path: path.join(ROOT, 'dist'),
    filename: '[name].cjs',
    // `allot serve` and its threads: read only when it serves.
    chunkFilename: '[name].cjs',
    chunkFormat: 'commonjs',
  },
  resolve: RESOLVE,
  externals: Object.fromEntries(DRIVERS.map((name) => [name, `commonjs ${name}`])),
  module: {
    // Otherwise a class called Worker is taken for that of browsers.
    parser: { javascript: { ...STRICT_EXPORTS.javascript, worker: ['Worker from node:worker_threads'] } },
    rules: [TYPESCRIPT],
  },
  optimization: {
    // Half of a short command's time is Node reading the file.
    minimize: true,
    minimizer: [quickly('node20')],
    splitChunks: false,
  },
  plugins: [
    new webpack.BannerPlugin({ banner: '#!/usr/bin/env node', raw: true }),
    {
      apply(compiler) {
        compiler.hooks.afterEmit.tapPromise('executable', async ({ outputOptions }) => {
          const { chmod } = await import('node:fs/promises');
          await chmod(path.join(outputOptions.path ?? '', 'allot.cjs'), 0o755);
        });
      },
    },
  ],
  cache: { type: 'filesystem' },
  performance: { hints: false },
  stats: 'errors-warnings',
};
