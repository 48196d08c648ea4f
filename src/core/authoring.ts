/**
 * A question that members of a team write, from its first version until it is asked: which act is allowed
 * when, and what follows from it. Two other members approve it, since nobody sees the gaps in their own text.
 */

/**
 * `draft`: its author took it back. `review`: never approved so far. `approved`: it is asked. `changed`: it
 * was asked, and is not while its new version waits. `rejected`: back with its author, with a reason.
 * `retired`: it was asked, and is no longer.
 */
export type DraftState = 'draft' | 'review' | 'approved' | 'changed' | 'rejected' | 'retired'

/** Identifies the person who acts: one value for all linked accounts of a person. */
export type Who = string

export interface TeamDraft {
  readonly state: DraftState
  /** Counted from 1. */
  readonly version: number
  /**
   * Everybody who wrote a version; empty if a program made it. People who asked to be forgotten are removed.
   */
  readonly writers: readonly Who[]
  /** The writer of the first version, who may take it back; undefined if a program made it. */
  readonly author: Who | undefined
  /** People who have approved this version so far. */
  readonly approvals: readonly Who[]
  /** Whether any version was ever approved. */
  readonly wasAsked: boolean
}

/** The version that the person saw: an act on an older version does nothing. */
interface Seen {
  readonly by: Who
  readonly version: number
  /** Whether the person is an admin of the team. */
  readonly isLead: boolean
}

export type DraftEvent =
  /** A new version; its writer becomes one of the writers. */
  | ({ readonly kind: 'edit' } & Seen)
  | ({ readonly kind: 'approve' } & Seen)
  | ({ readonly kind: 'reject' } & Seen)
  /** Its author takes it back before it is approved. */
  | ({ readonly kind: 'withdraw' } & Seen)
  | ({ readonly kind: 'retire' } & Seen)
  /** A person, and everything that identifies them, is deleted. */
  | { readonly kind: 'forget'; readonly who: Who }

/** The facts that an act depends on, besides the draft itself. */
export interface TeamRules {
  /** People who have joined, not left, and are in the workspace. */
  readonly members: number
  /** Whether the approval of one lead is enough. */
  readonly leadApproves: boolean
  /** How many drafts are open: those of the person who acts, and those of the team. */
  readonly open: { readonly own: number; readonly team: number }
  /**
   * How many members have written no version; `isMember` says whether the person who acts may be one of them.
   */
  readonly others: number
  readonly isMember: boolean
}

export type Refusal =
  /** The person wrote a version of it. */
  | 'own'
  /** Only its author may take it back or retire it. */
  | 'not-yours'
  /** The person has already approved this version. */
  | 'already'
  /** The draft has another version or another state by now. */
  | 'moved-on'
  | 'own-limit'
  | 'team-limit'
  /** After this change too few members would be left to approve it. */
  | 'too-few'
  /**
   * The draft waits for review: a person who wants another's question removed must reject it, with a reason
   * for its author.
   */
  | 'waits'

export type Moved = { readonly draft: TeamDraft } | { readonly refused: Refusal }

export const MAX_OPEN_OWN = 20
export const MAX_OPEN_TEAM = 500
/** A team with fewer members needs only one approval. */
export const SMALL_TEAM = 4

const OPEN: readonly DraftState[] = ['draft', 'review', 'changed']
export const isOpenDraft = (state: DraftState): boolean => OPEN.includes(state)

/** Whether the draft waits for review by others. */
export const isWaiting = (state: DraftState): boolean => state === 'review' || state === 'changed'

export const neededApprovals = (members: number): number => (members < SMALL_TEAM ? 1 : 2)

/** A new draft; `by` is undefined if a program made it. */
export function newDraft(
  by: Who | undefined,
  { open }: Pick<TeamRules, 'open'>,
): { readonly draft: TeamDraft } | { readonly refused: 'own-limit' | 'team-limit' } {
  const refused = limitOf(open, by !== undefined)
  if (refused) return { refused }
  const writers = by === undefined ? [] : [by]
  return { draft: { state: 'review', version: 1, writers, author: by, approvals: [], wasAsked: false } }
}

function limitOf(open: TeamRules['open'], isOfPerson: boolean): 'own-limit' | 'team-limit' | undefined {
  if (isOfPerson && open.own >= MAX_OPEN_OWN) return 'own-limit'
  return open.team >= MAX_OPEN_TEAM ? 'team-limit' : undefined
}

/** Returns the result of an act. A refused act changes nothing. */
export function moveDraft(draft: TeamDraft, event: DraftEvent, rules: TeamRules): Moved {
  if (event.kind === 'forget') return { draft: withoutWho(draft, event.who) }
  if (event.version !== draft.version) return { refused: 'moved-on' }
  switch (event.kind) {
    case 'edit':
      return edited(draft, event, rules)
    case 'approve':
      return approved(draft, event, rules)
    case 'reject':
      if (!isWaiting(draft.state)) return { refused: 'moved-on' }
      if (draft.writers.includes(event.by)) return { refused: 'own' }
      return { draft: { ...draft, state: 'rejected', approvals: [] } }
    case 'withdraw':
      if (draft.state !== 'review') return { refused: 'moved-on' }
      if (draft.author !== event.by) return { refused: 'not-yours' }
      return { draft: { ...draft, state: 'draft', approvals: [] } }
    case 'retire':
      if (draft.state === 'retired') return { refused: 'moved-on' }
      if (draft.author !== event.by) {
        if (!event.isLead) return { refused: 'not-yours' }
        if (isWaiting(draft.state)) return { refused: draft.writers.includes(event.by) ? 'own' : 'waits' }
      }
      return { draft: { ...draft, state: 'retired', approvals: [] } }
  }
}

/**
 * Anybody may change a waiting question, since that is a way to review it; only its author may change any
 * other.
 */
function edited(draft: TeamDraft, { by, isLead }: Seen, rules: TeamRules): Moved {
  const isWriter = draft.writers.includes(by)
  // A reviewer whose form is open may learn only now that somebody has decided.
  if (!isWriter && !isWaiting(draft.state)) return { refused: 'moved-on' }
  if (!isOpenDraft(draft.state)) {
    const refused = limitOf(rules.open, true)
    if (refused) return { refused }
  }
  if (!isWriter && !isEnoughWithout(isLead, rules)) return { refused: 'too-few' }
  const writers = isWriter ? draft.writers : [...draft.writers, by]
  const version = draft.version + 1
  const state = draft.wasAsked ? 'changed' : 'review'
  return { draft: { ...draft, state, version, writers, approvals: [] } }
}

/** Whether it can still be approved once the person who acts is one of its writers. */
function isEnoughWithout(isLead: boolean, { others, isMember, members, leadApproves }: TeamRules): boolean {
  const left = others - (isMember ? 1 : 0)
  // Leads need not have joined, so nobody knows how many there are.
  return left >= neededApprovals(members) || (leadApproves && (!isLead || left > 0))
}

function approved(draft: TeamDraft, { by, isLead }: Seen, { members, leadApproves }: TeamRules): Moved {
  if (!isWaiting(draft.state)) return { refused: 'moved-on' }
  if (draft.writers.includes(by)) return { refused: 'own' }
  const approvals = draft.approvals.includes(by) ? draft.approvals : [...draft.approvals, by]
  const isEnough = (isLead && leadApproves) || approvals.length >= neededApprovals(members)
  // A person who approved before may find that the team has become smaller, or that they are a lead now.
  if (!isEnough && approvals.length === draft.approvals.length) return { refused: 'already' }
  if (!isEnough) return { draft: { ...draft, approvals } }
  return { draft: { ...draft, state: 'approved', approvals, wasAsked: true } }
}

/**
 * Removes the person's name but keeps what they wrote. Their approval of a version that still waits is
 * removed too, so that they cannot give it a second time. `writers` keeps the person, so that nobody can
 * leave, come back and approve their own text; the store keeps them until the question is decided on.
 */
function withoutWho(draft: TeamDraft, who: Who): TeamDraft {
  return {
    ...draft,
    author: draft.author === who ? undefined : draft.author,
    approvals: isWaiting(draft.state) ? draft.approvals.filter((one) => one !== who) : draft.approvals,
  }
}
