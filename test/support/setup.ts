import { findChromium, installChromium, NO_CHROMIUM } from '../browser/support/chromium.ts';

/** Before all tests: what they find on the machine, and what they will skip. */
export default function setup(): void {
  installChromium();
  if (findChromium() === null) console.log(`browser tests are skipped: ${NO_CHROMIUM}`);
}
