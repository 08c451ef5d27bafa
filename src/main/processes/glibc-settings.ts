/**
 * An environment in which glibc's allocator is set up by `tunables` (names without `glibc.malloc.`); null where the user
 * has set it up already. Other C libraries ignore it.
 */
export function glibcSettings(
  environment: NodeJS.ProcessEnv,
  tunables: Readonly<Record<string, number>>,
): NodeJS.ProcessEnv | null {
  if (Object.keys(environment).some((name) => /^(GLIBC_TUNABLES|MALLOC_.*_|MALLOC_ARENA_MAX)$/.test(name))) {
    return null;
  }
  const settings = Object.entries(tunables).map(([name, value]) => `glibc.malloc.${name}=${value}`);
  return { ...environment, GLIBC_TUNABLES: settings.join(':') };
}
