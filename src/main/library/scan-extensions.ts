const EXTENSIONS = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.jpe',
  '.jfif',
  '.tif',
  '.tiff',
  '.bmp',
  '.dib',
  '.webp',
  '.gif',
  '.avif',
  '.pdf',
  '.dcm',
  '.dicom',
]);

/**
 * Whether a name inside a folder looks like a scan. Only used to choose among the files of a folder: what a file
 * really is, its content says (`sniffFormat`), and a file named by hand is opened whatever its extension.
 */
export function hasScanExtension(fileName: string): boolean {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 && EXTENSIONS.has(fileName.slice(dot).toLowerCase());
}
