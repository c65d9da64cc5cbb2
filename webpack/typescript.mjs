import { transform } from 'esbuild';

/** Takes types away, a module at a time. What stands in tsconfig.json for JSX stands here again. */
export default function typescript(source) {
  const done = this.async();
  transform(source, {
    loader: this.resourcePath.endsWith('x') ? 'tsx' : 'ts',
    sourcefile: this.resourcePath,
    sourcemap: this.sourceMap ? 'external' : false,
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: '{}',
  }).then(({ code, map }) => done(null, code, map === '' ? undefined : JSON.parse(map)), done);
}
