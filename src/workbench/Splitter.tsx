const STEP = 20;
const LEAST = 320;
const MOST = 900;

/** The bar between grid and pane: dragged, or moved by the arrow keys. */
export function Splitter({
  width,
  label,
  onResize,
}: {
  readonly width: number;
  readonly label: string;
  readonly onResize: (width: number) => void;
}) {
  const within = (wanted: number): number => Math.round(Math.min(MOST, Math.max(LEAST, wanted)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule can't be moved
    <div
      class="bench-splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          onResize(within(window.innerWidth - event.clientX));
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onResize(within(width + STEP));
        else if (event.key === 'ArrowRight') onResize(within(width - STEP));
      }}
    />
  );
}
