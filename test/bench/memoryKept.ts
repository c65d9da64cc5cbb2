import { spawnSync } from 'node:child_process';
import type { Settings } from './settings.ts';

/**
 * Beyond some size glibc gives memory that is let go back to the system, and a run that gets it again page by page takes
 * up to five times as long: growth would mostly say where that size is. Elsewhere these mean nothing.
 */
const KEPT = { MALLOC_TRIM_THRESHOLD_: '4294967296', MALLOC_MMAP_THRESHOLD_: '4294967296' } as const;

export const keepsMemory = (): boolean => process.env.MALLOC_TRIM_THRESHOLD_ !== undefined;

/** Growth in a process that keeps what memory it has once got. */
export function keepingMemory({ quick, rounds, markdown }: Settings): void {
  const [program = ''] = process.argv.slice(1);
  const flags = [...(quick ? ['--quick'] : []), ...(markdown ? ['--markdown'] : [])];
  const args = [program, '--only', 'growth', '--rounds', String(rounds), '--bare', ...flags];
  const { status } = spawnSync(process.execPath, ['--no-memory-reducer', ...process.execArgv, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...KEPT },
  });
  if (status !== 0) throw new Error(`growth ended with ${status}`);
}
