import CopyPlugin from 'copy-webpack-plugin';
import { forBrowsers, quickly } from './browser.mjs';
import { page } from './html.mjs';

/** The page with a grid beside the pane, for those without Excel, and the samples to open in it. */
export function workbench() {
  const base = forBrowsers({ name: 'workbench', folder: 'dist/workbench' });
  return {
    ...base,
    entry: { workbench: './src/workbench/main.ts' },
    plugins: [
      ...base.plugins,
      page({ filename: 'index.html', template: 'workbench.html', kind: 'workbench', chunks: ['workbench'] }),
      new CopyPlugin({
        patterns: ['samples/*.xlsx', 'samples/packs/*.xlsx'].map((from) => ({
          from,
          to: 'samples/[name][ext]',
        })),
      }),
    ],
    optimization: { ...base.optimization, minimizer: [quickly('es2022')] },
  };
}

/** A page around an entry of a browser test, under the policy of a page of ours. */
export function fixture({ name, entry, folder, kind = 'workbench' }) {
  const base = forBrowsers({ name: `fixture-${name}`, folder });
  return {
    ...base,
    entry: { fixture: entry },
    plugins: [
      ...base.plugins,
      page({ filename: 'index.html', template: 'workbench.html', kind, chunks: ['fixture'] }),
    ],
    optimization: { ...base.optimization, minimizer: [quickly('es2022')] },
  };
}
