/** All kinds of messages that the bot sends by itself. */
import { MEMBER_KINDS } from '../member/deliveries.js'
import { ROUND_KINDS } from '../rounds/deliveries.js'
import { TEAM_KINDS } from '../team/deliveries.js'
import type { Kinds } from './deliver.js'

export const KINDS: Kinds = { ...ROUND_KINDS, ...TEAM_KINDS, ...MEMBER_KINDS }
