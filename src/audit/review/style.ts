/** How a review looks, on a screen and on paper. */
export const STYLE = `
:root{color-scheme:light;--ink:#1b2530;--soft:#55616e;--line:#d9dfe5;--tint:#f4f6f8;--deep:#0f4c5c;--warn:#8a3b12}
*{box-sizing:border-box}
body{margin:0;background:#e9edf0;color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:1080px;margin:0 auto;background:#fff;min-height:100vh;padding:0 0 32px}
header{background:var(--deep);color:#fff;padding:22px 28px}
h1{margin:0 0 4px;font-size:24px;line-height:1.25}
header p{margin:2px 0 0;color:#e3edf0}
section{padding:20px 28px 0}
h2{margin:0 0 6px;font-size:19px;border-bottom:2px solid var(--deep);padding-bottom:4px}
h3{margin:18px 0 4px;font-size:15px;overflow-wrap:anywhere}
h3 small{font-weight:400;color:var(--soft);font-size:13px}
.count{display:inline-block;min-width:1.6em;text-align:center;padding:0 7px;border-radius:9px;background:var(--tint);color:var(--warn);font-size:13px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{padding:4px 14px 4px 0;text-align:start;vertical-align:top;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft);white-space:nowrap}
td{overflow-wrap:break-word}
.n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
a{color:var(--deep)}
.overview td:first-child{min-width:12em}
.overview td:nth-child(2){white-space:nowrap}
.note{color:var(--soft);font-size:12.5px}
article{border-bottom:1px solid var(--line);padding-bottom:10px}
.versions{display:flex;flex-wrap:wrap;gap:10px;align-items:stretch}
.version{flex:1 1 300px;min-width:0;background:var(--tint);border:1px solid var(--line);border-radius:6px;padding:8px 12px}
.version.on{background:#fff;border-color:var(--deep)}
.period{margin:0 0 4px;font-size:12.5px;color:var(--soft)}
.on .period b{color:var(--deep)}
code{display:block;font:12.5px/1.5 ui-monospace,SFMono-Regular,Consolas,"Liberation Mono","Noto Sans Mono CJK SC",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
code.in{padding-left:1.6em}
.hits{font:12px system-ui,sans-serif;color:var(--soft);padding-left:8px}
.hits.none{color:var(--warn);font-weight:600}
.constants{margin:6px 0 0;font-size:12.5px;color:var(--soft)}
.constants span{color:var(--ink)}
@media(max-width:600px){header,section{padding-left:16px;padding-right:16px}}
@media print{
@page{size:A4;margin:12mm}
body{background:#fff;font-size:9.5pt}
main{max-width:none;padding:0}
header{background:none;color:var(--ink);padding:0 0 3mm;border-bottom:.6mm solid var(--deep)}
header p{color:var(--ink)}
section{padding:4mm 0 0}
.scroll{overflow:visible}
table,.constants,.period,.note{font-size:8pt}
code{font-size:8pt}
article,tr{break-inside:avoid}
h2,h3{break-after:avoid}
a{color:inherit;text-decoration:none}
}
`;
