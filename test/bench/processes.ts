import { spawn } from 'node:child_process';
import path from 'node:path';
import { OUT } from './peers.ts';

export interface Finished {
  readonly milliseconds: number;
  /** Peak memory, KiB. */
  readonly memory: number;
  readonly out: string;
}

/** Runs a Node program from its start to its end. Refuses where it fails, with what it said. */
export function whole(args: readonly string[], nodeOptions: readonly string[] = []): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [...nodeOptions, '-r', path.join(OUT, 'memory.cjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [out, said, memory] = [1, 2, 3].map((descriptor) => {
      const pieces: Buffer[] = [];
      child.stdio[descriptor]?.on('data', (piece: Buffer) => pieces.push(piece));
      return () => Buffer.concat(pieces).toString('utf8');
    });
    child.once('error', reject);
    child.once('close', (status, signal) => {
      const milliseconds = performance.now() - start;
      if (status === 0) resolve({ milliseconds, memory: Number(memory?.()), out: out?.() ?? '' });
      else reject(new Error(`${args[0]} ended with ${signal ?? status}: ${said?.().slice(0, 500)}`));
    });
  });
}
