import sharp from 'sharp';

// Pages run side by side already: more threads inside one page only fight for the cores, and libvips' cache of
// images that never come again only costs memory.
sharp.concurrency(1);
sharp.cache(false);

export { digitizeScanPage } from './digitize-scan-page.ts';
export { encodeStoredPage } from './encode-stored-page.ts';
