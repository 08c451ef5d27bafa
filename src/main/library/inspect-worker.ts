import sharp from 'sharp';
import { inspectScan } from './inspect-scan.ts';

sharp.cache(false);

export default inspectScan;
