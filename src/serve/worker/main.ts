import { parentPort, workerData } from 'node:worker_threads';
import type { Progress } from '../../workbook/port.ts';
import type { Job, Said, WorkerStart } from '../protocol.ts';
import { performer } from './perform.ts';

/** The thread that evaluates: it answers one job after the other. */
const perform = performer((workerData as WorkerStart).shelves);

parentPort?.on('message', (job: Job) => {
  answer(job).then((said) => {
    const buffers = said.kind === 'answer' ? said.answer.pieces.map(({ buffer }) => buffer) : [];
    parentPort?.postMessage(said, buffers);
  });
});

async function answer(job: Job): Promise<Said> {
  const controller = new AbortController();
  const look = (): void => {
    if (Atomics.load(job.cancelled, 0) === 1) controller.abort();
  };
  // While this thread computes it hears nothing: what reports how far it is looks whether anybody still waits.
  const progress: Progress = { report: look, signal: controller.signal };
  try {
    look();
    if (controller.signal.aborted) return { kind: 'cancelled' };
    return { kind: 'answer', answer: await perform(job, progress) };
  } catch (error) {
    if (controller.signal.aborted) return { kind: 'cancelled' };
    const known = error instanceof Error;
    return {
      kind: 'failed',
      what: known ? `${error.name}: ${error.message}` : String(error),
      stack: known ? (error.stack ?? '') : '',
    };
  }
}
