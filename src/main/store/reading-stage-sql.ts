/**
 * SQL for how far the double reading of a row of `pages` is, see `readingStage`: a reading is finished once its reader
 * accepted or rejected the page, and a page is decided once that was done about it after both.
 */
export const STAGE_SQL = `CASE
  (SELECT count(*) FROM readings WHERE readings.page_id = pages.id AND given_back = 0 AND readings.review IN ('accepted', 'rejected'))
  WHEN 0 THEN 'first' WHEN 1 THEN 'second'
  ELSE CASE WHEN pages.review IN ('accepted', 'rejected') THEN 'decided' ELSE 'adjudicate' END END`;
