import fs from 'node:fs';
import path from 'node:path';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';
import Minimizer from 'minimizer-webpack-plugin';
import webpack from 'webpack';
import { ChunkReport } from './chunks.mjs';

export const ROOT = path.resolve(import.meta.dirname, '..');
export const VERSION = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version;

export const RESOLVE = {
  extensions: ['.tsx', '.ts', '.js'],
  // Writes type definitions of a grammar's tree, which nobody here asks of it.
  alias: { '@chevrotain/cst-dts-gen': false },
};

/** Types are checked elsewhere; a name that no module exports must not get into a bundle. */
export const STRICT_EXPORTS = { javascript: { exportsPresence: 'error' } };

export const TYPESCRIPT = {
  test: /\.tsx?$/,
  loader: path.join(ROOT, 'webpack/typescript.mjs'),
};

/** Minifies in a fraction of the time that webpack's own takes, to a tenth more. */
export const quickly = (target) =>
  new Minimizer({
    minify: Minimizer.esbuildMinify,
    minimizerOptions: { target, legalComments: 'none' },
  });

/**
 * Minifies as far as it goes, but leaves functions where they are: one that terser moves into the function that calls it is
 * made anew at every call, and whatever the browser has compiled of it is forgotten sooner or later.
 */
const thoroughly = new Minimizer({
  minify: Minimizer.terserMinify,
  minimizerOptions: { compress: { reduce_funcs: false }, format: { comments: false } },
  extractComments: false,
});

/**
 * What every build for browsers has in common. Lazily imported parts become files of their own; names carry a hash of
 * their content, so that a host may let browsers keep them for ever. No source map refers to `eval`.
 */
export function forBrowsers({ name, folder, development = false }) {
  const hashed = development ? '[name]' : '[name].[contenthash:10]';
  return {
    name,
    mode: development ? 'development' : 'production',
    target: ['web', 'es2022'],
    context: ROOT,
    devtool: development ? 'source-map' : false,
    output: {
      path: path.join(ROOT, folder),
      filename: `${hashed}.js`,
      chunkFilename: `${hashed}.js`,
      assetModuleFilename: development ? '[name][ext]' : '[name].[contenthash:10][ext]',
      // Paths beside the page: it may be served from any folder.
      publicPath: 'auto',
      clean: true,
    },
    resolve: RESOLVE,
    module: {
      parser: STRICT_EXPORTS,
      rules: [
        TYPESCRIPT,
        {
          test: /\.css$/,
          use: [MiniCssExtractPlugin.loader, { loader: 'css-loader', options: { import: true } }],
        },
        { test: /\.(svg|png|woff2?)$/, type: 'asset/resource' },
        { resourceQuery: /^\?raw$/, type: 'asset/source' },
      ],
    },
    optimization: {
      // Code and the packages that it alone uses stay in one file: it compresses better.
      splitChunks: { cacheGroups: { defaultVendors: false } },
      minimizer: [thoroughly],
    },
    plugins: [
      new MiniCssExtractPlugin({ filename: `${hashed}.css`, chunkFilename: `${hashed}.css` }),
      new webpack.DefinePlugin({ ALLOT_VERSION: JSON.stringify(VERSION) }),
      ...(development ? [] : [new ChunkReport(path.join(ROOT, `dist/.chunks-${name}.json`))]),
    ],
    cache: { type: 'filesystem', name: `${name}-${development ? 'development' : 'production'}` },
    performance: { hints: false },
    stats: 'errors-warnings',
  };
}
