import { expose } from 'comlink';
import { createCalculator } from './calculator.ts';

// The calculator of one page, off its main thread.
expose(createCalculator());
