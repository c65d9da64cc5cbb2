import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { policyHeader } from './csp.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A name with a hash of its content in it never means another content. */
const HASHED = /\.[0-9a-f]{10}\.\w+$/;

/**
 * Serves the files of a folder to this machine only. Gives the address and how to stop.
 * With `port` 0 any free one; a port that is taken is passed over for the next, twenty times.
 */
export async function serve(folder, { port = 0, kindOf = pageKind } = {}) {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    answer(root, kindOf, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const got = await listen(server, port, port === 0 ? 0 : 20);
  return {
    url: `http://127.0.0.1:${got}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Which policy a file is sent with: our pages by their names, everything else (workers have their own) as the workbench. */
export function pageKind(file) {
  const name = path.basename(file);
  if (name === 'taskpane.html') return 'addin';
  return name.endsWith('.html') && name !== 'index.html' ? 'text' : 'workbench';
}

function listen(server, port, tries) {
  return new Promise((resolve, reject) => {
    const failed = (error) => {
      if (error.code === 'EADDRINUSE' && tries > 0) resolve(listen(server, port + 1, tries - 1));
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve(server.address().port);
    });
  });
}

async function answer(root, kindOf, request, response) {
  const refuse = (status, said) => {
    response.writeHead(status, { 'Content-Type': TYPES['.txt'] });
    response.end(said);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET.');
  // Another site's name that was made to mean this machine is not us.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? ''))
    return refuse(403, 'Only for this machine.');
  const file = await realFile(root, request.url ?? '/');
  const found = file === null ? null : await stat(file).catch(() => null);
  if (file === null || found === null || !found.isFile()) return refuse(404, 'Not found.');
  response.writeHead(200, {
    'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    'Cache-Control': HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Content-Security-Policy': policyHeader(kindOf(file)),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** The file that an address means; null where there is none, and outside the folder, by a link too. */
async function realFile(root, address) {
  const file = fileOf(root, address);
  const real = file === null ? null : await realpath(file).catch(() => null);
  return real?.startsWith(root + path.sep) ? real : null;
}

function fileOf(root, address) {
  try {
    const name = decodeURIComponent(new URL(address, 'http://127.0.0.1').pathname);
    if (name.includes('\0')) return null;
    const file = path.join(root, name.endsWith('/') ? `${name}index.html` : name);
    return file.startsWith(root + path.sep) ? file : null;
  } catch {
    return null;
  }
}
