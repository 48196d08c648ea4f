/** Everything that the bot says by itself, kind by kind. */
import { MEMBER_KINDS } from '../member/deliveries.js'
import { ROUND_KINDS } from '../rounds/deliveries.js'
import { TEAM_KINDS } from '../team/deliveries.js'
import type { Kinds } from './deliver.js'

export const KINDS: Kinds = { ...ROUND_KINDS, ...TEAM_KINDS, ...MEMBER_KINDS }
