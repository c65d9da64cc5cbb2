import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../support/builds.ts';

/** What webpack/chunks.mjs writes. */
interface Report {
  readonly chunks: readonly { readonly files: readonly string[]; readonly modules: readonly string[] }[];
  readonly groups: readonly Group[];
}

interface Group {
  readonly kind: 'entry' | 'worker' | 'lazy';
  readonly chunks: readonly number[];
  readonly children: readonly number[];
}

export interface Parts {
  /** Files that the page loads at once. */
  readonly start: ReadonlySet<string>;
  /** Files that a worker loads at once, or for what is done with every change. */
  readonly worker: ReadonlySet<string>;
  /** What a worker loads in addition when something is paid or verified, */
  readonly audit: ReadonlySet<string>;
  /** when two runs are compared, */
  readonly compare: ReadonlySet<string>;
  /** when it is asked what would give another amount, */
  readonly would: ReadonlySet<string>;
  /** when the rules are reviewed, */
  readonly review: ReadonlySet<string>;
  /** when it is asked what the tables show, */
  readonly insight: ReadonlySet<string>;
  /** and, beside `audit`, when tables are refreshed from files. */
  readonly refresh: ReadonlySet<string>;
  /** Files of every page of the pane, with `start`, but the editor, those that have a part of their own, and the choice of a new rule sheet. */
  readonly pane: ReadonlySet<string>;
  /** What is loaded for the editor in addition. */
  readonly editor: ReadonlySet<string>;
  /** What is loaded for the insight's page in addition. */
  readonly insightPage: ReadonlySet<string>;
  /** What is loaded for the page of a refresh in addition. */
  readonly refreshPage: ReadonlySet<string>;
  /** What is loaded for the review's page in addition. */
  readonly reviewPage: ReadonlySet<string>;
  /** What is loaded in Excel to write rows of tables, and charts. */
  readonly excelExtra: ReadonlySet<string>;
  /** What is loaded in addition for the choice of a new rule sheet. */
  readonly packs: ReadonlySet<string>;
  /** Source files in the bundles, from the project's folder. */
  readonly modules: readonly string[];
}

/** What tells the chunks apart that a worker loads when they are asked for. */
const ASKED_FOR = {
  audit: /^src\/live\/auditing\.ts$/,
  compare: /^src\/live\/compareView\.ts$/,
  would: /^src\/live\/counterfactualView\.ts$/,
  review: /^src\/live\/reviewView\.ts$/,
  insight: /^src\/live\/insightView\.ts$/,
  refresh: /^src\/live\/refreshView\.ts$/,
} as const;
const EDITOR = /node_modules\/@codemirror\/view\//;
const PACKS = /^src\/taskpane\/pages\/rules\/packs\/NewSheet\.tsx$/;
const INSIGHT_PAGE = /^src\/taskpane\/pages\/insight\/Page\.tsx$/;
const REVIEW_PAGE = /^src\/taskpane\/pages\/review\/Page\.tsx$/;
const EXCEL_EXTRA = /^src\/workbook\/excel\/extra\.ts$/;
const REFRESH_PAGE = /^src\/taskpane\/pages\/refresh\/Page\.tsx$/;

/** The parts of a production build of the add-in. */
export function partsOf(build: string): Parts {
  const { chunks, groups }: Report = JSON.parse(
    readFileSync(path.join(ROOT, `dist/.chunks-${build}.json`), 'utf8'),
  );
  const filesOf = (wanted: readonly Group[]): ReadonlySet<string> =>
    new Set(wanted.flatMap((group) => group.chunks.flatMap((chunk) => chunks[chunk]?.files ?? [])));
  const has = (group: Group, pattern: RegExp): boolean =>
    group.chunks.some((chunk) => chunks[chunk]?.modules.some((module) => pattern.test(module)));
  const isEditor = (group: Group): boolean => has(group, EDITOR);
  const isInsight = (group: Group): boolean => has(group, INSIGHT_PAGE);
  const isRefresh = (group: Group): boolean => has(group, REFRESH_PAGE);
  const isReview = (group: Group): boolean => has(group, REVIEW_PAGE);
  const isExtra = (group: Group): boolean => has(group, EXCEL_EXTRA);
  const isPacks = (group: Group): boolean => has(group, PACKS);
  const behind = (from: readonly Group[], without: (group: Group) => boolean): readonly Group[] => {
    const reached = new Set<Group>();
    const queue = [...from];
    for (let group = queue.pop(); group !== undefined; group = queue.pop()) {
      if (reached.has(group) || without(group)) continue;
      reached.add(group);
      queue.push(...group.children.flatMap((child) => groups[child] ?? []));
    }
    return [...reached];
  };
  const entries = groups.filter(({ kind }) => kind === 'entry');
  const isWorker = ({ kind }: Group): boolean => kind === 'worker';
  const asked = [isEditor, isInsight, isRefresh, isReview, isExtra, isPacks];
  const pane = filesOf(behind(entries, (group) => isWorker(group) || asked.some((is) => is(group))));
  const beyond = (wanted: (group: Group) => boolean): ReadonlySet<string> => {
    const others = asked.filter((is) => is !== wanted);
    const files = filesOf(behind(entries, (group) => isWorker(group) || others.some((is) => is(group))));
    return new Set([...files].filter((file) => !pane.has(file)));
  };
  const ofWorker = (without: readonly RegExp[]): ReadonlySet<string> =>
    filesOf(behind(groups.filter(isWorker), (group) => without.some((pattern) => has(group, pattern))));
  const worker = ofWorker(Object.values(ASKED_FOR));
  type Part = keyof typeof ASKED_FOR;
  /** `behind`: the part that has been loaded before. */
  const inAddition = (part: Part, behind: Part | null = null): ReadonlySet<string> => {
    const own = [ASKED_FOR[part], ...(behind === null ? [] : [ASKED_FOR[behind]])];
    const others = Object.values(ASKED_FOR).filter((pattern) => !own.includes(pattern));
    const before = behind === null ? worker : inAddition(behind);
    return new Set([...ofWorker(others)].filter((file) => !worker.has(file) && !before.has(file)));
  };
  return {
    start: filesOf(entries),
    worker,
    audit: inAddition('audit'),
    compare: inAddition('compare'),
    would: inAddition('would'),
    review: inAddition('review'),
    insight: inAddition('insight'),
    refresh: inAddition('refresh', 'audit'),
    pane,
    editor: beyond(isEditor),
    insightPage: beyond(isInsight),
    refreshPage: beyond(isRefresh),
    reviewPage: beyond(isReview),
    excelExtra: beyond(isExtra),
    packs: beyond(isPacks),
    modules: chunks.flatMap(({ modules }) => modules),
  };
}

/** KiB of files together, each compressed as a server would. */
export function kib(folder: string, files: ReadonlySet<string>): number {
  const bytes = [...files].map(
    (file) => gzipSync(readFileSync(path.join(folder, file)), { level: 9 }).length,
  );
  return bytes.reduce((sum, size) => sum + size, 0) / 1024;
}
