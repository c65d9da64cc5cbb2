import path from 'node:path';
import webpack from 'webpack';

const root = import.meta.dirname;

/** The command line: one file that Node runs, so that it starts fast and needs no node_modules. */
const commandLine = {
  name: 'cli',
  mode: 'production',
  target: 'node20',
  devtool: false,
  entry: { allot: './src/cli/main.ts' },
  output: { path: path.join(root, 'dist'), filename: '[name].cjs', chunkFormat: 'commonjs' },
  // ts-loader rewrites the extensions of our imports.
  resolve: { extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } },
  module: {
    // Types are checked elsewhere; a name that no module exports must not get into the bundle.
    parser: { javascript: { exportsPresence: 'error' } },
    rules: [
      {
        test: /\.ts$/,
        loader: 'ts-loader',
        options: {
          transpileOnly: true,
          compilerOptions: { noEmit: false, rewriteRelativeImportExtensions: true },
        },
      },
    ],
  },
  // Half of a short command's time is Node reading the file.
  optimization: { minimize: true },
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

export default [commandLine];
