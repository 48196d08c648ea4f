/** Things of a workspace that the id of a button may name. */
export type Named =
  | { readonly kind: 'question' | 'team' | 'ask'; readonly id: number }
  /** A kept form. */
  | { readonly kind: 'draft'; readonly id: string }

export interface NamedPlaceStore {
  /**
   * Returns the workspace that it belongs to, for direct messages, which belong to none. A form is found only
   * for the person who keeps it, and a request about a message (`ask`) only for the author of that message.
   */
  workspaceOf(platform: string, user: string, named: Named): Promise<string | undefined>
}
