/** `npm start`: builds the workbench where needed and serves it to this machine. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './browser.mjs';
import { serve } from './serve.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port is “${values.port}”; it must be a whole number from 0 to 65535.`);
  process.exit(2);
}

console.log('Building the workbench … (half a minute the first time)');
const built = spawnSync(
  process.execPath,
  [path.join(ROOT, 'node_modules/webpack/bin/webpack.js'), '--config-name', 'workbench'],
  { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
);
if (built.status !== 0) {
  console.error('The workbench could not be built: npx webpack --config-name workbench says why.');
  process.exit(1);
}

const { url, close } = await serve(path.join(ROOT, 'dist/workbench'), { port });
console.log(`Allot's workbench: ${url}\nOpen it in a browser. Ctrl+C stops it.`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => close().then(() => process.exit(0)));
