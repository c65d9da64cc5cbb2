import path from 'node:path';
import HtmlPlugin from 'html-webpack-plugin';
import { ROOT, VERSION } from './browser.mjs';
import { policy } from './csp.mjs';

/**
 * A page of ours. `template` is an `.html` file under src/pages/ with `<%= policy %>` in it, or a module whose default
 * export makes the text from what it is given (`PageParameters` of src/pages/document.ts).
 */
export function page({ filename, template, kind, chunks = [], parameters = {} }) {
  return new HtmlPlugin({
    filename,
    template: path.resolve(ROOT, 'src/pages', template),
    chunks,
    inject: chunks.length > 0 ? 'head' : false,
    scriptLoading: 'defer',
    minify: false,
    templateParameters: { policy: policy(kind), version: VERSION, ...parameters },
  });
}
