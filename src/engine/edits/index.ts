/** Results that follow edits of cells, without evaluating what they don't touch. */
export {
  type CellChange,
  type CellContent,
  changesBetween,
  editedWorkbook,
  type TableChange,
} from './change.ts';
export { type Editable, type EditResult, type EditStats, startEditable } from './editable.ts';
