/** The interface's fonts for canvases, which cannot read CSS variables; the same list as `--font-ui`. */
export const UI_FONT =
  "Inter, 'Segoe UI Variable Text', 'Segoe UI', -apple-system, BlinkMacSystemFont, 'SF Pro Text', Ubuntu, Cantarell, " +
  "'Noto Sans', Roboto, 'Helvetica Neue', Arial, sans-serif";
