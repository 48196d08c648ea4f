/**
 * Answers to open rounds whose members were deleted: a hash of each stays until the round is settled, so that
 * nobody sees what is right, has it deleted and answers again. The key is the round's own and goes with its
 * close; then nothing tells whose the answer was.
 */

/** The hash, of SQL expressions. */
export const SPENT_HASH = (key: string, platform: string, workspace: string, user: string) =>
  `sha256(convert_to(concat_ws(chr(31), ${key}, ${platform}, ${workspace}, ${user}), 'UTF8'))`

/** Whether the user has spent their answer to an item; its tables must be called `ri` and `r`. */
export const SPENT = (platform: string, workspace: string, user: string) =>
  `exists (select from spent_answer sp where sp.round_id = ri.round_id and sp.slot = ri.slot
      and sp.hash = ${SPENT_HASH('r.hash_key', platform, workspace, user)})`
