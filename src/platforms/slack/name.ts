/** As the store, the figures and the log call it. */
export const PLATFORM = 'slack'
