/** Imports an address as Node does, around both compilers, which would rewrite it. */
export const load = (/** @type {string} */ address) => import(/* webpackIgnore: true */ address);
