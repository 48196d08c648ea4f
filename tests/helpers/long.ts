/**
 * `npm test` does some things shortly that `npm run test:long` does at length: what is left to chance, and
 * what is watched over a while.
 */
export const IS_LONG = process.env.TEST_LONG === '1'
