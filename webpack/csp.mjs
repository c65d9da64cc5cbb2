/**
 * What each of our pages may load: the only place that says so. It goes into a `<meta>` of the page, where hosts serve
 * plain files, and our servers send it as a header too (`frame-ancestors` counts there only).
 */

/** Where Office.js comes from, and what it loads itself. Microsoft publishes no list; this is what is known. */
const OFFICE_JS = ['https://appsforoffice.microsoft.com', 'https://ajax.aspnetcdn.com'];

/** Office.js and the grid put styles into elements. */
const STYLES = ["'self'", "'unsafe-inline'"];

const NOTHING_ELSE = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'object-src': ["'none'"],
  'form-action': ["'none'"],
};

/** @type {Readonly<Record<import('./csp.d.mts').PageKind, Readonly<Record<string, readonly string[]>>>>} */
const POLICIES = {
  /** The pane and the functions: inside Excel, with Office.js. */
  addin: {
    ...NOTHING_ELSE,
    'script-src': ["'self'", ...OFFICE_JS],
    'style-src': STYLES,
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'worker-src': ["'self'"],
  },
  /** Our server only. The grid draws its icons and fonts from data and blobs. */
  workbench: {
    ...NOTHING_ELSE,
    'script-src': ["'self'"],
    'style-src': STYLES,
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'worker-src': ["'self'"],
  },
  /** Text to read: help, privacy, terms, support. */
  text: { ...NOTHING_ELSE, 'style-src': ["'self'"], 'img-src': ["'self'"] },
};

export const PAGE_KINDS = /** @type {const} */ (['addin', 'workbench', 'text']);

/** The policy of a page as `<meta http-equiv="Content-Security-Policy">` takes it. */
export function policy(/** @type {import('./csp.d.mts').PageKind} */ kind) {
  return Object.entries(POLICIES[kind])
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
}

/**
 * The header that a server of ours sends with a page. Excel on the web shows the add-in in a frame of its own hosts,
 * which Microsoft does not list; every other page stays out of frames.
 */
export function policyHeader(/** @type {import('./csp.d.mts').PageKind} */ kind) {
  return kind === 'addin' ? policy(kind) : `${policy(kind)}; frame-ancestors 'none'`;
}

/**
 * What the development server sends with a file. Excel on the web fetches the functions' metadata from its own address:
 * without leave to read it there are no functions. Nothing else is for other sites.
 */
export function developmentHeaders(/** @type {string | undefined} */ url) {
  const headers = [
    { key: 'Content-Security-Policy', value: policyHeader('addin') },
    { key: 'X-Content-Type-Options', value: 'nosniff' },
  ];
  const metadata = /^\/functions(?:\.[\w-]+)?\.json(?:\?|$)/.test(url ?? '');
  return metadata ? [...headers, { key: 'Access-Control-Allow-Origin', value: '*' }] : headers;
}
