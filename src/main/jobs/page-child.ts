import sharp from 'sharp';
import { serveParent } from '../processes/serve-parent.ts';
import { collectGarbage } from './collect-garbage.ts';
import { PAGE_SERVICES } from './page-services.ts';

// Pages run side by side: threads inside one page would only fight for the cores, and no image comes twice.
sharp.concurrency(1);
sharp.cache(false);

serveParent(PAGE_SERVICES, collectGarbage);
