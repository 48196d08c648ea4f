/**
 * Limits above which Slack refuses. Sources: docs.slack.dev, "Block Kit reference" and "Web API rate limits",
 * unless a line says otherwise.
 */

export const MESSAGE_BLOCKS = 50
export const VIEW_BLOCKS = 100
export const VIEW_METADATA = 3000
/**
 * Characters of all text of a message together. Undocumented: past about 12,000 characters Slack answers
 * `msg_blocks_too_long`, so some room is left.
 */
export const MESSAGE_TEXT = 11_000
/** Longer texts are cut; a notification shows far less. */
export const FALLBACK_TEXT = 500

/** Limit per workspace: `chat.update` is of tier 3, which is 50 and more a minute. */
export const UPDATES_A_MINUTE = 45
/**
 * The maximum share of these for updating the count of answers, which members cause; the others are for
 * closing rounds.
 */
export const COUNTS_A_MINUTE = 30
/**
 * Limit of answers to mentions in a channel, which takes about one message a second: further answers are
 * shown to the asker alone, so that the question does not have to wait.
 */
export const MENTIONS_A_MINUTE = 10
/**
 * Limit per person: `conversations.open` and the upload of files are shared with all others, and with the
 * pictures of reveals.
 */
export const FILES_A_MINUTE = 3
/** Limit per person: `views.publish`; beyond it, the Home tab stays unchanged. */
export const HOMES_A_MINUTE = 10
/**
 * Limit per workspace: `users.info` is of tier 4, which is 100 and more a minute; the others are for finding
 * out who is an admin.
 */
export const NAMES_A_MINUTE = 60

export const SECTION_TEXT = 3000
export const CONTEXT_TEXT = 2000
export const FIELDS = 10
export const FIELD_TEXT = 2000
export const HEADER_TEXT = 150

export const ACTIONS = 25
export const BUTTON_TEXT = 75
export const OPTIONS = 100
export const CHECKBOXES = 10
export const OPTION_GROUPS = 100
export const OPTION_TEXT = 75
export const OPTION_VALUE = 150
export const PLACEHOLDER_TEXT = 150

/** Limits of the one table per message, and of all its cells together. */
export const TABLE_ROWS = 100
export const TABLE_CELLS = 20
export const TABLE_TEXT = 10_000

export const MODAL_TITLE = 24
export const INPUT_LABEL = 2000
export const INPUT_HINT = 2000
export const INPUT_TEXT = 3000

export const ALT_TEXT = 2000
/** Alt text of an uploaded file (`files.getUploadURLExternal`, error `alt_txt_too_large`). */
export const FILE_ALT_TEXT = 1000
