import path from 'node:path';
import { quickly, RESOLVE, ROOT, STRICT_EXPORTS, TYPESCRIPT } from '../../webpack/browser.mjs';

/** The benchmark and the small programs that it starts, bundled as the command line is. */
export default {
  name: 'bench',
  mode: 'production',
  target: 'node20',
  devtool: false,
  context: ROOT,
  entry: {
    main: './test/bench/main.ts',
    worker: './test/bench/worker.ts',
    memory: './test/bench/programs/memory.ts',
    csvPass: './test/bench/programs/csvPass.ts',
    xlsxRead: './test/bench/programs/xlsxRead.ts',
    coldRules: './test/bench/programs/coldRules.ts',
    coldParser: './test/bench/programs/coldParser.mjs',
  },
  output: { path: path.join(ROOT, 'out/bench'), filename: '[name].cjs', chunkFormat: 'commonjs' },
  // Not what others bring along: one of them has an old chevrotain.
  resolve: { ...RESOLVE, modules: [path.join(ROOT, 'node_modules')] },
  // Packages of the benchmark alone are found when it runs.
  module: {
    parser: { javascript: { ...STRICT_EXPORTS.javascript, createRequire: false } },
    rules: [TYPESCRIPT],
  },
  cache: { type: 'filesystem', name: 'bench' },
  optimization: { minimizer: [quickly('node20')] },
  performance: { hints: false },
  stats: 'errors-warnings',
};
