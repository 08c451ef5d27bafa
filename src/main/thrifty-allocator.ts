/**
 * Starts the process again, in place, with glibc told to give the memory of large arrays back at once. Without it glibc
 * raises its own threshold after the first page and keeps what was freed: two threads then hold 700 MB instead of 510.
 * Returns where that is of no use: other systems, a setting of the user's own, a runtime without `execve`.
 */
export function useThriftyAllocator(): void {
  const isGlibc = process.platform === 'linux' && 'glibcVersionRuntime' in reportHeader();
  if (!isGlibc || process.env['MALLOC_MMAP_THRESHOLD_'] || typeof process.execve !== 'function') return;
  const args = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, args, {
    ...process.env,
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: String(1024 * 1024),
  });
}

function reportHeader(): object {
  // Names of network peers would be looked up, one by one.
  Object.assign(process.report, { excludeNetwork: true });
  return (process.report.getReport() as { header: object }).header;
}
