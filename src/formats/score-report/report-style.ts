/** Style of the report: light and dark as the reader's system has it; prints on white. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --card: #f6f7f9; --line: #d9dde3; --ink: #1c2230; --soft: #5b6577;
  --accent: #1769aa; --fill: #9cc4e4; --warm: #c2410c; --good: #15803d; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171c; --card: #1d2128; --line: #343b46; --ink: #e7eaf0;
  --soft: #9aa5b5; --accent: #6cb6f0; --fill: #2c5f86; --warm: #f59e6c; --good: #6ee7a0; } }
@media print { :root { --paper: #ffffff; --card: #ffffff; --line: #cccccc; --ink: #000000; --soft: #444444;
  --accent: #1769aa; --fill: #9cc4e4; --warm: #c2410c; } .worst, section { break-inside: avoid; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 32px 28px 64px; background: var(--paper); color: var(--ink);
  font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 36px 0 12px; } h3 { font-size: 14px; margin: 0 0 4px; }
p { margin: 4px 0; } .soft { color: var(--soft); } code { font-family: ui-monospace, Consolas, monospace; font-size: 13px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-top: 20px; }
.figure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; }
.figure b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; line-height: 1.3; }
.figure span { color: var(--soft); font-size: 12px; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 16px; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
figcaption { font-weight: 600; margin-bottom: 6px; } svg { width: 100%; height: auto; display: block; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; white-space: nowrap; }
th, td { padding: 5px 12px; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; position: sticky; left: 0; background: var(--paper); }
thead th { color: var(--soft); font-weight: 600; font-size: 12px; } tbody tr:last-child td { border-bottom: 0; }
.worst { display: grid; grid-template-columns: minmax(240px, 420px) 1fr; gap: 18px; padding: 16px 0;
  border-top: 1px solid var(--line); }
.worst img { width: 100%; border: 1px solid var(--line); border-radius: 6px; display: block; background: #fff; }
.none { display: grid; place-items: center; min-height: 120px; border: 1px dashed var(--line); border-radius: 6px;
  color: var(--soft); }
.grid { stroke: var(--line); } .tick { fill: var(--soft); font-size: 11px; } .title { fill: var(--soft); font-size: 11px; }
.note { fill: var(--warm); font-size: 11px; } .bar, .box { fill: var(--fill); } .dot { fill: var(--accent); opacity: 0.35; }
.point { fill: var(--accent); opacity: 0.6; } .whisker { stroke: var(--accent); } .mark { stroke: var(--warm); stroke-dasharray: 4 3; }
.median { stroke: var(--accent); stroke-width: 2.5; } .truth { stroke: var(--soft); fill: none; stroke-width: 1.4; }
.prediction { stroke: var(--warm); fill: none; stroke-width: 1.1; }
.key { display: inline-block; width: 18px; height: 0; border-top: 2px solid; vertical-align: middle; margin: 0 5px 0 12px; }
@media (max-width: 800px) { .worst { grid-template-columns: 1fr; } .plots { grid-template-columns: 1fr; } }
`;
