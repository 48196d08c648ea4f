export interface OpenQuestionStore {
  /** Ids of all that stands in a round of any team of the workspace that is due or open. */
  openQuestionIds(workspace: { readonly platform: string; readonly workspace: string }): Promise<string[]>
}
