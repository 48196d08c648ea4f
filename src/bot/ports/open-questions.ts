export interface OpenQuestionStore {
  /** Ids of all questions in due or open rounds of any team of the workspace. */
  openQuestionIds(workspace: { readonly platform: string; readonly workspace: string }): Promise<string[]>
}
