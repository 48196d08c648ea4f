/** Limits above which Discord refuses; each from the named page of https://discord.com/developers/docs. */

/** Components of a message, nested ones counted ("Component Reference"). */
export const MESSAGE_COMPONENTS = 40
/** Characters of all text displays of a message together ("Text Display"). */
export const MESSAGE_TEXT = 4000
/** Buttons of one action row ("Action Row"). */
export const ROW_BUTTONS = 5
/** Characters of a button's label ("Button"). */
export const BUTTON_LABEL = 80
/**
 * Options of a select menu, and the characters of a label, a description, a value and the placeholder
 * ("String Select").
 */
export const OPTIONS = 25
export const OPTION_LABEL = 100
export const OPTION_DESCRIPTION = 100
export const OPTION_VALUE = 100
export const PLACEHOLDER = 150
/** Characters of a component's id ("Custom ID"). */
export const CUSTOM_ID = 100
/** Alt text of a picture ("Media Gallery"). */
export const ALT_TEXT = 1024
/** Title and top-level components of a modal ("Interaction Response Object: Modal"). */
export const MODAL_TITLE = 45
export const MODAL_COMPONENTS = 5
/** Characters of a label ("Label"). */
export const LABEL_TEXT = 45
export const LABEL_DESCRIPTION = 100
/**
 * Options of a radio group and of a checkbox group, which only modals can have ("Radio Group", "Checkbox
 * Group").
 */
export const RADIO_OPTIONS = { min: 2, max: 10 }
export const CHECKBOX_OPTIONS = 10
/** Characters of a text input ("Text Input"). */
export const INPUT_TEXT = 4000
/** Completions of one option, and the characters of each ("Autocomplete"). */
export const CHOICES = 25
export const CHOICE_TEXT = 100
/** Description of a command or an option ("Application Command Object"). */
export const COMMAND_DESCRIPTION = 100
/** A nonce that keeps a message from being posted twice ("Create Message"). */
export const NONCE = 25
/** Messages of one page of a channel ("Get Channel Messages"). */
export const HISTORY_PAGE = 100
/** Requests of a bot, over all its processes; replies to interactions are exempt ("Global Rate Limit"). */
export const REQUESTS_A_SECOND = 50
/** Name of a thread ("Start Thread from Message"). */
export const THREAD_NAME = 100
