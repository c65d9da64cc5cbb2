import { describe, expect, it } from 'vitest';
import {
  catalogue,
  functionsTable,
  METADATA_FILES,
  metadata,
  metadataText,
} from '../../src/functions/catalogue.ts';
import { functionNames } from '../../src/functions/names.ts';
import { FUNCTION_IDS, SHAPES } from '../../src/functions/shapes.ts';

const EN = metadata('en', 'https://example.test/functions.html');
const ZH = metadata('zh-CN', 'https://example.test/functions.zh-CN.html');

/** Functions of Excel 4 macro sheets: no custom function may be called like one. */
const MACRO = `
  A1.R1C1 ABSREF ACTIVATE ACTIVE.CELL ADD.BAR ADD.COMMAND ADD.MENU ADD.TOOL ALERT ALIGNMENT APP.TITLE APPLY.NAMES APPLY.STYLE
  ARGUMENT ARRANGE.ALL ASSIGN.TO.OBJECT ATTACH.TEXT AUTO.OUTLINE BEEP BORDER BREAK BRING.TO.FRONT CALCULATE CALCULATION CALL
  CALLER CANCEL.COPY CANCEL.KEY CELL.PROTECTION CHART.WIZARD CHECK.COMMAND CLEAR CLOSE COLOR.PALETTE COLUMN.WIDTH COMBINATION
  CONSOLIDATE CONSTRAIN.NUMERIC COPY CREATE.NAMES CREATE.OBJECT CUSTOM.REPEAT CUSTOM.UNDO CUT DATA.FORM DATA.SERIES
  DEFINE.NAME DEFINE.STYLE DELETE.BAR DELETE.FORMAT DELETE.NAME DEMOTE DEREF DIALOG.BOX DIRECTORIES DIRECTORY DISPLAY DOCUMENTS
  DUPLICATE ECHO EDIT.DELETE EDIT.REPEAT EDIT.SERIES EDITION.OPTIONS ELSE ELSE.IF ENABLE.COMMAND ENABLE.TOOL END.IF ENTER.DATA ERROR
  EVALUATE EXEC EXECUTE EXTEND.POLYGON EXTRACT FCLOSE FILE.CLOSE FILE.DELETE FILES FILL.AUTO FILL.DOWN FILTER.ADVANCED FOPEN FOR
  FOR.CELL FORMAT.FONT FORMAT.NUMBER FORMULA FORMULA.ARRAY FORMULA.CONVERT FORMULA.FILL FORMULA.FIND FORMULA.GOTO FPOS FREAD
  FREADLN FREEZE.PANES FSIZE FULL FWRITE FWRITELN GALLERY.AREA GET.BAR GET.CELL GET.CHART.ITEM GET.DEF GET.DOCUMENT GET.FORMULA
  GET.LINK.INFO GET.NAME GET.NOTE GET.OBJECT GET.WINDOW GET.WORKBOOK GET.WORKSPACE GOTO GRIDLINES GROUP HALT HELP HIDE HLINE HPAGE
  HSCROLL INITIATE INPUT INSERT INSERT.OBJECT JUSTIFY LAST.ERROR LEGEND LINE.PRINT LINK.FORMAT LINKS LIST.NAMES MACRO.OPTIONS
  MAIN.CHART MENU.EDITOR MERGE.STYLES MESSAGE MOVE.TOOL NAMES NEW NEXT NOTE OBJECT.PROPERTIES OBJECT.PROTECTION ON.DATA ON.ENTRY ON.KEY
  ON.RECALC ON.TIME ON.WINDOW OPEN OPEN.LINKS OPTIONS.VIEW OUTLINE OVERLAY PAGE.SETUP PARSE PASTE PASTE.LINK PASTE.NOTE PATTERNS PAUSE
  POKE PRECISION PREFERRED PRESS.TOOL PRINT PRINT.PREVIEW PROMOTE PROTECT.DOCUMENT QUIT RANK.EACH REFTEXT REGISTER REGISTER.ID RELREF
  REMOVE.PAGE.BREAK RENAME.COMMAND REPLACE.FONT REPORT.DEFINE REQUEST RESET.TOOL RESTART RESULT RESUME RETURN ROUTE.DOCUMENT ROW.HEIGHT
  RUN SAVE SAVE.AS SAVE.COPY.AS SCALE SCENARIO.ADD SELECT SELECT.ALL SELECT.SPECIAL SELECTION SEND.KEYS SEND.TO.BACK SERIES SET.NAME
  SET.PAGE.BREAK SET.VALUE SHOW.BAR SHOW.DETAIL SIZE SOLVER.ADD SORT SPELLING SPLIT STANDARD.FONT STEP STYLE SUBSCRIBE.TO
  SUBTOTAL.CREATE TABLE TERMINATE TEXT.BOX TEXTREF UNDO UNGROUP UNHIDE UNLOCKED.NEXT UNREGISTER UPDATE.LINK VIEW.3D VOLATILE VPAGE
  VSCROLL WAIT WHILE WINDOW.SIZE WINDOWS WORKBOOK.ADD WORKGROUP WORKSPACE ZOOM
`
  .trim()
  .split(/\s+/);

describe('the metadata', () => {
  it('has the nine functions', () => {
    expect(EN.functions.map(({ id }) => id)).toEqual([
      'SUPPORTSCORE',
      'RULE',
      'BAND',
      'STATEMENT',
      'EXPLAIN',
      'PROBLEMS',
      'ALLOCATE',
      'WEIGHTED',
      'STEPS',
    ]);
  });

  it('is one thing in two languages: ids, names and shapes are the same', () => {
    const shape = (functions: typeof EN.functions) =>
      functions.map(({ id, name, parameters, result, options }) => ({
        id,
        name,
        result,
        options,
        parameters: parameters.map((parameter) => ({ ...parameter, description: '' })),
      }));
    expect(shape(ZH.functions)).toEqual(shape(EN.functions));
  });

  it('describes every function and argument, in each language', () => {
    for (const [file, chinese] of [
      [EN, false],
      [ZH, true],
    ] as const) {
      const said = file.functions.flatMap(({ description, parameters }) => [
        description,
        ...parameters.map((parameter) => parameter.description),
      ]);
      expect(said.filter((text) => text.trim() === '')).toEqual([]);
      expect(
        said.filter((text) => /[\u4e00-\u9fff]/.test(text.replace(/支撑评分|支撑效能/g, '')) !== chinese),
      ).toEqual([]);
    }
  });

  it('points every function to its own part of the help page', () => {
    for (const [file, language] of [
      [EN, 'en'],
      [ZH, 'zh-CN'],
    ] as const) {
      const anchors = file.functions.map(({ helpUrl }) => new URL(helpUrl).hash.slice(1));
      expect(new Set(anchors).size).toBe(FUNCTION_IDS.length);
      expect(anchors).toEqual(catalogue(language).map(({ anchor }) => anchor));
    }
    expect(EN.functions[0]?.helpUrl).toBe('https://example.test/functions.html#supportscore');
  });

  it('names arguments once each, those that may be left out last', () => {
    for (const { parameters } of EN.functions) {
      expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length);
      const optional = parameters.map((parameter) => parameter.optional === true);
      expect(optional).toEqual([...optional].sort((a, b) => Number(a) - Number(b)));
    }
  });

  it('has spilling and streaming where the functions have them', () => {
    const of = (id: string) => EN.functions.find((one) => one.id === id);
    // A function that is told to stream may not be `cancelable` too: its invocation is so already.
    expect([of('RULE')?.result.dimensionality, of('RULE')?.options]).toEqual(['matrix', { stream: true }]);
    expect([of('SUPPORTSCORE')?.result.dimensionality, of('SUPPORTSCORE')?.options]).toEqual([
      'scalar',
      { stream: true },
    ]);
    expect(of('ALLOCATE')?.options).toBeUndefined();
    expect(
      of('ALLOCATE')?.parameters.map(({ name, dimensionality, optional }) => [
        name,
        dimensionality,
        optional,
      ]),
    ).toEqual([
      ['pool', 'scalar', undefined],
      ['weights', 'matrix', undefined],
      ['floors', 'matrix', true],
      ['caps', 'matrix', true],
      ['unit', 'scalar', true],
      ['keys', 'matrix', true],
    ]);
    expect(JSON.stringify(EN)).not.toContain('volatile');
  });

  it('is written as JSON, one file a language', () => {
    expect(METADATA_FILES).toEqual({ en: 'functions.json', 'zh-CN': 'functions.zh-CN.json' });
    expect(JSON.parse(metadataText('en', 'https://example.test/functions.html'))).toEqual(EN);
  });
});

describe('the names', () => {
  it.each(FUNCTION_IDS.map((id) => [id]))(
    '%s may be a function: not short, no cell, nothing of Excel 4',
    (id) => {
      expect(id).toMatch(/^[A-Z]{3,}$/);
      expect(SHAPES[id].id).toBe(id);
      expect(MACRO).not.toContain(id);
    },
  );

  it('stand in the workbook as LAMBDAs around the functions', () => {
    const names = functionNames();
    expect(names.map(({ name }) => name)).toEqual([...FUNCTION_IDS]);
    const of = (name: string) => names.find((one) => one.name === name)?.formula;
    expect(of('STEPS')).toBe('=LAMBDA(x,size,ALLOT.STEPS(x,size))');
    expect(of('PROBLEMS')).toBe('=LAMBDA(ALLOT.PROBLEMS())');
    expect(of('SUPPORTSCORE')).toBe(
      '=LAMBDA(member,[column],[as_of],ALLOT.SUPPORTSCORE(member,IF(ISOMITTED(column),"",column),IF(ISOMITTED(as_of),"",as_of)))',
    );
    expect(of('RULE')).toBe(
      '=LAMBDA(name,[key],[as_of],IF(ISOMITTED(key),ALLOT.RULE(name,,IF(ISOMITTED(as_of),"",as_of)),ALLOT.RULE(name,key,IF(ISOMITTED(as_of),"",as_of))))',
    );
  });
});

describe('what people read', () => {
  it('is a table with a row for each function', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const lines = functionsTable(language).trimEnd().split('\n');
      expect(lines).toHaveLength(2 + FUNCTION_IDS.length);
      expect(lines.every((line) => /^\|.*\|$/.test(line) && line.match(/(?<!\\)\|/g)?.length === 3)).toBe(
        true,
      );
    }
    expect(functionsTable('en')).toContain('| `=ALLOT.STEPS(x, size)` |');
  });

  it('has an example of each function that calls it with as many arguments as it takes', () => {
    for (const { id, example, parameters } of catalogue('en')) {
      const [, called, given = ''] = /^=ALLOT\.([A-Z]+)\((.*)\)$/.exec(example) ?? [];
      expect(called).toBe(id);
      const count = given === '' ? 0 : given.split(',').length;
      expect(count).toBeLessThanOrEqual(parameters.length);
      expect(count).toBeGreaterThanOrEqual(parameters.filter(({ optional }) => !optional).length);
    }
  });
});
