import type { JSX } from 'preact';

/** Shapes on a grid of 20, drawn with lines. */
const SHAPES = {
  error: ['M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15', 'M7.3 7.3l5.4 5.4', 'M12.7 7.3l-5.4 5.4'],
  warning: ['M10 3L2.5 16.5h15z', 'M10 8v4.2', 'M10 14.2v.4'],
  info: ['M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15', 'M10 9v5', 'M10 6.1v.4'],
  success: ['M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15', 'M6.6 10.3l2.4 2.4 4.6-5'],
  play: ['M6 4l10 6-10 6z'],
  check: ['M3.5 10.5l4 4 9-9'],
  stop: ['M5 5h10v10H5z'],
  close: ['M5 5l10 10', 'M15 5L5 15'],
  search: ['M8.5 3a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11', 'M12.6 12.6L17 17'],
  chevron: ['M7.5 4.5L13 10l-5.5 5.5'],
  previous: ['M12.5 4.5L7 10l5.5 5.5'],
  print: ['M6 7V3h8v4', 'M5.5 13.5H3V7h14v6.5h-2.5', 'M6 11.5h8V17H6z'],
  pin: ['M7 3h6l-.7 6 2.7 3H5l2.7-3z', 'M10 12v5.5'],
  cell: ['M3 4h14v12H3z', 'M3 10h14', 'M9 4v12'],
  help: [
    'M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15',
    'M7.8 8a2.3 2.3 0 1 1 3.3 2c-.8.5-1.1.9-1.1 1.8',
    'M10 14v.4',
  ],
  expand: ['M6 8l4-4 4 4', 'M6 12l4 4 4-4'],
  collapse: ['M6 3.5l4 4 4-4', 'M6 16.5l4-4 4 4'],
  person: ['M10 3a3.2 3.2 0 1 1 0 6.4A3.2 3.2 0 1 1 10 3', 'M3.8 17c.3-3.2 2.8-5 6.2-5s5.9 1.8 6.2 5'],
  calendar: ['M3 4.5h14V17H3z', 'M3 8.5h14', 'M6.5 2.5v4', 'M13.5 2.5v4'],
  copy: ['M7 7h10v10H7z', 'M13 7V3H3v10h4'],
  download: ['M10 3v10', 'M6 9.5l4 4 4-4', 'M4 17h12'],
  add: ['M10 4v12', 'M4 10h12'],
  undo: ['M7 4L3 8l4 4', 'M3 8h9a5 5 0 0 1 0 10H8'],
  save: ['M3.5 3.5h10l3 3v10h-13z', 'M6.5 16.5v-5h7v5', 'M7 3.5v3.5h5V3.5'],
  redo: ['M13 4l4 4-4 4', 'M17 8H8a5 5 0 0 0 0 10h4'],
  format: ['M3 4h14', 'M7 8h10', 'M7 12h7', 'M3 16h14'],
  keyboard: ['M2 5h16v10H2z', 'M5 8h.5', 'M8.5 8h.5', 'M12 8h.5', 'M15 8h.5', 'M6 12h8'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type IconName = keyof typeof SHAPES;

/** A small picture in the colour of the text; hidden from screen readers unless it has a label. */
export function Icon({
  name,
  label,
  slot,
  class: extra = '',
}: {
  readonly name: IconName;
  readonly label?: string;
  readonly slot?: string | undefined;
  readonly class?: string;
}): JSX.Element {
  return (
    <svg
      class={`icon icon-${name} ${extra}`}
      viewBox="0 0 20 20"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      slot={slot}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? 'true' : undefined}
    >
      {SHAPES[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
