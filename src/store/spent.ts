/**
 * Answers to open rounds whose members were deleted: a hash of each is kept until the round is settled, so
 * that nobody can see the right answer, delete their data and answer again. The key belongs to the round and
 * is deleted at its close; after that nothing shows whose answer it was.
 */

/** Builds the hash from SQL expressions. */
export const SPENT_HASH = (key: string, platform: string, workspace: string, user: string) =>
  `sha256(convert_to(concat_ws(chr(31), ${key}, ${platform}, ${workspace}, ${user}), 'UTF8'))`

/** Whether the user has spent their answer to an item; its tables must be called `ri` and `r`. */
export const SPENT = (platform: string, workspace: string, user: string) =>
  `exists (select from spent_answer sp where sp.round_id = ri.round_id and sp.slot = ri.slot
      and sp.hash = ${SPENT_HASH('r.hash_key', platform, workspace, user)})`
