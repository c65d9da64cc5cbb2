import { fixture } from './workbench.mjs';

/** A page for a browser test: `--env name=… --env entry=… --env folder=… --env kind=…`. See test/support/builds.ts. */
export default ({ name, entry, folder, kind }) => fixture({ name, entry, folder, kind });
