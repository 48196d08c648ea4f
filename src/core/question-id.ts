import type { Question } from './model.js'

type Named = Pick<Question, 'id' | 'pack'>

/** Returns the id of a question whose own id another pack had first. */
export const packedId = ({ id, pack }: Named) => `${pack}/${id}`

/** Returns the id as its author wrote it. */
export const authoredId = ({ id, pack }: Named) =>
  id.startsWith(`${pack}/`) ? id.slice(pack.length + 1) : id
