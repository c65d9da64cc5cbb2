import { expose } from 'comlink';
import { describe, expect, it } from 'vitest';
import { createCalculator } from '../../src/live/calculator.ts';
import { workerHandle } from '../../src/live/handle.ts';
import type { BookData, Calculator } from '../../src/live/protocol.ts';
import { day, readSample } from './parts.ts';

const MARCH = day('2026-03-31');

interface Made {
  readonly worker: Worker;
  ended: boolean;
  /** What the page hears when a worker dies. */
  die(message: string): void;
}

/** Workers that are threads in name only: the calculator answers over a channel, and no more once it is ended. */
function workers(make: () => Calculator = createCalculator) {
  const made: Made[] = [];
  const start = (): Worker => {
    const { port1, port2 } = new MessageChannel();
    expose(make(), port1);
    const events = new EventTarget();
    const one: Made = {
      ended: false,
      worker: Object.assign(events, {
        postMessage: port2.postMessage.bind(port2),
        terminate() {
          one.ended = true;
          port1.close();
          port2.close();
        },
      }) as unknown as Worker,
      die: (message) => void events.dispatchEvent(Object.assign(new Event('error'), { message })),
    };
    port2.addEventListener('message', ({ data }) =>
      events.dispatchEvent(new MessageEvent('message', { data })),
    );
    port2.start();
    made.push(one);
    return one.worker;
  };
  return { start, made };
}

async function small() {
  const { tables, rules, hasRules, names, problems } = await readSample('small.xlsx');
  const heads = tables.map(({ name, sheet, columns }) => ({
    name,
    sheet,
    headings: columns.map(({ heading }) => heading),
  }));
  const data: BookData = { title: 'small.xlsx', rules, hasRules, names, problems, tables: heads };
  return { data, tables };
}

const poolOf = async (calculator: Calculator): Promise<string | undefined> =>
  (await calculator.evaluate(MARCH)).outcome?.scalars.find(({ name }) => name === 'pool')?.value;

describe('a calculator in a worker', () => {
  it('has the book as it was after it was stopped', async () => {
    const { start, made } = workers();
    const { calculator, stop, close } = workerHandle(start);
    const { data, tables } = await small();
    await calculator.open(data);
    await calculator.put(tables);
    expect(await poolOf(calculator)).toBe('1265.34');
    const reason = new DOMException('given up', 'AbortError');
    const given = calculator.evaluate(MARCH);
    stop(reason);
    await expect(given).rejects.toBe(reason);
    expect(await poolOf(calculator)).toBe('1265.34');
    expect(made.map(({ ended }) => ended)).toEqual([true, false]);
    close();
  });

  it('refuses what is under way when its worker dies, and goes on with another', async () => {
    const { start, made } = workers();
    const { calculator, close } = workerHandle(start);
    const { data, tables } = await small();
    await calculator.open(data);
    await calculator.put(tables);
    const asked = calculator.evaluate(MARCH);
    made[0]?.die('out of memory');
    await expect(asked).rejects.toThrow('out of memory');
    expect(await poolOf(calculator)).toBe('1265.34');
    close();
  });

  it('starts no worker once it is closed', async () => {
    const { start, made } = workers();
    const { calculator, close } = workerHandle(start);
    const { data } = await small();
    await calculator.open(data);
    close();
    await expect(calculator.open(data)).rejects.toThrow('closed');
    expect(made.map(({ ended }) => ended)).toEqual([true]);
  });

  it('recovers from a book that it cannot open again', async () => {
    let broken = true;
    const { start } = workers(() => {
      const real = createCalculator();
      return {
        ...real,
        open: async (data) => {
          if (broken) throw new Error('a mistake');
          return real.open(data);
        },
      };
    });
    const { calculator, stop, close } = workerHandle(start);
    const { data, tables } = await small();
    await expect(calculator.open(data)).rejects.toThrow('a mistake');
    stop(new Error('stopped'));
    // The new worker stumbles over the same book.
    await expect(calculator.check(MARCH)).rejects.toThrow('a mistake');
    broken = false;
    await calculator.open(data);
    await calculator.put(tables);
    expect(await poolOf(calculator)).toBe('1265.34');
    close();
  });
});
