import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ComparedView } from '../../../live/compared.ts';
import { counted, grouped } from '../../parts/numbers.ts';
import { binsOf } from '../allocation/figures.ts';
import { useWidth } from '../allocation/useWidth.ts';
import { type CompareWords, signed } from './words.ts';

const HEIGHT = 150;
const TOP = 18;
const BOTTOM = 22;
const SIDE = 6;

/** How many get how much more, to the right of 0, or less, to its left. */
export function Chart({
  view,
  words: w,
}: {
  readonly view: ComparedView;
  readonly words: CompareWords;
}): JSX.Element {
  const [ref, width] = useWidth(330);
  const wanted = width < 420 ? 10 : 16;
  const bins = useMemo(() => binsOf(withZero(view.differences), null, wanted), [view, wanted]);
  // The 0 that stands for nobody makes every bin lie on one side of it.
  const counts = bins.map((bin) => bin.count - (bin.from <= 0 && 0 < bin.to ? 1 : 0));
  const last = bins.length - 1;
  if (bins[last]?.to === 0) counts[last] = (counts[last] ?? 0) - 1;
  const low = bins[0]?.from ?? 0;
  const high = bins[last]?.to ?? 1;
  const x = scaleLinear()
    .domain([low, high])
    .range([SIDE, width - SIDE]);
  const y = scaleLinear()
    .domain([0, Math.max(1, ...counts)])
    .range([HEIGHT - BOTTOM, TOP]);
  const ends = [...new Set([low, 0, high])];
  return (
    <section class="al-section">
      <h2>{w.chart}</h2>
      <figure class="al-figure">
        <div ref={ref} class="al-chart">
          <svg
            role="img"
            aria-label={w.chartSaid(
              counted(view.total.winners),
              counted(view.total.losers),
              bound(low),
              bound(high),
            )}
            width={width}
            height={HEIGHT}
            viewBox={`0 0 ${width} ${HEIGHT}`}
          >
            {bins.map(({ from, to }, i) => {
              const count = counts[i] ?? 0;
              if (count === 0) return null;
              const top = Math.min(y(count), HEIGHT - BOTTOM - 2);
              return (
                <g key={from}>
                  <title>{w.bin(bound(from), bound(to), counted(count))}</title>
                  <rect
                    class={to <= 0 ? 'cm-bar-less' : 'al-bar'}
                    x={x(from) + 1}
                    width={Math.max(1, x(to) - x(from) - 2)}
                    y={top}
                    height={HEIGHT - BOTTOM - top}
                    rx={1.5}
                  />
                  <text class="al-axis" x={(x(from) + x(to)) / 2} y={top - 4} text-anchor="middle">
                    {counted(count)}
                  </text>
                </g>
              );
            })}
            <line class="al-base" x1={0} x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
            <line class="al-base" x1={x(0)} x2={x(0)} y1={TOP - 14} y2={HEIGHT - BOTTOM + 4} />
            {ends
              .filter((at) => at === 0 || Math.abs(x(at) - x(0)) > 60)
              .map((at) => (
                <text
                  key={at}
                  class="al-axis"
                  x={x(at)}
                  y={HEIGHT - 6}
                  text-anchor={at === low ? 'start' : at === high ? 'end' : 'middle'}
                >
                  {bound(at)}
                </text>
              ))}
          </svg>
        </div>
        <details class="al-data">
          <summary>{w.figures}</summary>
          <div class="al-scroll">
            <table class="al-table">
              <thead>
                <tr>
                  <th scope="col">{w.from}</th>
                  <th scope="col">{w.to}</th>
                  <th scope="col">{w.people}</th>
                </tr>
              </thead>
              <tbody>
                {bins.map(({ from, to }, i) => (
                  <tr key={from}>
                    <td>{bound(from)}</td>
                    <td>{bound(to)}</td>
                    <td>{counted(counts[i] ?? 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </figure>
    </section>
  );
}

function withZero(differences: Float64Array): Float64Array {
  const all = new Float64Array(differences.length + 1);
  all.set(differences);
  return all;
}

/** A bound between bins: a round number. */
const bound = (x: number): string => signed(grouped(String(Number(x.toPrecision(12)))));
