import { toBase64 } from '../../shared/edit/base64.ts';
import { boxesSvg } from './boxes-svg.ts';
import { escapeHtml } from './escape-html.ts';
import { histogramSvg } from './histogram-svg.ts';
import { REPORT_STYLE } from './report-style.ts';
import { scatterSvg } from './scatter-svg.ts';
import type { ReportPage, ReportTable, ScoreReport } from './score-report.ts';
import { signalSvg } from './signal-svg.ts';

/**
 * The report of a score as one HTML file: no script, nothing loaded from anywhere (its own policy forbids it), so it
 * opens offline and can be mailed.
 */
export function scoreReportHtml(report: ScoreReport): string {
  const figures = report.figures
    .map(
      ({ name, value, note }) =>
        `<div class="figure"><span>${escapeHtml(name)}</span><b>${escapeHtml(value)}</b><span>${escapeHtml(note)}</span></div>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Score of ${escapeHtml(report.pred)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<h1>Digitization score</h1>
<p class="soft">Prediction <code>${escapeHtml(report.pred)}</code> against truth <code>${escapeHtml(report.truth)}</code>${
    report.against === null ? '' : `, beside <code>${escapeHtml(report.against)}</code>`
  }. ${report.decibels.length} pages.</p>
<div class="figures">${figures}</div>
<h2>Distributions</h2>
<div class="plots">${plots(report)}</div>
${report.tables.map(tableHtml).join('\n')}
<h2>Worst pages</h2>
<p class="soft">The lowest decibels first, each with its worst leads:<span class="key" style="color: var(--soft)"></span>truth<span class="key" style="color: var(--warm)"></span>prediction, aligned.</p>
${report.worst.map(pageHtml).join('\n')}
</body>
</html>
`;
}

function plots(report: ScoreReport): string {
  const figures: [string, string][] = [
    [
      'SNR of the pages',
      histogramSvg(report.decibels, {
        title: 'dB',
        bin: 1,
        mark: { value: report.medianDb, text: `median ${report.medianDb.toFixed(1)}` },
      }),
    ],
    ['SNR by lead', boxesSvg(report.byLead, { title: 'dB', label: 'Decibels of each lead over all pages' })],
  ];
  if (report.byFolder.length > 1) {
    figures.push([
      'SNR by folder',
      boxesSvg(report.byFolder, { title: 'dB', label: 'Decibels of the pages of each folder' }),
    ]);
  }
  if (report.rivals.length > 0) {
    figures.push([
      'Page by page',
      scatterSvg(report.rivals, { xTitle: 'the other, dB', yTitle: 'this, dB', diagonal: true }),
    ]);
  }
  if (report.confidence.length > 0) {
    figures.push([
      'Stated confidence',
      scatterSvg(report.confidence, { xTitle: 'confidence', yTitle: 'dB', diagonal: false }),
    ]);
  }
  if (report.qt.length > 0) {
    figures.push([
      'QT interval',
      scatterSvg(report.qt, { xTitle: 'truth, ms', yTitle: 'prediction, ms', diagonal: true }),
    ]);
  }
  return figures.map(([title, svg]) => `<figure><figcaption>${title}</figcaption>${svg}</figure>`).join('\n');
}

function tableHtml({ title, columns, rows }: ReportTable): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  return `<section><h2>${escapeHtml(title)}</h2><div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div></section>`;
}

function pageHtml(page: ReportPage): string {
  const picture = page.thumbnail
    ? `<img alt="Overlay of ${escapeHtml(page.name)}" src="data:image/jpeg;base64,${toBase64(page.thumbnail)}">`
    : '<div class="none">no overlay beside the prediction</div>';
  const leads = page.leads
    .map(
      ({ name, snrDb, signals }) =>
        `<p class="soft">${escapeHtml(name)}, ${snrDb.toFixed(1)} dB</p>${signalSvg(signals, `Lead ${name} of ${page.name}: truth and prediction`)}`,
    )
    .join('');
  return `<div class="worst"><div>${picture}</div><div><h3>${escapeHtml(page.name)}: ${page.snrDb.toFixed(2)} dB</h3>
<p class="soft">${escapeHtml(page.note)}</p>${leads}</div></div>`;
}
