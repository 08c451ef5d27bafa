/**
 * The folders to add to a project so that it finds the scans and nothing that is a mask: as few and as high up as possible.
 * Where masks lie in folders below scans, the folder of the scans itself is taken, masks and all.
 *
 * @param others pictures that are no scans
 * @returns paths below the imported folder, the empty path for that folder itself
 */
export function scanFolders(scans: readonly string[], others: readonly string[]): string[] {
  const visit = (folder: string): string[] => {
    const under = (path: string): boolean => folder === '' || path.startsWith(`${folder}/`);
    const mine = scans.filter(under);
    if (mine.length === 0) return [];
    if (!others.some(under)) return [folder];
    const rest = (path: string): string => (folder === '' ? path : path.slice(folder.length + 1));
    if (mine.some((scan) => !rest(scan).includes('/'))) return [folder];
    const children = new Set(mine.map((scan) => rest(scan).split('/')[0]!));
    return [...children].sort().flatMap((child) => visit(folder === '' ? child : `${folder}/${child}`));
  };
  return visit('');
}
