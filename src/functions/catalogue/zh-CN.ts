import type { FunctionTexts } from './texts.ts';

const AS_OF = '计薪日，决定哪些规则有效。省略时取窗格“计算”页所设日期。';

export const ZH_CN: FunctionTexts = {
  title: 'Allot 的函数',
  introduction: [
    '前六个函数按本工作簿中的规则取值，随每次计算和每次修改自动更新，窗格关闭时也一样。省略 as_of 时取窗格“计算”页所设、保存在工作簿中的计薪日；尚未设置时显示 #N/A，规则或数据有错误时显示 #VALUE!，错误提示说明第一个问题。',
    '后三个函数只按自己的参数精确计算，除说明中写明之处外不作任何舍入。',
    '日期可以用日期单元格、DATE(…) 或 "2026-03-31" 这样的文本；结果为日期时返回序列号，请把单元格设为日期格式。',
    '需要整张表时，用一个溢出的公式比逐行写公式快得多：在数据表旁写 =ALLOT.RULE("支撑奖励") 即得到整列。',
    '2024 年夏季以前的 Excel 版本把空单元格作为 0 传给这类函数。在空白与 0 含义不同之处（caps、WEIGHTED 的 values），请把区域写成 IF(区域="","",区域)。',
    '在采用 1904 日期系统的工作簿中，以数字表示的日期在参数和结果中都相差四年零一天：参数请用文本写日期，日期结果请减去 1462。',
  ],
  headings: { function: '函数', gives: '结果', optional: '（可省略）', example: '示例：' },
  functions: {
    SUPPORTSCORE: {
      description: '按本工作簿的规则取某人的支撑评分；没有评分覆盖此人时为空白。',
      parameters: {
        member: '此人在数据表中的编号，如 "E1007"。',
        column:
          '要取的列，如 "支撑评分" 或 "员工[支撑评分]"。省略时取名为 support_score、support、支撑评分 或 支撑效能 的评分。',
        as_of: AS_OF,
      },
      example: '=ALLOT.SUPPORTSCORE("E1007")',
      notes: ['编号的匹配方式与规则相同：不区分大小写；文本 "7" 不等于数字 7。'],
    },
    RULE: {
      description: '规则中的值：单值规则、某列在某一行的值；省略编号时为整列。',
      parameters: {
        name: '规则或列的名称，如 "待分配总额"、"支撑奖励"；多个数据表都有该列时写 "员工[支撑奖励]"。',
        key: '行的编号。省略时溢出整列，与工作表中数据表的行一一对应。',
        as_of: AS_OF,
      },
      example: '=ALLOT.RULE("支撑奖励", "E08")',
      notes: ['整列从标题下一行开始，工作表的每一行对应一行，可直接放在数据表旁边。不计入规则的行为空白。'],
    },
    BAND: {
      description: '规则中的分档在某个数字、日期或文本处的值；超出没有“其余”的分档时为空白。',
      parameters: {
        band: '分档的名称，如 "响应得分"。',
        value: '要查的数字、日期或文本。',
        as_of: AS_OF,
      },
      example: '=ALLOT.BAND("响应得分", 1.5)',
      notes: [],
    },
    STATEMENT: {
      description: '某一行的工资条：各项目的名称、带正负号的金额和来源，最后为合计。结果溢出。',
      parameters: { key: '行的编号，如 "E1007"。', as_of: AS_OF },
      example: '=ALLOT.STATEMENT("E08")',
      notes: ['扣减项为负数，合计以上各行金额相加等于合计。'],
    },
    EXPLAIN: {
      description: '某个值的来历：理由、值和位置，直至工作表的单元格。结果溢出。',
      parameters: {
        name: '规则或列的名称，如 "待分配总额"、"支撑奖励"；多个数据表都有该列时写 "员工[支撑奖励]"。',
        key: '行的编号（用于列）。',
        as_of: AS_OF,
      },
      example: '=ALLOT.EXPLAIN("支撑奖励", "E08")',
      notes: [],
    },
    PROBLEMS: {
      description: '规则和数据中的问题：严重程度、位置和说明，首行为标题。结果溢出。',
      parameters: {},
      example: '=ALLOT.PROBLEMS()',
      notes: ['没有问题时只有一个单元格说明此事。最多列出 1000 个问题，错误在前。'],
    },
    ALLOCATE: {
      description: '按权重把一笔总额分到最小单位，遵守保底和封顶。结果按权重区域的形状溢出。',
      parameters: {
        pool: '待分配总额，不小于 0；先四舍五入到最小单位。',
        weights: '权重，不小于 0；权重为 0 的分得 0。空白为错误。',
        floors: '保底：与 weights 同样大小的区域，或对所有人相同的一个值。空白表示没有。',
        caps: '封顶：与 weights 同样大小的区域，或对所有人相同的一个值。空白表示没有。',
        unit: '发放的最小单位。省略时为 0.01。',
        keys: '余数相同时决定先后的编号，小者优先。省略时位置靠前者优先。',
      },
      example: '=ALLOT.ALLOCATE(1000, B2:B9, , 300)',
      notes: [
        '分配方法与规则中的“分配”语句相同：达到保底或封顶的取保底或封顶，其余的先取精确份额中的整数单位，剩下的单位逐一给余数最大者。各金额之和等于取整后的总额；封顶之和更小时，等于封顶之和。',
        '区域逐行读取。给出编号时，结果与行的顺序无关。',
      ],
    },
    WEIGHTED: {
      description: '精确计算的加权平均：权重 × 值之和除以权重之和。',
      parameters: {
        weights: '权重，合计不必为 100%。',
        values: '值，与权重同样大小的区域。',
        skip_blank: 'TRUE：空白的值及其权重不计入。省略或 FALSE：空白为错误。',
      },
      example: '=ALLOT.WEIGHTED(B1:D1, B2:D2, TRUE)',
      notes: ['计入的权重合计为零时结果为 #DIV/0!。'],
    },
    STEPS: {
      description: '一个数中含有多少个完整的步长；数不大于 0 时为 0。',
      parameters: { x: '数，如迟到分钟数。', size: '步长，不计正负号。' },
      example: '=ALLOT.STEPS(35, 10)',
      notes: ['精确计算：0.3 中含有三个 0.1。'],
    },
  },
};
