import {
  createUniver,
  type FUniver,
  type Injector,
  LocaleType,
  mergeLocales,
  type Univer,
} from '@univerjs/presets';
import {
  ArrayValueObject,
  BaseFunction,
  BooleanValueObject,
  ErrorType,
  ErrorValueObject,
  FormulaDataModel,
  FunctionType,
  IDescriptionService,
  IFunctionService,
  NumberValueObject,
  StringValueObject,
  UniverSheetsCorePreset,
} from '@univerjs/presets/preset-sheets-core';
import EN_US from '@univerjs/presets/preset-sheets-core/locales/en-US';
import ZH_CN from '@univerjs/presets/preset-sheets-core/locales/zh-CN';
import '@univerjs/presets/lib/styles/preset-sheets-core.css';
import type { Language } from '../problems/messages/index.ts';
import type { Engine } from './values.ts';

const LOCALES: Readonly<Record<Language, LocaleType>> = { en: LocaleType.EN_US, 'zh-CN': LocaleType.ZH_CN };

/** The engine of this build. */
export const ENGINE: Engine = {
  ArrayValueObject,
  BaseFunction,
  BooleanValueObject,
  ErrorType,
  ErrorValueObject,
  FormulaDataModel,
  FunctionType,
  IDescriptionService,
  IFunctionService,
  NumberValueObject,
  StringValueObject,
};

/** The grid, drawn into an element. */
export interface DrawnGrid {
  readonly api: FUniver;
  readonly injector: Injector;
  setLanguage(language: Language): void;
  setDark(dark: boolean): void;
  dispose(): void;
}

export function drawGrid(container: HTMLElement, language: Language, dark: boolean): DrawnGrid {
  const { univer, univerAPI: api }: { univer: Univer; univerAPI: FUniver } = createUniver({
    locale: LOCALES[language],
    darkMode: dark,
    locales: { [LocaleType.EN_US]: mergeLocales(EN_US), [LocaleType.ZH_CN]: mergeLocales(ZH_CN) },
    presets: [
      UniverSheetsCorePreset({
        container,
        ribbonType: 'simple',
        footer: { menus: false, statisticBar: true, sheetBar: true, zoomSlider: true },
        // A text that looks like a number is what it is: no marks all over the rules.
        disableTextFormatAlert: true,
        disableTextFormatMark: true,
        sheets: { disableForceStringAlert: true, disableForceStringMark: true },
      }),
    ],
  });
  return {
    api,
    injector: univer.__getInjector(),
    setLanguage: (spoken) => api.setLocale(LOCALES[spoken]),
    setDark: (on) => api.toggleDarkMode(on),
    dispose: () => univer.dispose(),
  };
}
