import type { Language as Keywords } from '../../../../../grammar/keywords.ts';
import broadcast from '../../../../../samples/packs/broadcast/rules.allot?raw';
import broadcastZh from '../../../../../samples/packs/broadcast/zh-CN/rules.allot?raw';
import internet from '../../../../../samples/packs/internet/rules.allot?raw';
import internetZh from '../../../../../samples/packs/internet/zh-CN/rules.allot?raw';
import manufacturing from '../../../../../samples/packs/manufacturing/rules.allot?raw';
import manufacturingZh from '../../../../../samples/packs/manufacturing/zh-CN/rules.allot?raw';
import retail from '../../../../../samples/packs/retail/rules.allot?raw';
import retailZh from '../../../../../samples/packs/retail/zh-CN/rules.allot?raw';
import type { Language } from '../../../../problems/messages/index.ts';

export type PackId = 'broadcast' | 'manufacturing' | 'retail' | 'internet';

/** Ready rules for a trade, and what they need. Its tables' data lie in `samples/packs/`. */
export interface Pack {
  readonly id: PackId;
  readonly name: Readonly<Record<Language, string>>;
  /** What it pays, in one sentence. */
  readonly about: Readonly<Record<Language, string>>;
  /** The rules by the language of their keywords and notes. */
  readonly rules: Readonly<Record<Keywords, string>>;
  readonly tables: readonly NeededTable[];
}

export interface NeededTable {
  readonly table: string;
  readonly columns: readonly string[];
}

const needs = (table: string, ...columns: readonly string[]): NeededTable => ({ table, columns });

export const PACKS: readonly Pack[] = [
  {
    id: 'broadcast',
    name: { en: 'Broadcast network', 'zh-CN': '广电网络' },
    about: {
      en: 'The front end earns commission in tiers and pays the back end for its support, region by region.',
      'zh-CN': '前端销售分段提成，并按区域拿出一部分奖励后端支撑。',
    },
    rules: { en: broadcast, zh: broadcastZh },
    tables: [
      needs('Staff', 'Id', 'Region', 'Side', 'Grade'),
      needs('Regions', 'Region', 'Reward cap'),
      needs('Grades', 'Grade', 'Base pay'),
      needs('Sales', 'Sale', 'Sold on', 'Seller', 'Amount'),
      needs('Tickets', 'Ticket', 'Engineer', 'Opened', 'Answered', 'Solved at'),
      needs('Feedback', 'Feedback', 'Rated on', 'About', 'Rating'),
    ],
  },
  {
    id: 'manufacturing',
    name: { en: 'Manufacturing', 'zh-CN': '制造业' },
    about: {
      en: 'Shifts, overtime and night allowance by the hour, and a bonus of the line for good units.',
      'zh-CN': '按班次计工时、加班和中夜班津贴，产线按合格品分奖金。',
    },
    rules: { en: manufacturing, zh: manufacturingZh },
    tables: [
      needs('Staff', 'Id', 'Team', 'Skill', 'Hourly pay'),
      needs('Teams', 'Team', 'Bonus floor'),
      needs('ShiftKinds', 'Kind', 'Allowance'),
      needs('Shifts', 'Shift', 'Worker', 'Kind', 'Day type', 'Started', 'Ended'),
      needs('Output', 'Entry', 'Line', 'Made on', 'Units', 'Rejected'),
    ],
  },
  {
    id: 'retail',
    name: { en: 'Retail', 'zh-CN': '零售' },
    about: {
      en: 'Commission in tiers, temporary staff by the hour, and a bonus of each store that reaches its target.',
      'zh-CN': '提成分段累进，临时工按小时计薪，门店达标分奖金。',
    },
    rules: { en: retail, zh: retailZh },
    tables: [
      needs('Staff', 'Id', 'Store', 'Contract', 'Monthly pay', 'Hourly pay'),
      needs('Stores', 'Store', 'Target'),
      needs('Hours', 'Entry', 'Worker', 'Worked on', 'Hours'),
      needs('Sales', 'Sale', 'Sold on', 'Seller', 'Amount'),
    ],
  },
  {
    id: 'internet',
    name: { en: 'Internet', 'zh-CN': '互联网' },
    about: {
      en: 'A quarter’s bonus by OKR and peer reviews, and flexible hours with core hours.',
      'zh-CN': '季度奖金看 OKR 和同事评价，弹性工时设核心时段。',
    },
    rules: { en: internet, zh: internetZh },
    tables: [
      needs('Staff', 'Id', 'Level'),
      needs('Levels', 'Level', 'Base pay', 'Bonus weight'),
      needs('KeyResults', 'Key result', 'Owner', 'Due', 'Weight', 'Progress'),
      needs('Reviews', 'Review', 'About', 'Rated on', 'Rating'),
      needs('Days', 'Entry', 'Person', 'Arrived', 'Left at'),
    ],
  },
];
