/** What the id of a button may name that belongs to a workspace. */
export type Named =
  | { readonly kind: 'question' | 'team' | 'ask'; readonly id: number }
  /** A kept form. */
  | { readonly kind: 'draft'; readonly id: string }

export interface NamedPlaceStore {
  /**
   * The workspace of a platform that it belongs to, for direct messages, which belong to none. A form is found
   * for whoever keeps it, and a request about a message (`ask`) for the author of that message.
   */
  workspaceOf(platform: string, user: string, named: Named): Promise<string | undefined>
}
