import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import type { InsightForecast, InsightView } from '../../../live/insighted.ts';
import { dayText } from '../../parts/numbers.ts';
import { useWidth } from '../allocation/useWidth.ts';
import type { InsightPageWords } from './words.ts';

const ROW = 44;
const BAR = 10;

const hoursText = (x: number): string => x.toFixed(x >= 10 ? 1 : 2);

/** How long half of the waits are, at each bottleneck and elsewhere. */
export function Waits({
  waits,
  words: w,
}: {
  readonly waits: InsightView['waits'];
  readonly words: InsightPageWords;
}): JSX.Element {
  const [ref, width] = useWidth(330);
  const height = waits.length * ROW + 4;
  const x = scaleLinear()
    .domain([0, Math.max(...waits.map(({ own, others }) => Math.max(own, others)))])
    .range([0, Math.max(60, width - 70)]);
  const said = waits.map(({ label, own, others }) => w.waitSaid(label, hoursText(own), hoursText(others)));
  return (
    <figure class="al-figure">
      <figcaption class="small muted">{w.waits}</figcaption>
      <div ref={ref} class="al-chart">
        <svg
          role="img"
          aria-label={said.join('; ')}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
        >
          {waits.map(({ label, own, others }, i) => (
            <g key={label} transform={`translate(0 ${i * ROW})`}>
              <text class="in-label" x={0} y={12}>
                {label}
              </text>
              <rect class="al-bar" x={0} y={18} width={x(own)} height={BAR} rx={1.5} />
              <text class="al-axis" x={x(own) + 4} y={18 + BAR - 1}>
                {w.hours(hoursText(own))}
              </text>
              <rect class="in-others" x={0} y={30} width={x(others)} height={BAR} rx={1.5} />
              <text class="al-axis" x={x(others) + 4} y={30 + BAR - 1}>
                {w.hours(hoursText(others))}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <div class="in-legend small muted" aria-hidden="true">
        <span class="in-key in-key-own" /> {w.own} <span class="in-key in-key-others" /> {w.others}
      </div>
    </figure>
  );
}

const HEIGHT = 150;
const BOTTOM = 20;
const LEFT = 30;

/** The last weeks, and the days ahead with the bounds that four of five lie in. */
export function ForecastChart({
  forecast: { label, recent, ahead },
  words: w,
}: {
  readonly forecast: InsightForecast;
  readonly words: InsightPageWords;
}): JSX.Element {
  const [ref, width] = useWidth(330);
  const first = recent[0]?.ms ?? ahead[0]?.ms ?? 0;
  const last = ahead.at(-1)?.ms ?? first + 1;
  const start = ahead[0]?.ms ?? first;
  const most = Math.max(1, ...recent.map(({ count }) => count || 0), ...ahead.map(({ high }) => high));
  const x = scaleLinear()
    .domain([first, last])
    .range([LEFT, width - 4]);
  const y = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([HEIGHT - BOTTOM, 6]);
  const line = (points: readonly (readonly [number, number])[]): string =>
    points
      .map(([ms, value], i) => `${i === 0 ? 'M' : 'L'}${x(ms).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('');
  const known = recent.filter(({ count }) => !Number.isNaN(count));
  const area = `${line(ahead.map(({ ms, high }) => [ms, high]))}${line(
    [...ahead].reverse().map(({ ms, low }) => [ms, low]),
  ).replace('M', 'L')}Z`;
  const expected = ahead.map((day) => Math.round(day.expected));
  return (
    <figure class="al-figure">
      <figcaption class="small muted">{label}</figcaption>
      <div ref={ref} class="al-chart">
        <svg
          role="img"
          aria-label={w.forecastSaid(
            dayText(start),
            dayText(last),
            String(Math.min(...expected)),
            String(Math.max(...expected)),
          )}
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
        >
          {y.ticks(4).map((at) => (
            <g key={at}>
              <line class="in-grid" x1={LEFT} x2={width} y1={y(at)} y2={y(at)} />
              <text class="al-axis" x={LEFT - 4} y={y(at) + 4} text-anchor="end">
                {at}
              </text>
            </g>
          ))}
          <path class="in-area" d={area} />
          <path class="in-line in-recent" d={line(known.map(({ ms, count }) => [ms, count]))} />
          <path class="in-line in-expected" d={line(ahead.map((day) => [day.ms, day.expected]))} />
          <text class="al-axis" x={LEFT} y={HEIGHT - 5}>
            {dayText(first)}
          </text>
          <text class="al-axis" x={x(start)} y={HEIGHT - 5} text-anchor="middle">
            {dayText(start).slice(5)}
          </text>
          <text class="al-axis" x={width - 4} y={HEIGHT - 5} text-anchor="end">
            {dayText(last)}
          </text>
        </svg>
      </div>
    </figure>
  );
}
