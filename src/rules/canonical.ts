import type { Expression } from '../../grammar/tree.ts';
import { foldName } from '../../grammar/tree.ts';
import { exactText, parseDecimal } from '../exact/decimal.ts';
import { MAX_DIGITS, rational } from '../exact/rational.ts';

/** `0.12` and `12%` are one number. */
function numberText(digits: string, percent: boolean): string {
  const plain = digits.length <= MAX_DIGITS ? parseDecimal(digits) : null;
  return plain === null ? digits : exactText(percent ? rational(plain.n, plain.d * 100n) : plain);
}

/**
 * A text that two expressions share exactly when they are the same expression: however their names are spelled,
 * whatever white space and parentheses they have. Conditions are compared by it (versions of a column).
 */
export function canonical(node: Expression | null): string {
  if (node === null) return '';
  switch (node.kind) {
    case 'number':
      return numberText(node.digits, node.percent);
    case 'text':
      return JSON.stringify(node.value.toLowerCase());
    case 'date':
      return node.value;
    case 'logical':
      return String(node.value);
    case 'blank':
      return 'blank';
    case 'asOf':
      return 'as_of';
    case 'name':
      return `[${foldName(node.name)}]`;
    case 'thisRow':
      return `[@${foldName(node.column)}]`;
    case 'tableColumn':
      return `${foldName(node.table.text)}[${foldName(node.column.text)}]`;
    case 'unary':
      return `(${node.operator} ${canonical(node.operand)})`;
    case 'binary':
      return `(${canonical(node.left)} ${node.operator} ${canonical(node.right)})`;
    case 'in':
      return `(${canonical(node.operand)} in ${node.list.map(canonical).join()})`;
    case 'call':
      return `${foldName(node.name.text)}(${node.args.map(canonical).join()} by ${canonical(node.by)} where ${canonical(node.where)})`;
    case 'group':
      return canonical(node.inner);
    default: {
      const never: never = node;
      return never;
    }
  }
}
