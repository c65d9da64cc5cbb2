/** The version in package.json, put in at build time. */
declare const ALLOT_VERSION: string;

declare module '*.css';
