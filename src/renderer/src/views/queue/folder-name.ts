/**
 * Last part of a folder's path, for both kinds of slashes; the whole path when it is a root.
 *
 * @example
 * folderName('/data/ecg/ward 3/') // 'ward 3'
 */
export function folderName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).pop() ?? path;
}
