import fs from 'node:fs';
import path from 'node:path';
import CopyPlugin from 'copy-webpack-plugin';
import { forBrowsers, ROOT } from './browser.mjs';
import { developmentHeaders } from './csp.mjs';
import { page } from './html.mjs';
import { HOST, manifestFor } from './manifest.mjs';

const PAGES = ['help', 'privacy', 'terms', 'support'];
const LANGUAGES = ['en', 'zh-CN'];

/**
 * The add-in: `taskpane.html` is the shared runtime's page. Only what functions need is loaded at its start; the pane
 * and its editor are imported when they are seen.
 */
export async function addin({ serving = false, host = HOST } = {}) {
  const base = forBrowsers({ name: 'addin', folder: 'dist/addin', development: serving });
  return {
    ...base,
    entry: { start: './src/addin/main.ts' },
    plugins: [
      ...base.plugins,
      page({ filename: 'taskpane.html', template: 'taskpane.html', kind: 'addin', chunks: ['start'] }),
      ...(exists('src/pages/functions.ts') ? functionPages(host) : []),
      new CopyPlugin({
        patterns: [
          { from: 'src/pages/text.css' },
          { from: 'src/pages/icons/*.png', to: 'icons/[name][ext]', noErrorOnMissing: true },
          { from: 'manifest.xml', transform: (xml) => manifestFor(xml.toString(), host) },
        ].filter(({ from }) => exists(from.replace(/\/[^/]*\*.*/, ''))),
      }),
    ],
    ...(serving ? { devServer: await developmentServer() } : {}),
  };
}

/** The functions' metadata and the pages to read, once a language. Everything comes from the functions' catalogue. */
function functionPages(host) {
  return LANGUAGES.flatMap((language) => {
    const suffix = language === 'en' ? '' : `.${language}`;
    const parameters = { language, host };
    return [
      page({ filename: `functions${suffix}.json`, template: 'functions.ts', kind: 'text', parameters }),
      ...PAGES.map((name) =>
        page({ filename: `${name}${suffix}.html`, template: `${name}.ts`, kind: 'text', parameters }),
      ),
    ];
  });
}

const exists = (file) => fs.existsSync(path.join(ROOT, file));

/** Excel shows add-ins over https only: a certificate for localhost that its owner has agreed to trust. */
async function developmentServer() {
  const { getHttpsServerOptions } = await import('office-addin-dev-certs');
  return {
    host: 'localhost',
    port: 3000,
    server: { type: 'https', options: await getHttpsServerOptions() },
    static: false,
    hot: false,
    liveReload: true,
    client: { overlay: false },
    headers: ({ url }) => developmentHeaders(url),
    allowedHosts: ['localhost'],
    open: false,
  };
}
