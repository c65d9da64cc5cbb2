import { spawnSync } from 'node:child_process';
import type { Section, Settings } from './settings.ts';

/**
 * Beyond some size glibc gives memory that is let go back to the system. A run that gets it again, page by page, may take
 * five times as long: one would measure where that size is. Other systems ignore these.
 */
const KEPT = { MALLOC_TRIM_THRESHOLD_: '4294967296', MALLOC_MMAP_THRESHOLD_: '4294967296' } as const;

/** The environment of a process that keeps what memory it has once got. */
export const keepingMemory = (): NodeJS.ProcessEnv => ({ ...process.env, ...KEPT });

export const keepsMemory = (): boolean => process.env.MALLOC_TRIM_THRESHOLD_ !== undefined;

/** A section that is measured within one process, in one that keeps its memory. */
export function inItsOwn(section: Section, { quick, rounds, markdown }: Settings): void {
  const [program = ''] = process.argv.slice(1);
  const flags = [...(quick ? ['--quick'] : []), ...(markdown ? ['--markdown'] : [])];
  const args = [program, '--only', section, '--rounds', String(rounds), '--bare', ...flags];
  const { status } = spawnSync(process.execPath, ['--no-memory-reducer', ...process.execArgv, ...args], {
    stdio: 'inherit',
    env: keepingMemory(),
  });
  if (status !== 0) throw new Error(`${section} ended with ${status}`);
}
