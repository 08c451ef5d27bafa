import { AppError } from '../../shared/app-error.ts';
import { pageReport, type PageReport } from './page-report.ts';

/** Writes a report as indented JSON with rows of numbers on one line each. */
export function writePageReport(report: PageReport): string {
  const json = JSON.stringify(report, null, 2);
  return json.replace(/\[\s+([-+\d.e,\s]|null)*?\s*\]/g, (list) => list.replace(/\s+/g, ' ')) + '\n';
}

/** Reads what `writePageReport` wrote; throws AppError `corrupt` naming the first field that does not fit. */
export function readPageReport(text: string): PageReport {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('corrupt', 'The page report is not JSON.', { cause });
  }
  const parsed = pageReport.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new AppError('corrupt', `The page report is wrong at "${issue.path.join('.')}": ${issue.message}.`, {
    cause: parsed.error,
  });
}
