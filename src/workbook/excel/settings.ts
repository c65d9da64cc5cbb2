import { isFunctionName } from '../functionNames.ts';
import type { FunctionName } from '../live.ts';
import { type ExcelApi, excelError } from './batch.ts';

/** Ours among the texts that add-ins keep in a workbook. */
const keyOf = (name: string): string => `Allot.${name}`;

/** A text kept in the workbook; null where there is none. */
export function readSetting(api: ExcelApi, name: string): Promise<string | null> {
  return api.read(async (context) => {
    const setting = context.workbook.settings.getItemOrNullObject(keyOf(name));
    setting.load('value');
    await context.sync();
    if (setting.isNullObject) return null;
    const value: unknown = setting.value;
    return typeof value === 'string' ? value : null;
  });
}

/** Keeps a text in the workbook, or takes it away. */
export function writeSetting(api: ExcelApi, name: string, value: string | null): Promise<void> {
  return api.write(async (context) => {
    const { settings } = context.workbook;
    if (value === null) {
      const setting = settings.getItemOrNullObject(keyOf(name));
      await context.sync();
      if (setting.isNullObject) return;
      setting.delete();
    } else settings.add(keyOf(name), value);
    await context.sync();
  });
}

/** Names of the workbook that stand for functions of ours. */
export function readFunctionNames(api: ExcelApi): Promise<readonly string[]> {
  return api.read(async (context) => {
    const { names } = context.workbook;
    names.load('items/name,items/formula');
    await context.sync();
    return names.items.filter((one) => isFunctionName(String(one.formula))).map((one) => one.name);
  });
}

/** Adds or takes away such names, all or none; gives those that are somebody else's. */
export function writeFunctionNames(
  api: ExcelApi,
  wanted: readonly FunctionName[],
  present: boolean,
): Promise<readonly string[]> {
  return api.write(async (context) => {
    const { names } = context.workbook;
    names.load('items/name,items/formula');
    await context.sync();
    const there = new Map(names.items.map((one) => [one.name.toLowerCase(), one]));
    const others: string[] = [];
    const added: string[] = [];
    const changed = new Map<string, string>();
    for (const { name, formula } of wanted) {
      const item = there.get(name.toLowerCase());
      const old = item === undefined ? null : String(item.formula);
      if (old !== null && !isFunctionName(old)) others.push(name);
      else if (item === undefined || old === null) {
        if (present) added.push(name);
      } else if (!present || old !== formula) changed.set(item.name, old);
    }
    try {
      for (const { name, formula } of wanted) if (added.includes(name)) names.add(name, formula);
      for (const [name, old] of changed) {
        const formula = wanted.find((one) => one.name.toLowerCase() === name.toLowerCase())?.formula ?? old;
        if (present) names.getItem(name).formula = formula;
        else names.getItem(name).delete();
      }
      await context.sync();
    } catch (error) {
      await putNamesBack(context, added, changed);
      throw excelError(api.title(), error, 'not-written', 'names');
    }
    return others;
  });
}

async function putNamesBack(
  context: Excel.RequestContext,
  added: readonly string[],
  changed: ReadonlyMap<string, string>,
): Promise<void> {
  const { names } = context.workbook;
  const items = [...added, ...changed.keys()].map((name) => ({
    name,
    item: names.getItemOrNullObject(name),
  }));
  await context.sync();
  for (const { name, item } of items) {
    const old = changed.get(name);
    if (old === undefined) {
      if (!item.isNullObject) item.delete();
    } else if (item.isNullObject) names.add(name, old);
    else item.formula = old;
  }
  await context.sync();
}
