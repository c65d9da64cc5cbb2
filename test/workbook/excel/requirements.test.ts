import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import {
  missingRequirements,
  OPTIONAL_SETS,
  REQUIREMENT_SETS,
  type RequirementSet,
} from '../../../src/workbook/excel/office.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const FOLDER = path.join(ROOT, 'src/workbook/excel');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));

/** A member of Office.js and the requirement set of its declaration. */
interface Used {
  readonly file: string;
  readonly member: string;
  readonly set: RequirementSet | null;
}

/** `ExcelApi 1.1 for get, 1.8 for set`: the highest of the versions that are named. */
function setOf(note: string): RequirementSet | null {
  const [, name, rest] = /^\s*(\w+)\s+(.*)$/s.exec(note) ?? [];
  const versions = [...(rest ?? '').matchAll(/\b(\d+)\.(\d+)\b/g)].map(([, major, minor]) => [
    Number(major),
    Number(minor),
  ]);
  const [highest] = versions.sort(([a = 0, b = 0], [c = 0, d = 0]) => c - a || d - b);
  return name === undefined || highest === undefined ? null : { name, version: highest.join('.') };
}

/** The members of Office.js that the adapter's files name, each with its note. */
function membersUsed(): readonly Used[] {
  const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const program = ts.createProgram(
    FILES.map((file) => path.join(FOLDER, file)),
    { ...options, types: ['office-js', 'custom-functions-runtime', 'node'] },
  );
  const checker = program.getTypeChecker();
  const used: Used[] = [];

  function note(file: string, name: string, symbol: ts.Symbol | undefined): void {
    for (const declaration of symbol?.declarations ?? []) {
      if (!declaration.getSourceFile().fileName.includes('@types/office-js')) continue;
      const { parent } = declaration;
      const owner =
        ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent) ? (parent.name?.text ?? '') : '';
      used.push({ file, member: `${owner}.${name}`, set: apiSet(declaration) });
      return;
    }
  }

  function visit(file: string, node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node))
      note(file, node.name.text, checker.getSymbolAtLocation(node.name));
    else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = node.propertyName ?? node.name;
      if (ts.isIdentifier(name))
        note(file, name.text, checker.getTypeAtLocation(node.parent).getProperty(name.text));
    } else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
      const type = checker.getContextualType(node.parent);
      note(file, node.name.text, type?.getProperty(node.name.text));
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [argument] = node.arguments;
      if (node.expression.name.text === 'load' && argument !== undefined)
        loaded(file, node.expression, argument);
    }
    ts.forEachChild(node, (child) => visit(file, child));
  }

  /** What is named in texts: `load('items/name,items/id')`. */
  function loaded(file: string, callee: ts.PropertyAccessExpression, argument: ts.Expression): void {
    const texts: string[] = [];
    const collect = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) texts.push(node.text);
      ts.forEachChild(node, collect);
    };
    collect(argument);
    for (const one of texts.flatMap((text) => text.split(','))) {
      let type = checker.getTypeAtLocation(callee.expression);
      for (const part of one.trim().split('/')) {
        const property = type.getProperty(part);
        if (property === undefined) throw new Error(`${file}: there is no ${part} to be loaded`);
        note(file, part, property);
        const declared = checker.getTypeOfSymbol(property);
        type = checker.isArrayType(declared)
          ? (checker.getTypeArguments(declared as ts.TypeReference)[0] ?? declared)
          : declared;
      }
    }
  }

  for (const file of FILES) {
    const source = program.getSourceFile(path.join(FOLDER, file));
    if (source === undefined) throw new Error(`no ${file}`);
    visit(file, source);
  }
  return used;
}

/** The note of a declaration: its own, or that of the class in which it stands. */
function apiSet(declaration: ts.Node): RequirementSet | null {
  for (let node = declaration; !ts.isSourceFile(node) && !ts.isModuleBlock(node); node = node.parent) {
    const text = node.getSourceFile().text.slice(node.getFullStart(), node.getStart());
    const found = /\[Api set: ([^\]]*)\]/.exec(text);
    if (found !== null) return setOf(found[1] ?? '');
  }
  return null;
}

function within(set: RequirementSet, sets: readonly RequirementSet[]): boolean {
  return sets.some((one) => {
    const [a = 0, b = 0] = one.version.split('.').map(Number);
    const [c = 0, d = 0] = set.version.split('.').map(Number);
    return one.name === set.name && (a > c || (a === c && b >= d));
  });
}

describe('the requirement sets of the adapter', () => {
  const used = membersUsed();

  it('are those of all members of Office.js that it names', () => {
    // Enough to be sure that members are found at all, loaded ones too.
    const names = new Set(used.map((one) => one.member));
    for (const member of [
      'Range.values',
      'Table.resize',
      'WorksheetCollection.onCalculated',
      'NamedItem.formula',
      'TableColumnCollection.add',
    ])
      expect(names).toContain(member);
    const beyond = used.filter(
      ({ file, set }) => set !== null && file !== 'optional.ts' && !within(set, REQUIREMENT_SETS),
    );
    expect(beyond).toEqual([]);
  });

  it('are not higher than they need be', () => {
    const needed = used.filter(({ file, set }) => file !== 'optional.ts' && set?.name === 'ExcelApi');
    const highest = Math.max(...needed.map(({ set }) => Number(set?.version.split('.')[1])));
    expect(REQUIREMENT_SETS.find((set) => set.name === 'ExcelApi')?.version).toBe(`1.${highest}`);
  });

  it('leave the rest to optional.ts, which asks first', () => {
    const optional = used.filter(({ file, set }) => file === 'optional.ts' && set !== null);
    expect(
      optional.filter(({ set }) => set !== null && !within(set, REQUIREMENT_SETS)).length,
    ).toBeGreaterThan(1);
    expect(optional.filter(({ set }) => set !== null && !within(set, OPTIONAL_SETS))).toEqual([]);
    const text = readFileSync(path.join(FOLDER, 'optional.ts'), 'utf8');
    for (const { set } of optional)
      if (set !== null && !within(set, REQUIREMENT_SETS))
        expect(text).toContain(`has(globals, '${set.version}')`);
  });

  it('are named where the host lacks them', () => {
    const old = { isSetSupported: (name: string) => name !== 'ExcelApi' };
    const [api] = REQUIREMENT_SETS;
    expect(missingRequirements(old)).toEqual([`${api?.name} ${api?.version}`]);
    expect(missingRequirements({ isSetSupported: () => true })).toEqual([]);
  });

  const manifest = path.join(ROOT, 'manifest.xml');
  it.runIf(existsSync(manifest))('are those of the manifest', () => {
    const xml = readFileSync(manifest, 'utf8');
    const asked = [...xml.matchAll(/<(?:\w+:)?Set\s[^>]*>/g)].map(([tag]) => ({
      name: /\bName="([^"]*)"/.exec(tag)?.[1] ?? '',
      version: /\bMinVersion="([^"]*)"/.exec(tag)?.[1] ?? '',
    }));
    for (const set of REQUIREMENT_SETS) {
      const same = asked.filter((one) => one.name === set.name);
      expect(same.length, `${set.name} in the manifest`).toBeGreaterThan(0);
      for (const one of same) expect(one).toEqual(set);
    }
  });
});
