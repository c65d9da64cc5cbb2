/** The door of this room: parse, print, and turn text into sheets and back. */

export { parseRules } from './assemble.ts';
export * from './keywords.ts';
export * from './lines.ts';
export { expressionText, nameText } from './print-expression.ts';
export { formatRules, languageOf, type PrintOptions, printRules } from './printer.ts';
export * from './tree.ts';
