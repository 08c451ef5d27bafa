import { encodeSignals } from '../../shared/api/signal-bytes.ts';
import { encodeTraces } from '../../shared/api/trace-bytes.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Digitization } from '../../core/digitization.ts';
import type { CorrectedPages } from '../store/corrected-pages.ts';
import type { Dataset } from '../explore/open-dataset.ts';
import { nextPages } from '../learning/next-pages.ts';
import type { Project } from '../store/open-project.ts';
import type { BytesAnswer, Handlers } from './handlers.ts';
import type { PageImages } from './page-images.ts';
import type { PageReferences } from './page-reference.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { pageDetailView } from '../../core/page-view/page-detail-view.ts';
import { regionViews } from '../../core/page-view/region-views.ts';
import { signalViews } from '../../core/page-view/signal-views.ts';
import { traceViews } from '../../core/page-view/trace-views.ts';

type PageRoutes =
  'pageIds' | 'pageSummaries' | 'page' | 'pageImage' | 'pageThumbnail' | 'pageTraces' | 'pageSignals';

/** Answers what is asked about pages: lists, facts, pictures, traces and signals. */
export function pageHandlers(
  project: Project,
  corrected: CorrectedPages,
  desk: ReadingDesk,
  images: PageImages,
  references: PageReferences,
  dataset: Pick<Dataset, 'styles' | 'start'>,
): Pick<Handlers, PageRoutes> {
  const { pages, results } = project;
  /** Pages that were looked at for their style, or cannot be: each is asked for once. */
  const asked = new Set<number>();

  const image = (id: number, reduce: 1 | 2 | 4 | 8): BytesAnswer => {
    const place = pages.locate(id);
    if (!place) throw unknownPage(id);
    const { pageIndex, contentHash } = place;
    return images.answer({ path: pages.scanPath(id), pageIndex, contentHash, reduce });
  };

  /** Bytes made from a page as whoever reads here corrected it, told apart by when it was made. */
  const fromResult = (
    id: number,
    kind: string,
    make: (page: Digitization) => Uint8Array<ArrayBuffer>,
  ): BytesAnswer => ({
    contentType: 'application/octet-stream',
    etag: `${kind}-${id}-${pages.summary(id).digitizedAt ?? 'none'}-${corrected.version(id, desk.seat(id))}`,
    bytes() {
      const page = corrected.page(id, desk.seat(id));
      if (!page) throw new AppError('not-found', 'This page has not been digitized yet.');
      return make(page);
    },
  });

  return {
    async pageIds({ descending, strategy = 'combined', ...query }) {
      const reader = desk.mode() === 'two' ? desk.reader() : undefined;
      const ids = pages.ids({ ...query, reader, descending: descending === 'true' });
      const total = pages.count();
      if (query.sort !== 'teaching') return { ids, total };
      const styles = await dataset.styles();
      const unseen = ids.filter((id) => !styles.has(id) && !asked.has(id));
      for (const id of unseen) asked.add(id);
      if (unseen.length > 0) dataset.start();
      const next = nextPages(pages.summaries(ids).map(desk.view), styles, strategy, Date.now());
      return { ids: descending === 'true' ? next.ids.reverse() : next.ids, total, words: next.words };
    },
    pageSummaries: ({ ids }) => pages.summaries(ids).map(desk.view),
    page({ id }) {
      const model = results.versions(id)?.['model'] ?? null;
      const extra = {
        model,
        hasReference: references.has(id),
        textBoxes: corrected.textBoxes(id, desk.seat(id)),
        regions: regionViews(corrected.regions(id, desk.seat(id))),
      };
      const shown = corrected.page(id, desk.seat(id));
      return pageDetailView(desk.view(pages.summary(id)), pages.overrides(id), shown, extra);
    },
    pageImage: ({ id, reduce }) => image(id, Number(reduce) as 1 | 2 | 4 | 8),
    pageThumbnail({ id }) {
      const thumbnail = results.thumbnail(id);
      if (!thumbnail) return image(id, 8);
      return {
        contentType: thumbnail.contentType,
        etag: `thumbnail-${id}-${pages.locate(id)?.contentHash}`,
        bytes: () => thumbnail.bytes,
      };
    },
    pageTraces: ({ id }) => fromResult(id, 'traces', (page) => encodeTraces(traceViews(page))),
    pageSignals: ({ id }) => fromResult(id, 'signals', (page) => encodeSignals(signalViews(page))),
  };
}

function unknownPage(id: number): AppError {
  return new AppError('not-found', `There is no page ${id} in this project.`);
}
