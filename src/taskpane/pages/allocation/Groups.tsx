import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ShareView } from '../../../live/views.ts';
import { Select } from '../../parts/fields.tsx';
import { counted, money } from '../../parts/numbers.ts';
import { type Group, groupsOf } from './figures.ts';
import { Legend } from './Histogram.tsx';
import { useWidth } from './useWidth.ts';
import type { AllocationWords } from './words.ts';

/** So many groups are drawn; the table has all of them. */
const DRAWN = 12;
const LINE = 38;
const BAR = 9;

type Measure = 'sum' | 'average';

/** Sums or averages by a label; a mark says what it was before. */
export function Groups({
  view,
  before,
  words: w,
}: {
  readonly view: ShareView;
  readonly before: ShareView | null;
  readonly words: AllocationWords;
}): JSX.Element {
  const labels = useMemo(() => groupable(view), [view]);
  const [picked, setPicked] = useState('');
  const [measure, setMeasure] = useState<Measure>('sum');
  const label = labels.find(({ heading }) => heading === picked) ?? labels[0];
  const groups = useMemo(
    () => (label === undefined ? [] : groupsOf(label.texts, view.amounts)),
    [label, view],
  );
  const old = useMemo(() => {
    const same = before?.labels.find(({ heading }) => heading === label?.heading);
    if (before === null || same === undefined) return null;
    return new Map(groupsOf(same.texts, before.amounts).map((group) => [group.text.toLowerCase(), group]));
  }, [before, label]);
  if (label === undefined) return <p class="muted small">{w.noGroups}</p>;
  const of = (group: Group | undefined): number => Number(group?.[measure] ?? 0);
  const drawn = [...groups].sort((a, b) => of(b) - of(a)).slice(0, DRAWN);
  return (
    <figure class="al-figure">
      <div class="row row-end">
        <Select
          label={w.groupBy}
          value={label.heading}
          onValue={setPicked}
          options={labels.map(({ heading }) => ({ value: heading, text: heading }))}
        />
        <Select
          label={w.measure}
          value={measure}
          onValue={(value) => setMeasure(value === 'average' ? 'average' : 'sum')}
          options={[
            { value: 'sum', text: w.sum },
            { value: 'average', text: w.average },
          ]}
        />
      </div>
      <Bars
        drawn={drawn}
        old={old}
        measure={measure}
        said={w.groupSaid(w[measure], groups.length, label.heading)}
        words={w}
      />
      {old === null ? null : <Legend words={w} />}
      {groups.length > DRAWN ? <p class="muted small">{w.groupsLeft(DRAWN, groups.length)}</p> : null}
      <details class="al-data">
        <summary>{w.figures}</summary>
        <div class="al-scroll">
          <table class="al-table">
            <thead>
              <tr>
                <th scope="col">{label.heading}</th>
                <th scope="col">{w.count}</th>
                {old === null ? null : <th scope="col">{`${w.sum}: ${w.before}`}</th>}
                <th scope="col">{w.sum}</th>
                <th scope="col">{w.average}</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <tr key={group.text}>
                  <th scope="row">{group.text === '' ? w.none : group.text}</th>
                  <td>{counted(group.members)}</td>
                  {old === null ? null : <td>{money(old.get(group.text.toLowerCase())?.sum ?? '0')}</td>}
                  <td>{money(group.sum)}</td>
                  <td>{money(group.average)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function Bars({
  drawn,
  old,
  measure,
  said,
  words: w,
}: {
  readonly drawn: readonly Group[];
  readonly old: ReadonlyMap<string, Group> | null;
  readonly measure: Measure;
  readonly said: string;
  readonly words: AllocationWords;
}): JSX.Element {
  const [ref, width] = useWidth(330);
  const before = (group: Group): number => Number(old?.get(group.text.toLowerCase())?.[measure] ?? 0);
  const most = Math.max(1e-9, ...drawn.map((group) => Math.max(Number(group[measure]), before(group))));
  const x = scaleLinear().domain([0, most]).range([0, width]);
  const height = drawn.length * LINE;
  return (
    <div ref={ref} class="al-chart">
      <svg role="img" aria-label={said} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {drawn.map((group, i) => {
          const top = i * LINE;
          const value = money(group[measure]);
          const name = group.text === '' ? w.none : group.text;
          return (
            <g key={group.text}>
              <title>{`${name}: ${value}`}</title>
              <text class="al-label" x={0} y={top + 15}>
                {fitted(name, width - value.length * 8 - 12)}
              </text>
              <text class="al-label al-figure-number" x={width} y={top + 15} text-anchor="end">
                {value}
              </text>
              <rect class="al-track" x={0} y={top + 20} width={width} height={BAR} rx={2} />
              <rect
                class="al-bar"
                x={0}
                y={top + 20}
                width={Math.max(1, x(Number(group[measure])))}
                height={BAR}
                rx={2}
              />
              {old === null ? null : (
                <path
                  class="al-before"
                  d={`M0.75 ${top + 19.25}H${Math.max(1.5, x(before(group)) - 0.75)}V${top + 20.75 + BAR}H0.75`}
                />
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Labels whose texts gather several members. */
function groupable(view: ShareView): ShareView['labels'] {
  return view.labels.filter(({ texts }) => {
    const kinds = new Set(texts.map((text) => text.toLowerCase())).size;
    return kinds > 1 && kinds <= Math.max(2, texts.length * 0.7);
  });
}

/** A text that is not wider than the room that it has, at 13 px. */
function fitted(text: string, room: number): string {
  let width = 0;
  let end = 0;
  for (const point of text) {
    width += point > '\u2e80' ? 13 : 7;
    if (width > room) return `${text.slice(0, end)}…`;
    end += point.length;
  }
  return text;
}
