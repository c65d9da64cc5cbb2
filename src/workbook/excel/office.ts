/**
 * What the adapter takes from Office.js. In Excel these are the globals of that name; tests bring others.
 */
export interface OfficeGlobals {
  readonly Excel: Pick<typeof Excel, 'run' | 'createWorkbook'>;
  readonly Office: {
    readonly context: {
      readonly document: Pick<Office.Document, 'url' | 'getFileAsync'>;
      readonly requirements: Pick<Office.RequirementSetSupport, 'isSetSupported'>;
    };
    readonly FileType: Pick<typeof Office.FileType, 'Compressed'>;
  };
}

export interface RequirementSet {
  readonly name: string;
  readonly version: string;
}

/** What the host has to have: the manifest asks for the same. */
export const REQUIREMENT_SETS: readonly RequirementSet[] = [
  { name: 'ExcelApi', version: '1.13' },
  { name: 'CustomFunctionsRuntime', version: '1.3' },
  { name: 'SharedRuntime', version: '1.1' },
];

/** What is used where the host has it (only in `optional.ts`). */
export const OPTIONAL_SETS: readonly RequirementSet[] = [{ name: 'ExcelApi', version: '1.20' }];

/** The requirement sets that the host lacks of those that are needed, as people would look them up: `ExcelApi 1.13`. */
export function missingRequirements(
  requirements: Pick<Office.RequirementSetSupport, 'isSetSupported'> = Office.context.requirements,
): readonly string[] {
  return REQUIREMENT_SETS.filter((set) => !requirements.isSetSupported(set.name, set.version)).map(
    (set) => `${set.name} ${set.version}`,
  );
}
