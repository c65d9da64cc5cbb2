import { addin } from './webpack/addin.mjs';
import { commandLine } from './webpack/cli.mjs';
import { workbench } from './webpack/workbench.mjs';

/** `--config-name cli`, `addin` or `workbench` builds one of them. */
export default [commandLine, ({ WEBPACK_SERVE }) => addin({ serving: WEBPACK_SERVE === true }), workbench];
