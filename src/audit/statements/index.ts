/** Statements as files that prove themselves. Nothing in this room needs Node or knows a host. */

export { type Compiled, compile } from './compiled.ts';
export { fileNamer } from './fileNames.ts';
export { contentDigest, type Proof, type StatementData } from './form.ts';
export { createMaker, type MadeStatement, type Maker, type Target } from './make.ts';
export { pageFrame, statementPage } from './page.ts';
export { makeStatements, newSeed, type Statements, seedName, statementRoot } from './tree.ts';
export { type StatementFinding, type StatementVerification, verifyStatement } from './verify.ts';
