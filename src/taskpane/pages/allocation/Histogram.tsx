import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { counted, grouped } from '../../parts/numbers.ts';
import { type Bin, binsOf } from './figures.ts';
import { useWidth } from './useWidth.ts';
import type { AllocationWords } from './words.ts';

const HEIGHT = 150;
const TOP = 10;
const BOTTOM = 22;
/** Room for the axis: a digit's width, and what is beside them. */
const DIGIT = 6.5;
const BESIDE = 10;
const RIGHT = 8;

/** How many receive how much; as an outline, how it was before. */
export function Histogram({
  amounts,
  before,
  words: w,
}: {
  readonly amounts: Float64Array;
  readonly before: Float64Array | null;
  readonly words: AllocationWords;
}): JSX.Element {
  const [ref, width] = useWidth(330);
  const wanted = amounts.length < 8 ? 5 : width < 420 ? 10 : 16;
  const bins = useMemo(() => binsOf(amounts, before, wanted), [amounts, before, wanted]);
  const first = bins[0]?.from ?? 0;
  const last = bins.at(-1)?.to ?? 1;
  const most = Math.max(1, ...bins.map(({ count, before: old }) => Math.max(count, old)));
  const y = scaleLinear()
    .domain([0, most])
    .nice(3)
    .range([HEIGHT - BOTTOM, TOP]);
  const lines = y.ticks(3).filter(Number.isInteger);
  const left = Math.max(30, BESIDE + DIGIT * counted(lines.at(-1) ?? 0).length);
  const x = scaleLinear()
    .domain([first, last])
    .range([left, width - RIGHT]);
  return (
    <figure class="al-figure">
      <div ref={ref} class="al-chart">
        <svg
          role="img"
          aria-label={w.distributionSaid(counted(amounts.length), shownNumber(first), shownNumber(last))}
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
        >
          {lines.map((tick) => (
            <g key={tick}>
              <line class="al-rule" x1={left} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
              <text class="al-axis" x={left - 6} y={y(tick) + 4} text-anchor="end">
                {counted(tick)}
              </text>
            </g>
          ))}
          {bins.map((one) => (
            <rect
              key={one.from}
              class="al-bar"
              x={x(one.from) + 1}
              width={Math.max(1, x(one.to) - x(one.from) - 2)}
              y={y(one.count)}
              height={Math.max(0, y(0) - y(one.count))}
              rx={1.5}
            >
              <title>{w.bin(shownNumber(one.from), shownNumber(one.to), counted(one.count))}</title>
            </rect>
          ))}
          {before === null ? null : <path class="al-before" d={outline(bins, x, y)} />}
          <line class="al-base" x1={left} x2={width - RIGHT} y1={y(0)} y2={y(0)} />
          {ticksOf(bins, width).map(({ at, anchor }) => (
            <text key={at} class="al-axis" x={x(at)} y={HEIGHT - 6} text-anchor={anchor}>
              {shownNumber(at)}
            </text>
          ))}
        </svg>
      </div>
      {before === null ? null : <Legend words={w} />}
      <details class="al-data">
        <summary>{w.figures}</summary>
        <div class="al-scroll">
          <table class="al-table">
            <thead>
              <tr>
                <th scope="col">{w.from}</th>
                <th scope="col">{w.to}</th>
                {before === null ? null : <th scope="col">{w.before}</th>}
                <th scope="col">{before === null ? w.count : w.after}</th>
              </tr>
            </thead>
            <tbody>
              {bins.map((one) => (
                <tr key={one.from}>
                  <td>{shownNumber(one.from)}</td>
                  <td>{shownNumber(one.to)}</td>
                  {before === null ? null : <td>{counted(one.before)}</td>}
                  <td>{counted(one.count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** What is filled and what is an outline. */
export function Legend({ words: w }: { readonly words: AllocationWords }): JSX.Element {
  return (
    <figcaption class="al-legend small">
      <span>
        <svg width="14" height="10" aria-hidden="true">
          <rect class="al-bar" x="1" y="1" width="12" height="8" />
        </svg>
        {w.after}
      </span>
      <span>
        <svg width="14" height="10" aria-hidden="true">
          <path class="al-before" d="M1 9V2H13V9" />
        </svg>
        {w.before}
      </span>
    </figcaption>
  );
}

type Scale = (value: number) => number;

/** Steps from bin to bin. */
function outline(bins: readonly Bin[], x: Scale, y: Scale): string {
  const steps = bins.map(({ to, before }) => `V${y(before)}H${x(to)}`);
  return `M${x(bins[0]?.from ?? 0)} ${y(0)}${steps.join('')}V${y(0)}`;
}

/** Bounds that are labelled: as many as there is room for, the outer ones within the picture. */
function ticksOf(
  bins: readonly Bin[],
  width: number,
): readonly { readonly at: number; readonly anchor: 'start' | 'middle' | 'end' }[] {
  const bounds = [...bins.map(({ from }) => from), ...bins.slice(-1).map(({ to }) => to)];
  const room = Math.max(2, Math.floor(width / 70));
  const step = Math.max(1, Math.ceil((bounds.length - 1) / room));
  return bounds.flatMap((at, i) => {
    if (i % step !== 0) return [];
    return [{ at, anchor: i === bounds.length - 1 ? 'end' : 'middle' }] as const;
  });
}

/** A bound between bins: a round number. */
function shownNumber(x: number): string {
  return grouped(String(Number(x.toPrecision(12))));
}
