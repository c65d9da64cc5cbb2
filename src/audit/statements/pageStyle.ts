/** How a statement looks: on a phone, on a large screen, and on one page of paper. */
export const STYLE = `
:root{color-scheme:light;--ink:#1b2530;--soft:#55616e;--line:#d9dfe5;--tint:#f4f6f8;--deep:#0f4c5c;--warn:#8a3b12}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#e9edf0;color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main{max-width:820px;margin:0 auto;background:#fff;min-height:100vh;padding:0 0 24px}
header{background:var(--deep);color:#fff;padding:22px 20px 20px}
h1{margin:0;font-size:15px;font-weight:600;letter-spacing:.02em}
.period{margin:0;font-size:13px;color:#d5e6ea}
.total{margin:0;font-size:34px;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums}
.total-name{margin:14px 0 0;font-size:13px;color:#d5e6ea}
dl{margin:0}
.who{display:flex;flex-wrap:wrap;gap:8px 28px;margin-top:16px}
.who dt{font-size:12px;color:#d5e6ea}
.who dd{margin:0;font-weight:600}
section{padding:18px 20px 0}
h2{margin:0 0 4px;font-size:16px;line-height:1.3}
.hint{margin:0 0 8px;color:var(--soft);font-size:13px}
.draft{margin:16px 20px 0;padding:10px 14px;border-left:4px solid var(--warn);background:#fdf4ee}
.draft b{color:var(--warn)}
.lines{list-style:none;margin:0;padding:0}
.lines>li{padding:11px 0 9px;border-bottom:1px solid var(--line)}
.head{display:flex;justify-content:space-between;gap:16px;font-weight:600}
.amount{font-variant-numeric:tabular-nums;white-space:nowrap}
.sum{display:flex;justify-content:space-between;gap:16px;padding:11px 0 0;font-size:18px;font-weight:650}
code{font:12.5px/1.45 ui-monospace,SFMono-Regular,Consolas,"Liberation Mono","Noto Sans Mono CJK SC",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.how{margin:3px 0 0;display:grid;grid-template-columns:auto 1fr;gap:1px 10px;font-size:12.5px;color:var(--soft)}
.how dt{white-space:nowrap}
.how dd{margin:0;min-width:0;color:var(--ink)}
.at{color:var(--soft);font-size:12px}
details{margin-top:6px}
summary{cursor:pointer;color:var(--deep);font-size:13px;padding:4px 0}
summary h2{display:inline;color:var(--ink)}
.steps,.steps ul{margin:0;padding:0 0 0 14px;font-size:13px;list-style:none}
.steps{padding-left:2px}
.steps li{padding:2px 0 2px 8px;border-left:2px solid var(--line)}
.steps li code{display:block;color:var(--soft)}
.given{display:inline-block;padding:0 6px;border-radius:8px;background:var(--tint);color:var(--soft);font-size:12px}
.grid{display:grid;grid-template-columns:minmax(7em,auto) 1fr;gap:4px 16px;font-size:13.5px}
.grid dt{color:var(--soft)}
.grid dd{margin:0;font-variant-numeric:tabular-nums}
h3{margin:12px 0 2px;font-size:14px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:12.5px;min-width:100%}
th,td{padding:4px 10px 4px 0;text-align:start;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:normal}
th{font-weight:600;color:var(--soft)}
th small{font-weight:400}
td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
.proof{font-size:12.5px;color:var(--soft)}
.proof dd{color:var(--ink);overflow-wrap:anywhere}
.proof code{font-size:11.5px}
.paper{display:none}
@media(max-width:430px){.how{grid-template-columns:1fr;gap:0}.how dt{font-size:12px}.grid{grid-template-columns:1fr;gap:0}.grid dd{margin-bottom:6px}}
@media print{
@page{size:A4;margin:11mm 13mm}
body{background:#fff;font-size:9.5pt;line-height:1.35}
main{max-width:none;min-height:0;padding:0}
header{background:none;color:var(--ink);padding:0 0 3mm;border-bottom:.6mm solid var(--deep);display:grid;grid-template-columns:1fr auto;gap:0 8mm}
header h1{font-size:15pt;color:var(--deep)}
header .period,.total-name,.who dt{color:var(--soft);font-size:8.5pt}
.period{grid-column:1}
.total-name{margin:0;grid-column:2;grid-row:1;text-align:end;align-self:end}
.total{grid-column:2;grid-row:2;margin:0;font-size:17pt;text-align:end}
.who{grid-column:1/3;margin-top:2.5mm;gap:1mm 9mm}
section{padding:3mm 0 0}
h2{font-size:11pt}
.lines>li{padding:1.5mm 0 1.2mm;break-inside:avoid}
.how,.grid,.proof{font-size:8.2pt}
.how{grid-template-columns:auto 1fr;gap:0 3mm}
.grid{grid-template-columns:minmax(36mm,auto) 1fr;gap:.4mm 4mm}
code,.proof code{font-size:7.8pt}
.at{font-size:7.5pt}
.sum{font-size:12pt;padding-top:1.8mm}
details,.screen{display:none}
.paper{display:block}
.columns{display:flex;flex-wrap:wrap;gap:.5mm 7mm;font-size:8.2pt}
.columns div{display:flex;gap:2mm}
.columns dt{color:var(--soft)}
.columns dd{margin:0}
.draft{margin:3mm 0 0;padding:1mm 3mm}
.hint{font-size:8.2pt;margin-bottom:1mm}
}
`.trim();
