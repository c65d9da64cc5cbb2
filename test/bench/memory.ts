import { readFileSync } from 'node:fs';

/**
 * The most memory that this process has had, in KiB. On Linux `maxRSS` also counts what the process was started from,
 * so the kernel's own line about this program comes first.
 */
export function peakMemory(): number {
  try {
    const kept = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kept !== undefined) return Number(kept);
  } catch {
    // Another system.
  }
  return process.resourceUsage().maxRSS;
}
