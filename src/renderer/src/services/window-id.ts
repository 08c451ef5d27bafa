/** Tells this window from others on the same project. */
export const windowId: string = crypto.randomUUID();
