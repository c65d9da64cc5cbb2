/** Loaded before a measured program: says at its end how much memory it had at most, in KiB, to descriptor 3. */
import { writeSync } from 'node:fs';
import { peakMemory } from '../memory.ts';

process.on('exit', () => {
  writeSync(3, String(peakMemory()));
});
