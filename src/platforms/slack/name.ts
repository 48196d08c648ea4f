/** The platform's name in the store, the figures and the log. */
export const PLATFORM = 'slack'
