/** Discord's own schemas, made for Zod; the package has no types for them. */
declare module 'discord-api-spec/zod' {
  interface Schema {
    safeParse(value: unknown): {
      readonly success: boolean
      readonly error?: {
        readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
      }
    }
  }
  export const MessageCreateRequestSchema: Schema
  export const MessageEditRequestPartialSchema: Schema
  export const ApplicationCommandUpdateRequestSchema: Schema
  export const ModalInteractionCallbackRequestDataSchema: Schema
  export const ApplicationCommandAutocompleteCallbackRequestSchema: Schema
}
