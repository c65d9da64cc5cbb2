/** What plays which part in the chain of demand, response, result and pay, by the names it goes by. */
export interface RoleNames {
  /** Names of the table, the likeliest first; folded as rules fold them. */
  readonly tables: readonly string[];
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Columns without which the table is of no use. */
  readonly needed: readonly string[];
}

const names = (text: string): readonly string[] => text.split('|').map((name) => name.trim());

const role = (tables: string, columns: Readonly<Record<string, string>>, needed: string): RoleNames => ({
  tables: names(tables),
  columns: Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, names(of)])),
  needed: needed.split(' '),
});

/** A sheet `Insight` goes before these names: see `roles.ts`. */
export const ROLE_NAMES = {
  people: role(
    'staff|employees|people|员工|人员|职工',
    {
      id: 'id|employee|employee id|staff id|工号|员工编号|编号',
      department: 'department|team|部门|班组',
      post: 'post|position|job|岗位|职位',
      grade: 'grade|level|岗位等级|等级|职级',
    },
    'id',
  ),
  tickets: role(
    'tickets|work orders|工单|任务单',
    {
      key: 'ticket|ticket no|id|number|工单号|工单编号|编号',
      actor: 'engineer|assigned to|handler|owner|处理人|工程师|受派人',
      start: 'opened|created|submitted|提交时间|创建时间|派单时间|开单时间',
      answered: 'answered|first response|responded|首次响应|响应时间|首次响应时间',
      solved: 'solved at|resolved|resolved at|closed|解决时间|办结时间|关闭时间',
      kind: 'service|kind|category|业务类型|类型|类别',
    },
    'start',
  ),
  expenses: role(
    'expenses|reimbursements|approvals|报销|审批',
    {
      key: 'expense|id|number|单号|报销单号|编号',
      actor: 'approver|approved by|审批人',
      start: 'submitted|requested|申请时间|提交时间',
      answered: 'approved|approved at|审批时间|批准时间',
      kind: 'request|kind|category|申请类型|类型|类别',
    },
    'start answered',
  ),
  complaints: role(
    'complaints|投诉|投诉单',
    {
      key: 'complaint|complaint no|id|投诉单号|投诉编号|编号',
      start: 'received|opened|received on|受理时间|投诉时间',
      ticket: 'ticket no|ticket|对应工单|工单号',
      resolved: 'resolved|solved|已解决|是否解决',
      repeat: 'repeat|repeated|二次投诉|重复投诉',
    },
    'start',
  ),
  sales: role(
    'sales|orders|业务|销售',
    {
      day: 'booked on|sold on|date|入账日期|办理日期|日期',
      quantity: 'quantity|units|sold|数量|办理量',
      actor: 'seller|sold by|办理人|销售人',
    },
    'day quantity',
  ),
  satisfaction: role(
    'satisfaction|surveys|满意度|回访',
    { day: 'asked on|date|回访日期|日期', rating: 'rating|score|评分值|评分|满意度' },
    'day rating',
  ),
  cooperation: role(
    'cooperation|polls|协作调查|协作',
    {
      day: 'polled on|date|调查日期|日期',
      asked: 'asked|people asked|受访人数|调查人数',
      content: 'content|satisfied|满意人数',
    },
    'day asked content',
  ),
  customers: role(
    'customers|users|客户|用户',
    { joined: 'joined|since|入网日期', taken: '5g since|5g on|5g开通日期|5g日期' },
    'taken',
  ),
  daily: role(
    'dailycomplaints|daily complaints|每日投诉',
    {
      day: 'calendar day|day|date|日期',
      count: 'received count|count|complaints|投诉量|数量',
    },
    'day count',
  ),
} as const satisfies Record<string, RoleNames>;

export type RoleName = keyof typeof ROLE_NAMES;
