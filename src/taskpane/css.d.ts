/** Style sheets are taken out of the bundle when it is built. */
declare module '*.css';
