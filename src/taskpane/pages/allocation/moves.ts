export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that PageUp and PageDown move by. */
  readonly page: number;
}

/**
 * The cell that a key leads to, as in a sheet; row −1 is the head. Null for keys that lead nowhere. `far` (Ctrl) goes to
 * the ends of the table.
 */
export function moved(
  { row, column }: { readonly row: number; readonly column: number },
  key: string,
  far: boolean,
  { rows, columns, page }: Extent,
): { readonly row: number; readonly column: number } | null {
  const last = rows - 1;
  const at = (r: number, c: number) => ({
    row: Math.max(-1, Math.min(last, r)),
    column: Math.max(0, Math.min(columns - 1, c)),
  });
  switch (key) {
    case 'ArrowDown':
      return at(far ? last : row + 1, column);
    case 'ArrowUp':
      return at(far ? Math.min(0, last) : row - 1, column);
    case 'ArrowRight':
      return at(row, far ? columns - 1 : column + 1);
    case 'ArrowLeft':
      return at(row, far ? 0 : column - 1);
    case 'PageDown':
      return at(row + page, column);
    case 'PageUp':
      return at(Math.max(Math.min(0, last), row - page), column);
    case 'Home':
      return far ? at(Math.min(0, last), 0) : at(row, 0);
    case 'End':
      return far ? at(last, columns - 1) : at(row, columns - 1);
    default:
      return null;
  }
}
